using System.Numerics;
using System.Runtime.CompilerServices;
using LowLatency.Core.Agents;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Rings;

/// <summary>
/// A bounded ring of unmanaged events between threads, after the LMAX Disruptor: producers claim sequences, write the slots in place and publish
/// them; every consumer sees every event, in the order of the sequences, and the slowest one gates the producers. Sequences start at 0.
/// </summary>
/// <remarks>
/// Nothing here blocks: a claim that does not fit returns false, a poll without events returns an empty span, and the caller's idle strategy
/// decides how to wait. Consumers are added before the first claim; adding one later throws.
/// </remarks>
/// <typeparam name="T">The event. Sizes that are multiples of 64 bytes never straddle a cache line.</typeparam>
public sealed class RingBuffer<T>
    where T : unmanaged
{
    private const int MaxCapacity = 1 << 28;

    private readonly AlignedMemory<T> _slots;
    private readonly AlignedMemory<int>? _rounds;
    private readonly int _mask;
    private readonly int _shift;
    private RingConsumer<T>[] _gating = [];

    // Threads of the consumers that come first; each wakes those behind it.
    private Parker[] _parkers = [];

    // Single: the last published sequence. Multi: the last claimed one.
    private PaddedLong _cursor;

    // Written by the producer only (single), or by whichever producer looked last (multi; any value it takes was once true).
    private PaddedLong _claimed;
    private PaddedLong _cachedGate;

    /// <summary>Makes a ring.</summary>
    /// <param name="capacity">Number of slots, a power of two from 2 to 2^28.</param>
    /// <param name="mode">How many threads will produce.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is not such a number.</exception>
    public RingBuffer(int capacity, ProducerMode mode)
    {
        if (capacity is < 2 or > MaxCapacity || !BitOperations.IsPow2(capacity))
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, $"A ring's capacity is a power of two from 2 to {MaxCapacity}.");
        Capacity = capacity;
        Mode = mode;
        _mask = capacity - 1;
        _shift = BitOperations.TrailingZeroCount(capacity);
        _slots = new AlignedMemory<T>(capacity);
        _cursor.Value = -1;
        _claimed.Value = -1;
        _cachedGate.Value = -1;
        if (mode == ProducerMode.Multi)
        {
            _rounds = new AlignedMemory<int>(capacity);
            for (int i = 0; i < capacity; i++) _rounds[i] = -1;
        }
    }

    /// <summary>Number of slots.</summary>
    public int Capacity { get; }

    /// <summary>How many threads may produce.</summary>
    public ProducerMode Mode { get; }

    /// <summary>The last published sequence (with several producers: the last claimed one), -1 before the first.</summary>
    public long Cursor => Volatile.Read(ref _cursor.Value);

    /// <summary>The slot of <paramref name="sequence"/>. Only its claimant may write it, and only before publishing.</summary>
    public ref T this[long sequence]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _slots[(int)sequence & _mask];
    }

    /// <summary>Adds a consumer that sees every event, and no event before all of <paramref name="after"/> have consumed it.</summary>
    /// <param name="parker">Is woken when events have come up to this consumer while it is parked; null for consumers that never park.</param>
    /// <param name="after">Consumers of this ring that come first.</param>
    /// <exception cref="InvalidOperationException">A slot has been claimed already.</exception>
    public RingConsumer<T> AddConsumer(Parker? parker = null, params RingConsumer<T>[] after)
    {
        if (Math.Max(_claimed.Value, Cursor) >= 0) throw new InvalidOperationException("Consumers are added before the first claim.");
        foreach (RingConsumer<T> first in after)
        {
            if (first.Ring != this) throw new ArgumentException("A consumer can only follow consumers of the same ring.", nameof(after));
        }

        var consumer = new RingConsumer<T>(this, after);
        _gating = [.. _gating, consumer];
        if (parker is null) return consumer;
        if (after.Length == 0 && !_parkers.Contains(parker)) _parkers = [.. _parkers, parker];
        foreach (RingConsumer<T> first in after) first.WakeBehind(parker);
        return consumer;
    }

    /// <summary>Claims <paramref name="count"/> consecutive slots. What is claimed must be published.</summary>
    /// <param name="count">Number of slots, from 1 to the capacity.</param>
    /// <param name="first">The first claimed sequence.</param>
    /// <returns>False when the consumers have not yet left that much room; nothing is claimed then.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or above the capacity.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryClaim(int count, out long first)
    {
        if ((uint)(count - 1) >= (uint)Capacity) ThrowBadCount(count);
        return _rounds is null ? TryClaimSingle(count, out first) : TryClaimMulti(count, out first);
    }

    /// <summary>Makes claimed slots visible to the consumers and wakes the parked ones.</summary>
    /// <param name="first">First sequence of the claim.</param>
    /// <param name="count">Number of slots of the claim.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long first, int count)
    {
        if (_rounds is null)
        {
            Invariant.Holds(first == _cursor.Value + 1 && first + count - 1 <= _claimed.Value);
            // Release: the slots' bytes are visible before the cursor that announces them.
            Volatile.Write(ref _cursor.Value, first + count - 1);
        }
        else
        {
            for (long sequence = first; sequence < first + count; sequence++)
            {
                // Release: the slot's bytes are visible before its round number, which is what announces it.
                Volatile.Write(ref _rounds[(int)sequence & _mask], (int)(sequence >> _shift));
            }
        }

        // A plain load after the store above may run ahead of it; Parker.Park orders the two with a process-wide barrier on its own, rare side.
        foreach (Parker parker in _parkers) parker.UnparkIfParked();
    }

    /// <summary>Lets the next claim be of <paramref name="sequence"/>, for tests of what happens after billions of events. Before the first claim only.</summary>
    internal void StartAt(long sequence)
    {
        _cursor.Value = sequence - 1;
        _claimed.Value = sequence - 1;
        _cachedGate.Value = sequence - 1;
        foreach (RingConsumer<T> consumer in _gating) consumer.StartAt(sequence);
        if (_rounds is null) return;
        // As if the last round had just been published: a slot's round is that of the highest sequence below the next which fell on it.
        for (long earlier = sequence - Capacity; earlier < sequence; earlier++) _rounds[(int)earlier & _mask] = (int)(earlier >> _shift);
    }

    /// <summary>The highest sequence from <paramref name="next"/> on up to which all slots are published; <paramref name="next"/> - 1 when none is.</summary>
    internal long HighestPublished(long next)
    {
        // Acquire: slots announced by the cursor are read after it.
        long cursor = Volatile.Read(ref _cursor.Value);
        if (_rounds is null) return cursor;
        for (long sequence = next; sequence <= cursor; sequence++)
        {
            // Acquire: pairs with the release in Publish; the slot is read after its round number.
            if (Volatile.Read(ref _rounds[(int)sequence & _mask]) != (int)(sequence >> _shift)) return sequence - 1;
        }

        return cursor;
    }

    /// <summary>The slots from <paramref name="first"/> on, <paramref name="count"/> of them or fewer where the ring wraps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<T> Slots(long first, long count)
    {
        int index = (int)first & _mask;
        return _slots.Slice(index, (int)Math.Min(count, Capacity - index));
    }

    private static void ThrowBadCount(int count) =>
        throw new ArgumentOutOfRangeException(nameof(count), count, "A claim is of 1 slot up to the ring's capacity.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryClaimSingle(int count, out long first)
    {
        first = _claimed.Value + 1;
        long last = _claimed.Value + count;
        if (last - Capacity > _cachedGate.Value && !RefreshGate(last - Capacity))
        {
            return false;
        }

        _claimed.Value = last;
        return true;
    }

    private bool TryClaimMulti(int count, out long first)
    {
        while (true)
        {
            long claimed = Volatile.Read(ref _cursor.Value);
            first = claimed + 1;
            long last = claimed + count;
            if (last - Capacity > Volatile.Read(ref _cachedGate.Value) && !RefreshGate(last - Capacity)) return false;
            // Full fence: no slot is written before the claim is ours.
            if (Interlocked.CompareExchange(ref _cursor.Value, last, claimed) == claimed) return true;
        }
    }

    /// <summary>Looks how far the slowest consumer is; true when it has passed <paramref name="wrapPoint"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool RefreshGate(long wrapPoint)
    {
        long slowest = long.MaxValue;
        // Acquire (in Position): a consumer's reads of a slot come before the position that frees it for writing.
        foreach (RingConsumer<T> consumer in _gating) slowest = Math.Min(slowest, consumer.Position);
        if (slowest == long.MaxValue) slowest = Cursor;
        Volatile.Write(ref _cachedGate.Value, slowest);
        return slowest >= wrapPoint;
    }
}
