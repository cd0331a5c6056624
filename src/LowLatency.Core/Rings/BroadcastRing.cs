using System.Numerics;
using System.Runtime.CompilerServices;
using LowLatency.Core.Agents;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Rings;

/// <summary>
/// One writer, any number of readers with a cursor of their own: records of whole 64-byte cells, back to back. Readers never slow the writer; one
/// that falls a whole ring behind learns that it was lapped. A reader that asks to gate is the exception, for replays that must be complete.
/// </summary>
/// <remarks>
/// <code>
///  0        64       128      192                      capacity
///  +--------+--------+--------+--------+-- ... --+--------+
///  | record of one   | record | record of two    | 0  pad |   a record never wraps: cells left at the end are padding, first byte 0
///  +--------+--------+--------+--------+-- ... --+--------+
///           tail (committed) ^        ^ intent (being written up to here)
/// </code>
/// Positions count bytes and grow without limit. The writer stores the intent before it overwrites anything; a reader copies, then reads the
/// intent again: when it is more than the capacity beyond the copied bytes, they may have been overwritten and are thrown away.
/// </remarks>
public sealed class BroadcastRing
{
    /// <summary>Bytes of a cell; a record's length is a multiple of it.</summary>
    public const int CellBytes = 64;

    // A ring is larger than a cache: without a word in advance each new line is waited for. So far ahead memory has answered in time.
    private const int PrefetchBytes = 1024;

    private readonly AlignedMemory<byte> _bytes;
    private readonly byte[] _cellsByType;
    private readonly int _mask;
    private BroadcastReader[] _gating = [];
    private Parker[] _parkers = [];
    private PaddedLong _tail;
    private PaddedLong _intent;

    // The writer's own: how far it has claimed, and how far the gating readers were when it last looked. Padded too, because the fields beside
    // them are read by every reader.
    private PaddedLong _claimed;
    private PaddedLong _cachedGate;

    /// <summary>Makes a ring.</summary>
    /// <param name="capacityBytes">Its size in bytes, a power of two from 4 KiB to 1 GiB.</param>
    /// <param name="cellsByType">For each value of a record's first byte how many cells such a record has; 0 where there is no such record, and for the first byte 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not such a number.</exception>
    /// <exception cref="ArgumentException">The table has not 256 entries, or gives the first byte 0 a length.</exception>
    public BroadcastRing(int capacityBytes, ReadOnlySpan<byte> cellsByType)
    {
        if (capacityBytes is < 4096 or > 1 << 30 || !BitOperations.IsPow2(capacityBytes))
            throw new ArgumentOutOfRangeException(nameof(capacityBytes), capacityBytes, "A broadcast ring's capacity is a power of two from 4096 to 1073741824 bytes.");
        if (cellsByType.Length != 256 || cellsByType[0] != 0)
            throw new ArgumentException("The table of lengths has 256 entries, the first of them 0.", nameof(cellsByType));
        _bytes = new AlignedMemory<byte>(capacityBytes);
        _cellsByType = cellsByType.ToArray();
        _mask = capacityBytes - 1;
    }

    /// <summary>Size in bytes.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>Bytes committed since the start, padding included.</summary>
    public long Position => Volatile.Read(ref _tail.Value);

    internal long Intent => Volatile.Read(ref _intent.Value);

    /// <summary>Adds a reader that starts behind the newest record.</summary>
    /// <param name="parker">Is woken when records are committed while it is parked; null for readers that never park.</param>
    public BroadcastReader AddReader(Parker? parker = null)
    {
        if (parker is not null) AddParker(parker);
        return new BroadcastReader(this, Position);
    }

    /// <summary>Adds a reader that the writer waits for: nothing is lost, and a slow reader slows the writer.</summary>
    /// <param name="parker">As for <see cref="AddReader"/>.</param>
    /// <exception cref="InvalidOperationException">Something has been written already.</exception>
    public BroadcastReader AddGatingReader(Parker? parker = null)
    {
        if (_claimed.Value != 0) throw new InvalidOperationException("Gating readers are added before the first record.");
        if (parker is not null) AddParker(parker);
        var reader = new BroadcastReader(this, 0);
        _gating = [.. _gating, reader];
        return reader;
    }

