using System.Numerics;
using System.Runtime.CompilerServices;
using LowLatency.Core.Agents;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Rings;

/// <summary>
/// A bounded ring of unmanaged events between threads, after the LMAX Disruptor: producers claim sequences, write the slots in place and publish
/// them; every consumer sees every event, in the order of the sequences, and the slowest one gates the producers. Sequences start at 0
/// and end at 2^63 - 2^31, after centuries: claims beyond that return false, as on a full ring.
/// </summary>
/// <remarks>
/// <para>
/// Nothing here blocks: a claim that does not fit returns false, a poll without events returns an empty span, and the caller's idle strategy
/// decides how to wait. Consumers are added before the first claim; later ones join behind what is claimed (<see cref="Join"/>), and any may leave.
/// </para>
/// <para>
/// How consumers learn of an event depends on producers and <typeparamref name="T"/>. One producer moves a cursor, several write a round number for
/// each slot. An <see cref="IStampedEvent"/> carries the news in its own cache line besides, which is the fastest way between two cores.
/// </para>
/// </remarks>
/// <typeparam name="T">The event. Sizes that are multiples of 64 bytes never straddle a cache line.</typeparam>
public sealed partial class RingBuffer<T>
    where T : unmanaged
{
    private const int MaxCapacity = 1 << 28;

    private readonly AlignedMemory<T> _slots;
    private readonly AlignedMemory<int> _rounds;
    private readonly int _mask;
    private readonly int _shift;

    // Added to a sequence it makes the stamp of this ring: what a slot holds by chance, or was copied from another ring, is not what a consumer waits for.
    private readonly long _salt;

    // Single: the last published sequence. Multi: the last claimed one.
    private PaddedLong _cursor;

    // Single: the last claimed sequence; the producer's own.
    private PaddedLong _claimed;

    // The highest sequence that may be claimed, as of the last look at the consumers. Written by the producer only (single), or by whichever producer
    // looked last (multi; any value it takes was once true).
    private PaddedLong _limit;

    /// <summary>Makes a ring.</summary>
    /// <param name="capacity">Number of slots, a power of two from 2 to 2^28.</param>
    /// <param name="mode">How many threads will produce.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is not such a number, or <paramref name="mode"/> none of its kind.</exception>
    /// <exception cref="NotSupportedException">The event is stamped and its size is no multiple of 64 bytes.</exception>
    public RingBuffer(int capacity, ProducerMode mode)
    {
        if (capacity is < 2 or > MaxCapacity || !BitOperations.IsPow2(capacity))
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, $"A ring's capacity is a power of two from 2 to {MaxCapacity}.");
        if (!Enum.IsDefined(mode)) throw new ArgumentOutOfRangeException(nameof(mode), mode, "A ring has a single producer or multi producers.");
        if (IsStamped && Unsafe.SizeOf<T>() % AlignedMemory<T>.LineBytes != 0)
            throw new NotSupportedException($"{typeof(T).Name} has {Unsafe.SizeOf<T>()} bytes; a stamped event's size is a multiple of {AlignedMemory<T>.LineBytes}.");
        Capacity = capacity;
        Mode = mode;
        _mask = capacity - 1;
        _shift = BitOperations.TrailingZeroCount(capacity);
        _salt = RingSalt.Next();
        _slots = new AlignedMemory<T>(capacity);
        _cursor.Value = -1;
        _claimed.Value = -1;
        // The first claim has to look at the consumers.
        _limit.Value = -1;
        if (mode == ProducerMode.Multi && !IsStamped)
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

    /// <summary>Whether the events carry their own stamp; a constant for the compiler.</summary>
    internal static bool IsStamped
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => default(T) is IStampedEvent;
    }

    /// <summary>The slot of <paramref name="sequence"/>. Only its claimant may write it, and only before publishing.</summary>
    public ref T this[long sequence]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _slots[(int)sequence & _mask];
    }

    /// <summary>Claims <paramref name="count"/> consecutive slots. What is claimed must be published.</summary>
    /// <param name="count">Number of slots, from 1 to the capacity.</param>
    /// <param name="first">The first claimed sequence.</param>
    /// <returns>False when the consumers have not yet left that much room, or the ring is closed; nothing is claimed then.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or above the capacity.</exception>
    /// <exception cref="InvalidOperationException">A second thread claims on a ring for one producer, where that is looked for (<see cref="DetectsSecondProducer"/>).</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryClaim(int count, out long first)
    {
        if (Mode == ProducerMode.Multi) return TryClaimMulti(count, out first);
        first = _claimed.Value + 1;
        long last = _claimed.Value + count;
        // More than the capacity never fits under the limit, so that the slow way is the one to complain.
        if (count < 1 || last > _limit.Value || _claimChecks != 0) return TryClaimSlowly(count, out first);
        _claimed.Value = last;
        return true;
    }

    /// <summary>Makes claimed slots visible to the consumers and wakes the parked ones.</summary>
    /// <param name="first">First sequence of the claim.</param>
    /// <param name="count">Number of slots of the claim.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long first, int count)
    {
        if (Mode == ProducerMode.Single)
        {
            Invariant.Holds(count > 0 && first == _cursor.Value + 1 && first + count - 1 <= _claimed.Value);
            // Release: the slots' bytes are visible before the stamp, and before the cursor, that announce them. Whoever waits for the first of these
            // slots learns of it in the line that it wants to read; how many there are, and everything when there is no stamp, the cursor tells.
            if (IsStamped && count > 0) Volatile.Write(ref Stamp(first), first + _salt);
            Volatile.Write(ref _cursor.Value, first + count - 1);
        }
        else
        {
            for (long sequence = first; sequence < first + count; sequence++)
            {
                // Release: the slot's bytes are visible before its stamp or round number, which is what announces it.
                if (IsStamped) Volatile.Write(ref Stamp(sequence), sequence + _salt);
                else Volatile.Write(ref _rounds[(int)sequence & _mask], (int)(sequence >> _shift));
            }
        }

        // A plain load after the store above may run ahead of it; Parker.Park orders the two with a process-wide barrier on its own, rare side.
        foreach (Parker parker in _consumerParkers) parker.UnparkIfParked();
    }

    /// <summary>Lets the next claim be of <paramref name="sequence"/>, for tests of what happens after billions of events. Before the first claim only.</summary>
    internal void StartAt(long sequence)
    {
        _cursor.Value = sequence - 1;
        _claimed.Value = sequence - 1;
        _limit.Value = sequence - 1;
        _unwatched.Value = sequence - 1;
        foreach (RingConsumer<T> consumer in _consumers) consumer.StartAt(sequence);
        if (Mode == ProducerMode.Single || IsStamped) return;
        // As if the last round had just been published: a slot's round is that of the highest sequence below the next which fell on it.
        for (long earlier = sequence - Capacity; earlier < sequence; earlier++) _rounds[(int)earlier & _mask] = (int)(earlier >> _shift);
    }

    /// <summary>The highest sequence from <paramref name="next"/> on up to which all slots are published; <paramref name="next"/> - 1 when none is.</summary>
    /// <param name="next">The first sequence to look at.</param>
    /// <param name="limit">How many slots to look at, where each has to be looked at.</param>
    /// <param name="look">Where to look on a ring of one producer with stamped events.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal long HighestPublished(long next, int limit, RingLook look)
    {
        if (Mode == ProducerMode.Multi) return HighestOfMany(next, limit);
        // Acquire, both: slots announced by stamp or cursor are read after it.
        if (IsStamped && look == RingLook.Stamp)
        {
            return Volatile.Read(ref Stamp(next)) == next + _salt ? next : next - 1;
        }

        return Volatile.Read(ref _cursor.Value);
    }

    /// <summary>The slots from <paramref name="first"/> on, <paramref name="count"/> of them or fewer where the ring wraps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<T> Slots(long first, long count)
    {
        int index = (int)first & _mask;
        return _slots.Slice(index, (int)Math.Min(count, Capacity - index));
    }

    private long HighestOfMany(long next, int limit)
    {
        long sequence = next;
        if (IsStamped)
        {
            long end = next + limit;
            // Acquire: pairs with the release in Publish; the event is read after its stamp.
            while (sequence < end && Volatile.Read(ref Stamp(sequence)) == sequence + _salt) sequence++;
            return sequence - 1;
        }

        long last = Math.Min(Volatile.Read(ref _cursor.Value), next + limit - 1);
        // Acquire: as above, with the slot's round number.
        while (sequence <= last && Volatile.Read(ref _rounds[(int)sequence & _mask]) == (int)(sequence >> _shift)) sequence++;
        return sequence - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref long Stamp(long sequence)
    {
        // Safe: a stamped event has a multiple of 64 bytes, so its last eight lie inside the slot and are aligned.
        return ref Unsafe.As<byte, long>(ref Unsafe.AddByteOffset(ref Unsafe.As<T, byte>(ref this[sequence]), (nuint)(Unsafe.SizeOf<T>() - sizeof(long))));
    }

    private bool TryClaimMulti(int count, out long first)
    {
        if ((uint)(count - 1) >= (uint)Capacity) ThrowBadCount(count, Capacity);
        while (true)
        {
            long claimed = Volatile.Read(ref _cursor.Value);
            first = claimed + 1;
            long last = claimed + count;
            if ((_claimChecks & Closed) != 0) return false;
            if (last > Volatile.Read(ref _limit.Value) && last > RefreshLimit()) return false;
            // Full fence: no slot is written before the claim is ours.
            if (Interlocked.CompareExchange(ref _cursor.Value, last, claimed) == claimed) return true;
        }
    }
}
