using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using LowLatency.Market.Instruments;

namespace LowLatency.Feeds.Csv;

/// <summary>A small cache before a table of names, for one thread: a file's few symbols and venues come again and again.</summary>
/// <param name="table">The table.</param>
internal sealed class NameCache(NameTable table)
{
    /// <summary>The table is full.</summary>
    public const int Full = -1;

    /// <summary>The text cannot be a name.</summary>
    public const int Invalid = -2;

    private const int SizeBits = 6;

    private readonly Entry[] _entries = new Entry[1 << SizeBits];

    /// <summary>The id of a name, added when it is new; <see cref="Full"/> or <see cref="Invalid"/> when it has none.</summary>
    /// <param name="name">The name's bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int IdOf(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > 16) return LookUp(name);
        (ulong head, ulong tail) = Key(name);
        int index = (int)(((head * 0x9E3779B97F4A7C15) ^ (tail * 0xC2B2AE3D27D4EB4F)) >> (64 - SizeBits));
        ref Entry entry = ref _entries[index];
        if (entry.Head == head && entry.Tail == tail && entry.Length == name.Length) return entry.Id;
        int id = LookUp(name);
        if (id != Invalid) entry = new Entry { Head = head, Tail = tail, Length = name.Length, Id = id };
        return id;
    }

    /// <summary>All of a name's bytes in two words: of 8 to 16 bytes its first and last eight, which may overlap. With the length it is unique.</summary>
    private static (ulong Head, ulong Tail) Key(ReadOnlySpan<byte> name)
    {
        int length = name.Length;
        if (length >= 8) return (BinaryPrimitives.ReadUInt64LittleEndian(name), BinaryPrimitives.ReadUInt64LittleEndian(name[(length - 8)..]));
        if (length >= 4) return (BinaryPrimitives.ReadUInt32LittleEndian(name), BinaryPrimitives.ReadUInt32LittleEndian(name[(length - 4)..]));
        return (name[0] | ((ulong)name[length / 2] << 8), name[length - 1]);
    }

    private int LookUp(ReadOnlySpan<byte> name)
    {
        if (table.TryGetOrAdd(name, out int id)) return id;
        return NameTable.IsValid(name) ? Full : Invalid;
    }

    private struct Entry
    {
        public ulong Head;
        public ulong Tail;
        public int Length;
        public int Id;
    }
}
