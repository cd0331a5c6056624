namespace LowLatency.Aeron.Client;

/// <summary>
/// What became of a message that was offered. It comes as an <see langword="out"/> parameter, so that nobody leaves it unseen who does not write so.
/// </summary>
public readonly struct OfferResult : IEquatable<OfferResult>
{
    private readonly long _value;

    internal OfferResult(long position) => _value = position;

    internal OfferResult(OfferStatus status) => _value = (long)status;

    /// <summary>Whether the message is in the log.</summary>
    public bool IsAccepted => _value > 0;

    /// <summary>What became of it.</summary>
    public OfferStatus Status => _value > 0 ? OfferStatus.Accepted : (OfferStatus)_value;

    /// <summary>The stream's position behind the message.</summary>
    /// <exception cref="InvalidOperationException">It was not accepted.</exception>
    public long Position => _value > 0 ? _value : throw new InvalidOperationException($"The message was not accepted ({Status}): it has no position.");

    /// <summary>Aeron's number: the position where it is positive, else the code.</summary>
    public long Code => _value;

    /// <summary>Whether two results are the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(OfferResult left, OfferResult right) => left._value == right._value;

    /// <summary>Whether two results differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(OfferResult left, OfferResult right) => left._value != right._value;

    /// <inheritdoc/>
    public bool Equals(OfferResult other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is OfferResult other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <summary>The position, or the status.</summary>
    public override string ToString() => _value > 0 ? $"Accepted at {_value}" : Status.ToString();
}
