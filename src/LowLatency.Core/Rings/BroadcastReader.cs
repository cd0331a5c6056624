using LowLatency.Core.Memory;

namespace LowLatency.Core.Rings;

/// <summary>A reader of a <see cref="BroadcastRing"/> with a cursor of its own; it belongs to one thread.</summary>
public sealed class BroadcastReader
{
    private readonly BroadcastRing _ring;

    // Written by the reader; read by the writer when the reader gates it.
    private PaddedLong _position;

    internal BroadcastReader(BroadcastRing ring, long position)
    {
        _ring = ring;
        _position.Value = position;
    }

    /// <summary>How far it has read, in bytes since the ring's start.</summary>
    public long Position => Volatile.Read(ref _position.Value);

    /// <summary>How often it fell a whole ring behind and had to jump to the newest record.</summary>
    public long Laps { get; private set; }

    /// <summary>Bytes of records and padding that it never saw because it was lapped.</summary>
    public long LostBytes { get; private set; }

    /// <summary>Whether there is something to read.</summary>
    public bool HasRecords() => _ring.Position > _position.Value;

    /// <summary>Copies the next whole records.</summary>
    /// <param name="destination">Room for at least the longest record.</param>
    /// <returns>Bytes copied; 0 when there is nothing new, or when the reader was lapped (then <see cref="Laps"/> has grown).</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has no room for the next record.</exception>
    /// <exception cref="InvalidOperationException">The writer committed a record of a type that the ring was not told of.</exception>
    public int Read(Span<byte> destination)
    {
        long position = _position.Value;
        long available = _ring.Position - position;
        if (available == 0) return 0;
        int toEnd = _ring.ToEnd(position);
        int length = (int)Math.Min(Math.Min(available, toEnd), destination.Length & ~(BroadcastRing.CellBytes - 1));
        _ring.Bytes(position, length).CopyTo(destination);
        // Orders the copy before the look at the intent that tells whether the copied bytes were still whole.
        Volatile.ReadBarrier();
        if (_ring.Intent - position > _ring.Capacity)
        {
            Laps++;
            long tail = _ring.Position;
            LostBytes += tail - position;
            _position.Value = tail;
            return 0;
        }

        int whole = 0;
        while (whole < length)
        {
            int record = _ring.LengthOf(destination[whole]);
            if (record == 0)
            {
                // Padding up to the end of the ring.
                if (destination[whole] != 0) ThrowUnknownType(destination[whole]);
                Volatile.Write(ref _position.Value, position + toEnd);
                return whole != 0 ? whole : Read(destination);
            }

            if (whole + record > length) break;
            whole += record;
        }

        if (whole == 0) ThrowNoRoom(destination);
        // Release: our copy comes before the position that lets a gated writer overwrite it.
        Volatile.Write(ref _position.Value, position + whole);
        return whole;
    }

    private static void ThrowUnknownType(byte type) =>
        throw new InvalidOperationException($"The ring holds a record of type {type}, whose length its table does not tell; add it to the table of lengths.");

    private static void ThrowNoRoom(Span<byte> destination) =>
        throw new ArgumentException($"The next record does not fit in {destination.Length} bytes; give room for the longest record.", nameof(destination));
}
