using System.Buffers.Binary;

namespace LowLatency.Storage.Journal;

/// <summary>Which records of a journal are wanted; by default all.</summary>
public readonly record struct JournalFilter()
{
    /// <summary>The first ordinal.</summary>
    public long FromOrdinal { get; init; }

    /// <summary>The ordinal before which it ends.</summary>
    public long ToOrdinal { get; init; } = long.MaxValue;

    /// <summary>By which time <see cref="FromNs"/> and <see cref="ToNs"/> are meant.</summary>
    public JournalTime Time { get; init; }

    /// <summary>The first time, in nanoseconds since 1970.</summary>
    public long FromNs { get; init; } = long.MinValue;

    /// <summary>The time before which it ends, in nanoseconds since 1970. Records need not be in the order of their times.</summary>
    public long ToNs { get; init; } = long.MaxValue;

    /// <summary>The only instrument; null for all.</summary>
    public uint? Instrument { get; init; }

    /// <summary>Whether an entry can hold such records.</summary>
    /// <param name="entry">The entry.</param>
    internal bool MayMatch(in IndexEntry entry)
    {
        (long least, long most) = Time == JournalTime.Event ? (entry.LeastEventNs, entry.MostEventNs) : (entry.LeastReceiveNs, entry.MostReceiveNs);
        // The very last nanosecond stands for no end.
        if (most < FromNs || (least >= ToNs && ToNs != long.MaxValue)) return false;
        return Instrument is not { } instrument || (entry.Instruments & IndexEntry.BitOf(instrument)) != 0;
    }

    /// <summary>Whether a record is such a one; ordinals apart.</summary>
    /// <param name="record">Its bytes.</param>
    internal bool Matches(ReadOnlySpan<byte> record)
    {
        if (Instrument is { } instrument && BinaryPrimitives.ReadUInt32LittleEndian(record[4..]) != instrument) return false;
        long ns = BinaryPrimitives.ReadInt64LittleEndian(record[(Time == JournalTime.Event ? 8 : 16)..]);
        return ns >= FromNs && (ns < ToNs || ToNs == long.MaxValue);
    }
}
