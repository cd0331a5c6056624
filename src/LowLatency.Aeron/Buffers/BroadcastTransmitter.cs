using System.Numerics;
using LowLatency.Aeron.Protocol;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Buffers;

/// <summary>Writes messages that any number of receivers read, and waits for none of them: one that is too slow learns that it has lost some.</summary>
internal sealed class BroadcastTransmitter
{
    private readonly MappedBlock _records;
    private readonly MappedWord _tailIntent;
    private readonly MappedWord _tail;
    private readonly MappedWord _latest;

    /// <exception cref="ArgumentException">The length is not a power of two and the trailer's.</exception>
    public BroadcastTransmitter(MemoryView buffer)
    {
        long capacity = CapacityOf(buffer);
        Capacity = (int)capacity;
        _records = buffer.BlockAt(0, capacity);
        _tailIntent = buffer.WordAt(capacity + BroadcastLayout.TailIntentOffset);
        _tail = buffer.WordAt(capacity + BroadcastLayout.TailOffset);
        _latest = buffer.WordAt(capacity + BroadcastLayout.LatestOffset);
    }

    public int Capacity { get; }

    /// <summary>Most bytes of a message.</summary>
    public int MaxMessageLength => Capacity / 8;

    public void Transmit(int typeId, ReadOnlySpan<byte> body)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(typeId, 1);
        if (body.Length > MaxMessageLength) throw new ArgumentException($"A message of this buffer has at most {MaxMessageLength} bytes, not {body.Length}.", nameof(body));
        long tail = _tail.Get();
        int offset = (int)tail & (Capacity - 1);
        int length = RingBufferLayout.RecordHeaderLength + body.Length;
        int aligned = RingBufferLayout.Align(length);
        int toEnd = Capacity - offset;
        int padding = toEnd < aligned ? toEnd : 0;
        _tailIntent.SetOrdered(tail + padding + aligned);
        // Store-store: a receiver that sees any of the new bytes sees the intent too, and knows that what it read may be torn.
        Volatile.WriteBarrier();
        if (padding != 0)
        {
            PutHeader(offset, padding, RingBufferLayout.PaddingType);
            tail += padding;
            offset = 0;
        }

        PutHeader(offset, length, typeId);
        _records.PutBytes(offset + RingBufferLayout.RecordHeaderLength, body);
        _latest.SetOrdered(tail);
        _tail.SetOrdered(tail + aligned);
    }

    internal static long CapacityOf(MemoryView buffer)
    {
        long capacity = buffer.Length - BroadcastLayout.TrailerLength;
        if (capacity < BroadcastLayout.LeastCapacity || capacity > 1 << 30 || !BitOperations.IsPow2(capacity))
            throw new ArgumentException($"A broadcast buffer has a power of two and {BroadcastLayout.TrailerLength} bytes, not {buffer.Length}.", nameof(buffer));
        return capacity;
    }

    private void PutHeader(int offset, int length, int typeId)
    {
        _records.PutInt32(offset + RingBufferLayout.RecordLengthOffset, length);
        _records.PutInt32(offset + RingBufferLayout.RecordTypeOffset, typeId);
    }
}
