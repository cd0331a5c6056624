using LowLatency.Aeron.Protocol;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Buffers;

/// <summary>
/// Reads a broadcast buffer: copies each message, then asks whether it was overwritten meanwhile, and only then hands it on. It begins with the latest
/// message that was there, so the first may be old.
/// </summary>
internal sealed class CopyBroadcastReceiver
{
    private const int FirstScratchLength = 4096;

    private readonly MappedBlock _records;
    private readonly MappedWord _tailIntent;
    private readonly MappedWord _tail;
    private readonly MappedWord _latest;
    private readonly int _capacity;
    private byte[] _scratch = new byte[FirstScratchLength];
    private long _next;

    /// <exception cref="ArgumentException">The length is not a power of two and the trailer's.</exception>
    public CopyBroadcastReceiver(MemoryView buffer)
    {
        long capacity = BroadcastTransmitter.CapacityOf(buffer);
        _capacity = (int)capacity;
        _records = buffer.BlockAt(0, capacity);
        _tailIntent = buffer.WordAt(capacity + BroadcastLayout.TailIntentOffset);
        _tail = buffer.WordAt(capacity + BroadcastLayout.TailOffset);
        _latest = buffer.WordAt(capacity + BroadcastLayout.LatestOffset);
        _next = _latest.GetVolatile();
    }

    /// <summary>Hands on the next message, if there is one.</summary>
    /// <param name="handler">Who gets it.</param>
    /// <param name="meanwhile">A test does something between the copy and the question whether it is whole.</param>
    public BroadcastStatus Receive<THandler>(THandler handler, Action? meanwhile = null)
        where THandler : IMessageHandler
    {
        long tail = _tail.GetVolatile();
        long cursor = _next;
        if (tail <= cursor) return BroadcastStatus.Nothing;
        if (IsOverwritten(cursor)) return SkipToLatest();
        int offset = (int)cursor & (_capacity - 1);
        int length = _records.GetInt32(offset + RingBufferLayout.RecordLengthOffset);
        int typeId = _records.GetInt32(offset + RingBufferLayout.RecordTypeOffset);
        if (typeId == RingBufferLayout.PaddingType)
        {
            // The message is at the buffer's start.
            cursor += _capacity - offset;
            offset = 0;
            length = _records.GetInt32(RingBufferLayout.RecordLengthOffset);
            typeId = _records.GetInt32(RingBufferLayout.RecordTypeOffset);
        }

        // Torn values are no reason to throw: whether they are torn is asked below.
        int body = Math.Clamp(length - RingBufferLayout.RecordHeaderLength, 0, Math.Max(0, _capacity - offset - RingBufferLayout.RecordHeaderLength));
        if (body > _scratch.Length) _scratch = new byte[body];
        _records.Bytes(offset + RingBufferLayout.RecordHeaderLength, body).CopyTo(_scratch);
        _records.KeepAlive();
        meanwhile?.Invoke();
        // Load-load: all of the above is read before the question whether it was overwritten.
        Volatile.ReadBarrier();
        if (IsOverwritten(cursor)) return SkipToLatest();
        _next = cursor + RingBufferLayout.Align(length);
        handler.OnMessage(typeId, _scratch.AsSpan(0, body));
        return BroadcastStatus.Received;
    }

    private bool IsOverwritten(long cursor) => cursor + _capacity <= _tailIntent.GetVolatile();

    private BroadcastStatus SkipToLatest()
    {
        _next = _latest.GetVolatile();
        return BroadcastStatus.Lapped;
    }
}
