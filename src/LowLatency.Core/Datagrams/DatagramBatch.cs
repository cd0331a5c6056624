using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LowLatency.Core.Datagrams;

/// <summary>Room for the datagrams of one receive, made once and filled again and again.</summary>
public sealed class DatagramBatch
{
    private const int MostSlotBytes = 65_536;

    private readonly byte[] _block;
    private readonly DatagramHeader[] _headers;

    internal DatagramBatch(int slots, int slotBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slots, Native.NativeApi.MaxDatagrams);
        ArgumentOutOfRangeException.ThrowIfLessThan(slotBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slotBytes, MostSlotBytes);
        SlotBytes = slotBytes;
        // Pinned, because the kernel writes into it; cleared, so that no receive takes a page fault. One byte more than the slots: see SlotAndOne.
        _block = GC.AllocateArray<byte>((slots * slotBytes) + 1, pinned: true);
        _headers = GC.AllocateArray<DatagramHeader>(slots, pinned: true);
        Array.Clear(_block);
    }

    /// <summary>How many datagrams the last receive took.</summary>
    public int Count { get; internal set; }

    /// <summary>Most datagrams of one receive.</summary>
    public int Slots => _headers.Length;

    /// <summary>Most bytes of one datagram.</summary>
    public int SlotBytes { get; }

    /// <summary>A datagram of the last receive, in the order in which they came.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such datagram.</exception>
    public Datagram this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count) ThrowNoSuch(index);
            ref readonly DatagramHeader header = ref _headers[index];
            return new Datagram(_block.AsSpan(index * SlotBytes, (int)header.Length), header);
        }
    }

    /// <summary>The header of a slot.</summary>
    internal ref DatagramHeader Header(int slot) => ref _headers[slot];

    /// <summary>A slot and one byte behind it, which a datagram that is too long reaches; the byte is the next slot's, filled afterwards, or spare.</summary>
    internal Span<byte> SlotAndOne(int slot) => _block.AsSpan(slot * SlotBytes, SlotBytes + 1);

    // Safe, both: the arrays are pinned for as long as they live, and the receiver that hands out the pointers holds this batch.
    internal unsafe byte* BlockPointer() => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_block));

    internal unsafe DatagramHeader* HeaderPointer() => (DatagramHeader*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_headers));

    private void ThrowNoSuch(int index) => throw new ArgumentOutOfRangeException(nameof(index), index, $"The batch holds {Count} datagrams.");
}
