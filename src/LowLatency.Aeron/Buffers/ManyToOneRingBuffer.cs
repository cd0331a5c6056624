using System.Numerics;
using LowLatency.Aeron.Protocol;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Buffers;

/// <summary>
/// A ring of messages that many processes write and one reads. Space is claimed by a compare and set of the tail; a record's length is negative while
/// it is written, and positive, released, when it is whole. The reader zeroes what it has read before it gives the space back: a length of 0 always
/// means that nobody has begun there.
/// </summary>
internal sealed class ManyToOneRingBuffer
{
    /// <summary>What <see cref="TryClaim"/> gives when there is no room.</summary>
    public const int Full = -1;

    private readonly MappedBlock _records;
    private readonly MappedWord _tail;
    private readonly MappedWord _headCache;
    private readonly MappedWord _head;
    private readonly MappedWord _correlationId;
    private readonly MappedWord _heartbeatMs;

    /// <summary>Makes one of memory that is zeroed, or is such a ring.</summary>
    /// <exception cref="ArgumentException">The length is not a power of two and the trailer's.</exception>
    public ManyToOneRingBuffer(MemoryView buffer)
    {
        long capacity = buffer.Length - RingBufferLayout.TrailerLength;
        if (capacity < RingBufferLayout.LeastCapacity || capacity > 1 << 30 || !BitOperations.IsPow2(capacity))
            throw new ArgumentException($"A ring buffer has a power of two and {RingBufferLayout.TrailerLength} bytes, not {buffer.Length}.", nameof(buffer));
        Capacity = (int)capacity;
        _records = buffer.BlockAt(0, capacity);
        _tail = buffer.WordAt(capacity + RingBufferLayout.TailPositionOffset);
        _headCache = buffer.WordAt(capacity + RingBufferLayout.HeadCachePositionOffset);
        _head = buffer.WordAt(capacity + RingBufferLayout.HeadPositionOffset);
        _correlationId = buffer.WordAt(capacity + RingBufferLayout.CorrelationIdOffset);
        _heartbeatMs = buffer.WordAt(capacity + RingBufferLayout.ConsumerHeartbeatMsOffset);
    }

    public int Capacity { get; }

    /// <summary>Most bytes of a message.</summary>
    public int MaxMessageLength => Capacity == RingBufferLayout.LeastCapacity ? 0 : Capacity / 8;

    /// <summary>Milliseconds since 1970; 0 before the consumer starts, -1 after it has shut down.</summary>
    public long ConsumerHeartbeatMs
    {
        get => _heartbeatMs.GetVolatile();
        set => _heartbeatMs.SetOrdered(value);
    }

    public long HeadPosition => _head.GetVolatile();

    public long TailPosition => _tail.GetVolatile();

    /// <summary>An id that no one else of this ring gets.</summary>
    public long NextCorrelationId() => _correlationId.GetAndAdd(1);

    /// <summary>Writes a message.</summary>
    /// <returns>False when there is no room now.</returns>
    public bool TryWrite(int typeId, ReadOnlySpan<byte> body)
    {
        int index = TryClaim(typeId, body.Length);
        if (index == Full) return false;
        _records.PutBytes(index, body);
        Commit(index);
        return true;
    }

    /// <summary>Claims room for a message; what claims must <see cref="Commit"/> or <see cref="Abort"/>.</summary>
    /// <returns>The index of the message's first byte, or <see cref="Full"/>.</returns>
    public int TryClaim(int typeId, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(typeId, 1);
        if ((uint)length > (uint)MaxMessageLength) throw new ArgumentOutOfRangeException(nameof(length), length, $"A message of this ring has at most {MaxMessageLength} bytes.");
        int recordLength = RingBufferLayout.RecordHeaderLength + length;
        int index = ClaimRecord(RingBufferLayout.Align(recordLength));
        if (index == Full) return Full;
        _records.PutInt32Ordered(index + RingBufferLayout.RecordLengthOffset, -recordLength);
        // Store-store: a reader that unblocks this record after our death must not find a type without the negative length.
        Volatile.WriteBarrier();
        _records.PutInt32(index + RingBufferLayout.RecordTypeOffset, typeId);
        return index + RingBufferLayout.RecordHeaderLength;
    }

    /// <summary>The bytes of a claimed message.</summary>
    public Span<byte> Claimed(int index) =>
        _records.WritableBytes(index, -_records.GetInt32(index - RingBufferLayout.RecordHeaderLength) - RingBufferLayout.RecordHeaderLength);

    /// <summary>Gives a claimed message to the reader.</summary>
    public void Commit(int index)
    {
        int record = index - RingBufferLayout.RecordHeaderLength;
        // Release: the message is there before its length is.
        _records.PutInt32Ordered(record, -_records.GetInt32(record));
    }

