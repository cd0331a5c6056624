using System.Numerics;
using System.Runtime.InteropServices;

namespace LowLatency.Storage.Journal;

/// <summary>
/// What the index knows of one append, or of several small ones; 64 bytes, little-endian. An entry holds whole appends.
/// <code>
///   0                                   4                                   8
///   +-----------------------------------+-----------------------------------+
///   | first (u32), within the segment   | count (u32)                       |
///   | records_crc (u32)                 | entry_crc (u32)                   |  8
///   | least event_ns (i64)                                                  | 16
///   | most event_ns (i64)                                                   | 24
///   | least receive_ns (i64)                                                | 32
///   | most receive_ns (i64)                                                 | 40
///   | mark (i64): the last append's                                         | 48
///   | instruments (u64): bit i for every id of which i is the lowest 6 bits | 56
///   +-----------------------------------------------------------------------+ 64
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal struct IndexEntry
{
    /// <summary>Bytes of an entry.</summary>
    public const int Bytes = 64;

    /// <summary>The first record's place in the segment, from 0.</summary>
    [FieldOffset(0)]
    public uint First;

    /// <summary>Number of records.</summary>
    [FieldOffset(4)]
    public uint Count;

    /// <summary>CRC-32C of the records' bytes.</summary>
    [FieldOffset(8)]
    public uint RecordsChecksum;

    /// <summary>CRC-32C of the other fields, begun with the segment's first ordinal.</summary>
    [FieldOffset(12)]
    public uint EntryChecksum;

    /// <summary>The least event time.</summary>
    [FieldOffset(16)]
    public long LeastEventNs;

    /// <summary>The most.</summary>
    [FieldOffset(24)]
    public long MostEventNs;

    /// <summary>The least receive time.</summary>
    [FieldOffset(32)]
    public long LeastReceiveNs;

    /// <summary>The most.</summary>
    [FieldOffset(40)]
    public long MostReceiveNs;

    /// <summary>The mark of the last append in it.</summary>
    [FieldOffset(48)]
    public long Mark;

    /// <summary>Which instruments may be in it.</summary>
    [FieldOffset(56)]
    public ulong Instruments;

    /// <summary>The place behind its last record.</summary>
    public readonly long End => (long)First + Count;

    /// <summary>An entry without records.</summary>
    /// <param name="first">Where its records will begin.</param>
    public static IndexEntry Empty(int first) => new()
    {
        First = (uint)first, RecordsChecksum = RecordChecksum.Start, LeastEventNs = long.MaxValue, MostEventNs = long.MinValue, LeastReceiveNs = long.MaxValue, MostReceiveNs = long.MinValue,
    };

    /// <summary>The bit of an instrument; ids are dense, so that up to 64 instruments have a bit of their own.</summary>
    /// <param name="instrument">Its id.</param>
    public static ulong BitOf(uint instrument) => 1UL << (int)(instrument & 63);

    /// <summary>Takes records.</summary>
    /// <param name="records">Their bytes.</param>
    /// <param name="recordBytes">Bytes of each: 64 or 128.</param>
    /// <param name="mark">The append's mark.</param>
    public void Add(ReadOnlySpan<byte> records, int recordBytes, long mark)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(records);
        bool isLong = recordBytes == 128;
        uint checksum = RecordsChecksum;
        ulong instruments = Instruments;
        long leastEvent = LeastEventNs, mostEvent = MostEventNs, leastReceive = LeastReceiveNs, mostReceive = MostReceiveNs;
        uint count = 0;
        while (words.Length >= 8)
        {
            ReadOnlySpan<ulong> cell = words[..8];
            checksum = RecordChecksum.Cell(checksum, cell);
            instruments |= BitOf((uint)(cell[0] >> 32));
            long eventNs = (long)cell[1];
            long receiveNs = (long)cell[2];
            leastEvent = Math.Min(leastEvent, eventNs);
            mostEvent = Math.Max(mostEvent, eventNs);
            leastReceive = Math.Min(leastReceive, receiveNs);
            mostReceive = Math.Max(mostReceive, receiveNs);
            words = words[8..];
            count++;
            if (!isLong) continue;
            checksum = RecordChecksum.Cell(checksum, words[..8]);
            words = words[8..];
        }

        Count += count;
        RecordsChecksum = checksum;
        Instruments = instruments;
        (LeastEventNs, MostEventNs, LeastReceiveNs, MostReceiveNs) = (leastEvent, mostEvent, leastReceive, mostReceive);
        Mark = mark;
    }

    /// <summary>Takes the times and instruments of another.</summary>
    /// <param name="other">The other.</param>
    public void Widen(in IndexEntry other)
    {
        LeastEventNs = Math.Min(LeastEventNs, other.LeastEventNs);
        MostEventNs = Math.Max(MostEventNs, other.MostEventNs);
        LeastReceiveNs = Math.Min(LeastReceiveNs, other.LeastReceiveNs);
        MostReceiveNs = Math.Max(MostReceiveNs, other.MostReceiveNs);
        Instruments |= other.Instruments;
    }

    /// <summary>Checks the entry itself.</summary>
    /// <param name="segmentFirst">Ordinal of the segment's first record.</param>
    public readonly bool IsWhole(long segmentFirst) => Count > 0 && EntryChecksum == ChecksumOf(segmentFirst);

    /// <summary>Notes the checksum of the entry itself.</summary>
    /// <param name="segmentFirst">Ordinal of the segment's first record.</param>
    public void Seal(long segmentFirst) => EntryChecksum = ChecksumOf(segmentFirst);

    private readonly uint ChecksumOf(long segmentFirst)
    {
        // Two independent halves: the instruction takes three cycles and can begin each cycle.
        uint one = BitOperations.Crc32C(RecordChecksum.Start, (ulong)segmentFirst);
        uint other = BitOperations.Crc32C(RecordChecksum.Start, RecordsChecksum);
        one = BitOperations.Crc32C(one, First | ((ulong)Count << 32));
        other = BitOperations.Crc32C(other, (ulong)LeastEventNs);
        one = BitOperations.Crc32C(one, (ulong)MostEventNs);
        other = BitOperations.Crc32C(other, (ulong)LeastReceiveNs);
        one = BitOperations.Crc32C(one, (ulong)MostReceiveNs);
        other = BitOperations.Crc32C(other, (ulong)Mark);
        one = BitOperations.Crc32C(one, Instruments);
        return BitOperations.Crc32C(one, other);
    }
}
