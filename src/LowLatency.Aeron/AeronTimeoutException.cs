namespace LowLatency.Aeron;

/// <summary>Driver or client did not do in time what the other relies on.</summary>
public sealed class AeronTimeoutException : AeronException
{
    /// <summary>Makes one.</summary>
    public AeronTimeoutException()
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What is wrong.</param>
    public AeronTimeoutException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What caused it.</param>
    public AeronTimeoutException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
