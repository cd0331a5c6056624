using System.Buffers.Binary;

namespace LowLatency.Core.Hashing;

/// <summary>
/// A 128-bit fingerprint of a set of records that does not depend on their order: the sum, modulo 2^128, of a hash of each. Two runs that publish
/// the same records, in whatever interleaving of threads, have the same digest. Not cryptographic.
/// </summary>
public struct RecordDigest
{
    // Odd constants with well spread bits (fractions of the golden ratio and of square roots of primes), one for each eight bytes of a block.
    private const ulong K0 = 0x9E3779B97F4A7C15;
    private const ulong K1 = 0xBB67AE8584CAA73B;
    private const ulong K2 = 0x3C6EF372FE94F82B;
    private const ulong K3 = 0xA54FF53A5F1D36F1;
    private const ulong K4 = 0x510E527FADE682D1;
    private const ulong K5 = 0x9B05688C2B3E6C1F;
    private const ulong K6 = 0x1F83D9ABFB41BD6B;
    private const ulong K7 = 0x5BE0CD19137E2179;

    private UInt128 _sum;

    /// <summary>Number of records added.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a record.</summary>
    /// <param name="record">Its bytes, a multiple of 64 of them.</param>
    /// <exception cref="ArgumentException"><paramref name="record"/> has another length.</exception>
    public void Add(ReadOnlySpan<byte> record)
    {
        if (record.Length % 64 != 0) ThrowBadLength(record);
        ulong low = K0 ^ (ulong)record.Length;
        ulong high = K7;
        for (; record.Length >= 64; record = record[64..])
        {
            low = Mix(low ^ Word(record, 0), Word(record, 8) ^ K1) ^ Mix(Word(record, 16) ^ K2, Word(record, 24) ^ K3 ^ high);
            high = Mix(high ^ Word(record, 32), Word(record, 40) ^ K4) ^ Mix(Word(record, 48) ^ K5, Word(record, 56) ^ K6 ^ low);
        }

        _sum += new UInt128(Mix(high ^ K0, low ^ K4), Mix(low ^ K2, high ^ K6));
        Count++;
    }

    /// <summary>Adds another digest's records to this one.</summary>
    /// <param name="other">The other digest.</param>
    public void Add(in RecordDigest other)
    {
        _sum += other._sum;
        Count += other.Count;
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override readonly string ToString() => _sum.ToString("x32", null);

    private static void ThrowBadLength(ReadOnlySpan<byte> record) =>
        throw new ArgumentException($"A record is a multiple of 64 bytes long, not {record.Length}.", nameof(record));

    private static ulong Word(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);

    private static ulong Mix(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