    /// <summary>Stops waking a thread, for all readers that it has; the other threads' are woken as before.</summary>
    /// <param name="parker">The parker that a reader was added with.</param>
    public void RemoveParker(Parker parker)
    {
        Parker[] before;
        do before = Volatile.Read(ref _parkers);
        while (Interlocked.CompareExchange(ref _parkers, [.. before.Where(p => p != parker)], before) != before);
    }

    /// <summary>Room for the next record, to be written in place and then committed. The writer's thread only.</summary>
    /// <param name="length">The record's bytes, a multiple of 64 and at most a quarter of the capacity.</param>
    /// <returns>The room, or an empty span when a gating reader has not left that much: commit, wait, try again.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is not such a number.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Claim(int length)
    {
        if ((uint)(length - 1) >= (uint)(Capacity / 4) || length % CellBytes != 0) ThrowBadLength(length);
        int offset = (int)_claimed.Value & _mask;
        int toEnd = Capacity - offset;
        if (toEnd < length) return ClaimAtStart(length, toEnd);
        long end = _claimed.Value + length;
        if (!Reserve(end)) return default;
        _claimed.Value = end;
        for (int cell = 0; cell < length; cell += CellBytes) Processor.Prefetch(ref _bytes[(offset + PrefetchBytes + cell) & _mask]);
        return _bytes.Slice(offset, length);
    }

    /// <summary>Makes everything claimed visible and wakes parked readers. The writer's thread only.</summary>
    public void Commit()
    {
        Invariant.Holds(AreWholeRecords(_tail.Value, _claimed.Value));
        // Release: the records' bytes are visible before the tail that announces them.
        Volatile.Write(ref _tail.Value, _claimed.Value);
        foreach (Parker parker in Volatile.Read(ref _parkers)) parker.UnparkIfParked();
    }

    /// <summary>The bytes of [<paramref name="position"/>, + <paramref name="length"/>), which do not wrap.</summary>
    internal ReadOnlySpan<byte> Bytes(long position, int length) => _bytes.Slice((int)position & _mask, length);

    /// <summary>Bytes from <paramref name="position"/> to the place where the ring wraps.</summary>
    internal int ToEnd(long position) => Capacity - ((int)position & _mask);

    /// <summary>Bytes of a record with this first byte; 0 for padding and for what no record starts with.</summary>
    internal int LengthOf(byte type) => _cellsByType[type] * CellBytes;

    private static void ThrowBadLength(int length) =>
        throw new ArgumentOutOfRangeException(nameof(length), length, $"A record's length is a multiple of {CellBytes} bytes, up to a quarter of the ring.");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Span<byte> ClaimAtStart(int length, int padding)
    {
        long end = _claimed.Value + padding + length;
        if (!Reserve(end)) return default;
        Span<byte> rest = _bytes.Slice((int)_claimed.Value & _mask, padding);
        for (int cell = 0; cell < padding; cell += CellBytes) rest[cell] = 0;
        _claimed.Value = end;
        return _bytes.Slice(0, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Reserve(long end)
    {
        if (_gating.Length != 0 && end - Capacity > _cachedGate.Value && !RefreshGate(end - Capacity)) return false;
        Volatile.Write(ref _intent.Value, end);
        // Orders the intent before the bytes that the caller is about to overwrite.
        Volatile.WriteBarrier();
        return true;
    }

    private bool RefreshGate(long wrapPoint)
    {
        long slowest = long.MaxValue;
        foreach (BroadcastReader reader in _gating) slowest = Math.Min(slowest, reader.Position);
        _cachedGate.Value = slowest;
        return slowest >= wrapPoint;
    }

    /// <summary>Whether [<paramref name="from"/>, <paramref name="to"/>) is records of known types and padding: for the invariant.</summary>
    private bool AreWholeRecords(long from, long to)
    {
        // More than a ring in one commit has overwritten its own beginning; its readers are lapped.
        if (to - from > Capacity) return true;
        while (from < to)
        {
            byte type = Bytes(from, CellBytes)[0];
            int length = LengthOf(type);
            if (length == 0 && type != 0) return false;
            from += length == 0 ? ToEnd(from) : length;
        }

        return from == to;
    }

    private void AddParker(Parker parker)
    {
        Parker[] before;
        do
        {
            before = Volatile.Read(ref _parkers);
            if (before.Contains(parker)) return;
        }
        while (Interlocked.CompareExchange(ref _parkers, [.. before, parker], before) != before);
    }
}
