using System.Diagnostics.CodeAnalysis;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Client;

/// <summary>A counter of this client, which any client of the driver and its tools can read.</summary>
public sealed class AeronCounter : IDisposable
{
    private readonly ClientConductor _conductor;
    private readonly MappedWord _value;
    private volatile bool _isClosed;

    internal AeronCounter(ClientConductor conductor, int id, long registrationId, MappedWord value, long handleId)
    {
        _conductor = conductor;
        _value = value;
        Id = id;
        RegistrationId = registrationId;
        HandleId = handleId;
    }

    /// <summary>Its place among the driver's counters.</summary>
    public int Id { get; }

    /// <summary>What it is registered under.</summary>
    public long RegistrationId { get; }

    /// <summary>Whether it is closed.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>The value: read with acquire, written with release.</summary>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public long Value
    {
        get => Open().GetVolatile();
        set => Open().SetOrdered(value);
    }

    /// <summary>Adds atomically.</summary>
    /// <param name="delta">What is added.</param>
    /// <returns>The value before.</returns>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public long GetAndAdd(long delta) => Open().GetAndAdd(delta);

    /// <summary>Frees it. May be called more than once.</summary>
    [SuppressMessage("Usage", "CA1816", Justification = "There is no finalizer.")]
    public void Dispose() => _conductor.Close(this);

    /// <summary>What the client knows it by: the command that added it. Several handles may be of one static counter.</summary>
    internal long HandleId { get; }

    internal bool IsStatic => HandleId != RegistrationId;

    internal void MarkClosed() => _isClosed = true;

    private MappedWord Open()
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        return _value;
    }
}
