using System.Numerics;
using System.Runtime.InteropServices;

namespace LowLatency.Storage.Journal;

/// <summary>CRC-32C (Castagnoli, as in iSCSI, RFC 3720), by the processor's instruction where it has one; it goes on from where it was, so that an entry of several appends has the checksum of all their bytes.</summary>
internal static class RecordChecksum
{
    /// <summary>What a checksum begins with.</summary>
    public const uint Start = uint.MaxValue;

    /// <summary>Goes on with more bytes.</summary>
    /// <param name="checksum">Where it was; <see cref="Start"/> at first.</param>
    /// <param name="records">The bytes, a multiple of 64.</param>
    public static uint Append(uint checksum, ReadOnlySpan<byte> records)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(records);
        for (; words.Length >= 8; words = words[8..]) checksum = Cell(checksum, words[..8]);
        return checksum;
    }

    /// <summary>Goes on with 64 bytes.</summary>
    /// <param name="checksum">Where it was.</param>
    /// <param name="cell">Eight words.</param>
    public static uint Cell(uint checksum, ReadOnlySpan<ulong> cell)
    {
        // One compare for the eight below it.
        ulong last = cell[7];
        checksum = BitOperations.Crc32C(checksum, cell[0]);
        checksum = BitOperations.Crc32C(checksum, cell[1]);
        checksum = BitOperations.Crc32C(checksum, cell[2]);
        checksum = BitOperations.Crc32C(checksum, cell[3]);
        checksum = BitOperations.Crc32C(checksum, cell[4]);
        checksum = BitOperations.Crc32C(checksum, cell[5]);
        checksum = BitOperations.Crc32C(checksum, cell[6]);
        return BitOperations.Crc32C(checksum, last);
    }
}