    /// <summary>Gives up a claimed message.</summary>
    public void Abort(int index)
    {
        int record = index - RingBufferLayout.RecordHeaderLength;
        _records.PutInt32(record + RingBufferLayout.RecordTypeOffset, RingBufferLayout.PaddingType);
        _records.PutInt32Ordered(record, -_records.GetInt32(record));
    }

    /// <summary>Reads messages up to the end of the buffer. What was read is given back also when the handler throws.</summary>
    /// <returns>How many were read.</returns>
    public int Read<THandler>(THandler handler, int limit)
        where THandler : IMessageHandler
    {
        long head = _head.Get();
        int start = (int)head & (Capacity - 1);
        int consumed = 0;
        int messages = 0;
        try
        {
            while (messages < limit && start + consumed < Capacity)
            {
                int record = start + consumed;
                // Acquire: the message is read after its length.
                int length = _records.GetInt32Volatile(record + RingBufferLayout.RecordLengthOffset);
                if (length <= 0) break;
                consumed += RingBufferLayout.Align(length);
                if (start + consumed > Capacity)
                {
                    // Written by someone who does not know the protocol: the rest of the buffer is given up, the driver lives on.
                    consumed = Capacity - start;
                    throw new InvalidDataException($"A record of the command ring at {record} has {length} bytes, more than there are to the buffer's end.");
                }

                int typeId = _records.GetInt32(record + RingBufferLayout.RecordTypeOffset);
                if (typeId == RingBufferLayout.PaddingType) continue;
                messages++;
                handler.OnMessage(typeId, _records.Bytes(record + RingBufferLayout.RecordHeaderLength, length - RingBufferLayout.RecordHeaderLength));
            }
        }
        finally
        {
            if (consumed > 0)
            {
                _records.Clear(start, consumed);
                // Release: the space is zero before producers may have it.
                _head.SetOrdered(head + consumed);
            }
        }

        return messages;
    }

    /// <summary>
    /// Makes padding of a record that a dead producer left at the head, claimed and not committed, or not even begun. For the reader, when the head has
    /// stood still for longer than a producer may live without a sign.
    /// </summary>
    /// <returns>Whether something was unblocked.</returns>
    public bool Unblock()
    {
        long head = _head.GetVolatile();
        long tail = _tail.GetVolatile();
        if (head == tail) return false;
        int mask = Capacity - 1;
        int headIndex = (int)head & mask;
        int tailIndex = (int)tail & mask;
        int length = _records.GetInt32Volatile(headIndex);
        if (length < 0)
        {
            Pad(headIndex, -length);
            return true;
        }

        if (length != 0) return false;
        // Nobody has begun at the head: it ends where the next record has begun.
        int limit = tailIndex > headIndex ? tailIndex : Capacity;
        for (int i = headIndex + RingBufferLayout.RecordAlignment; i < limit; i += RingBufferLayout.RecordAlignment)
        {
            if (_records.GetInt32Volatile(i) == 0) continue;
            // A slow producer may have begun meanwhile.
            for (int back = i - RingBufferLayout.RecordAlignment; back >= headIndex; back -= RingBufferLayout.RecordAlignment)
            {
                if (_records.GetInt32Volatile(back) != 0) return false;
            }

            Pad(headIndex, i - headIndex);
            return true;
        }

        return false;
    }

    private void Pad(int index, int length)
    {
        _records.PutInt32(index + RingBufferLayout.RecordTypeOffset, RingBufferLayout.PaddingType);
        _records.PutInt32Ordered(index + RingBufferLayout.RecordLengthOffset, length);
    }

    private int ClaimRecord(int required)
    {
        int mask = Capacity - 1;
        long head = _headCache.GetVolatile();
        while (true)
        {
            long tail = _tail.GetVolatile();
            if (required > Capacity - (int)(tail - head))
            {
                head = _head.GetVolatile();
                if (required > Capacity - (int)(tail - head)) return Full;
                _headCache.SetOrdered(head);
            }

            int padding = 0;
            int index = (int)tail & mask;
            int toEnd = Capacity - index;
            if (required > toEnd)
            {
                if (required > ((int)head & mask))
                {
                    head = _head.GetVolatile();
                    if (required > ((int)head & mask)) return Full;
                    _headCache.SetOrdered(head);
                }

                padding = toEnd;
            }

            if (!_tail.CompareAndSet(tail, tail + required + padding)) continue;
            if (padding == 0) return index;
            _records.PutInt32Ordered(index, -padding);
            Volatile.WriteBarrier();
            Pad(index, padding);
            return 0;
        }
    }
}
