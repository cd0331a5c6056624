using System.Runtime.CompilerServices;
using LowLatency.Core.Agents;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Rings;

/// <content>Who takes part: consumers that are added, join and leave, producers that wait for room, and the end.</content>
public sealed partial class RingBuffer<T>
{
    // Sums of a sequence up to here and any count do not overflow. At a thousand million events a second it is reached after 292 years.
    private const long LastSequence = long.MaxValue - int.MaxValue;

    // Bits of _claimChecks.
    private const int Closed = 1;
    private const int OneThread = 2;

    private readonly Lock _membership = new();

    // The arrays are replaced, never changed: whoever has read one goes through it undisturbed.
    private RingConsumer<T>[] _consumers = [];
    private Parker[] _consumerParkers = [];
    private Parker[] _producerParkers = [];

    // What a claim has to look at besides the room; 0 for a ring in good order whose producer is trusted.
    private int _claimChecks = IsDebug ? OneThread : 0;

    // Up to which sequence everything is published, while there is no consumer whose position says so: no claim may lap one that is still being
    // written. Looked after by those who run out of room; it only grows.
    private PaddedLong _unwatched = new() { Value = -1 };

    // The thread that claims, where that is looked at; 0 before the first claim.
    private int _producer;

    /// <summary>
    /// Whether every claim on a ring for one producer looks whether it comes from the same thread as the last; true in debug builds. A producer that
    /// moves to another thread in an orderly way calls <see cref="HandOverProducer"/> before.
    /// </summary>
    public bool DetectsSecondProducer
    {
        get => (_claimChecks & OneThread) != 0;
        init => _claimChecks = value ? OneThread : 0;
    }

    /// <summary>Whether no more can be claimed. What was claimed before may still be published, and what is published can still be consumed.</summary>
    public bool IsClosed => (Volatile.Read(ref _claimChecks) & Closed) != 0;

    /// <summary>The consumers that gate the producers now.</summary>
    public IReadOnlyList<RingConsumer<T>> Consumers => Volatile.Read(ref _consumers);

    /// <summary>
    /// Called between a producer's look at the list of consumers and the look at their positions, and before a joiner takes its place: for tests of what
    /// may happen there. Null otherwise.
    /// </summary>
    internal Action? LookedAtConsumers { get; set; }

    private static bool IsDebug =>
#if DEBUG
        true;
#else
        false;
#endif

    /// <summary>Adds a consumer that sees every event, and no event before all of <paramref name="after"/> have consumed it.</summary>
    /// <param name="parker">Is woken when events have come up to this consumer while it is parked; null for consumers that never park.</param>
    /// <param name="after">Consumers of this ring that come first.</param>
    /// <exception cref="InvalidOperationException">A slot has been claimed already: <see cref="Join"/> is for that.</exception>
    /// <exception cref="ArgumentException">One of <paramref name="after"/> belongs to another ring, or has left.</exception>
    public RingConsumer<T> AddConsumer(Parker? parker = null, params RingConsumer<T>[] after)
    {
        lock (_membership)
        {
            if (LastClaimed() >= 0) throw new InvalidOperationException("Consumers are added before the first claim; one that comes later, and sees only what comes after it, may Join.");
            return Add(parker, after, -1);
        }
    }

    /// <summary>
    /// Adds a consumer while the ring is in use: it sees every event from the first on that was not published at the time of the call, thus all that
    /// are claimed after it, and no event before all of <paramref name="after"/> have consumed it. From any thread.
    /// </summary>
    /// <param name="parker">As for <see cref="AddConsumer"/>.</param>
    /// <param name="after">As for <see cref="AddConsumer"/>.</param>
    /// <exception cref="ArgumentException">One of <paramref name="after"/> belongs to another ring, or has left.</exception>
    public RingConsumer<T> Join(Parker? parker = null, params RingConsumer<T>[] after)
    {
        RingConsumer<T> consumer;
        lock (_membership)
        {
            RingConsumer<T>[] before = _consumers;
            // It gates from a place that is surely not ahead, until the second look says from where exactly.
            consumer = Add(parker, after, SlowestOf(before));
            // Orders our place in the list before the look at the positions. A producer that does not find us in the list after it has read the positions
            // (Slowest reads the list twice) has read positions that were there before us, so none beyond those that we see now: what it may overwrite
            // lies behind us.
            Interlocked.MemoryBarrier();
            // Not behind everything claimed: a claim that is still being written must be waited for by somebody, or the next round would lap it.
            long published = HighestPublished(SlowestOf(before) + 1, Capacity, RingLook.Cursor);
            LookedAtConsumers?.Invoke();
            consumer.StartAt(published + 1);
        }

        // One that found us in the list before we knew our place may have gone to sleep for the room that there is now.
        foreach (Parker producer in Volatile.Read(ref _producerParkers)) producer.UnparkIfParked();
        return consumer;
    }

    /// <summary>Has a producer's thread woken when consumers make room while it is parked. Before it parks for the first time.</summary>
    /// <param name="parker">Where the thread sleeps; its agent's <see cref="Agent.HasWork"/> asks <see cref="HasRoom"/>.</param>
    public void AddProducer(Parker parker)
    {
        ArgumentNullException.ThrowIfNull(parker);
        lock (_membership)
        {
            if (!_producerParkers.Contains(parker)) _producerParkers = [.. _producerParkers, parker];
            Rewire();
        }
    }

    /// <summary>Whether a claim of <paramref name="count"/> would succeed now; also true when the ring is closed, so that whoever waits learns of it.</summary>
    /// <param name="count">Number of slots.</param>
    public bool HasRoom(int count) => IsClosed || LastClaimed() + count <= HighestClaimable();

    /// <summary>Lets the next claim come from another thread; called by the one that has claimed until now, or after it has ended.</summary>
    public void HandOverProducer() => Volatile.Write(ref _producer, 0);

    /// <summary>
    /// Ends the claims: every later one returns false, and whoever is parked on the ring is woken. A claim that runs on another thread at this moment may
    /// still succeed. May be called more than once, from any thread.
    /// </summary>
    public void Close()
    {
        Interlocked.Or(ref _claimChecks, Closed);
        foreach (Parker parker in Volatile.Read(ref _producerParkers)) parker.Unpark();
        foreach (RingConsumer<T> consumer in Volatile.Read(ref _consumers)) consumer.Parker?.Unpark();
    }

    internal void Leave(RingConsumer<T> leaver)
    {
        lock (_membership)
        {
            if (!_consumers.Contains(leaver)) return;
            if (Array.Find(_consumers, c => c.After.Contains(leaver)) is not null)
                throw new InvalidOperationException("Other consumers come after this one and would wait for it for ever: they leave first.");
            // Before the list, so that whoever finds nobody there knows from where on to look itself.
            if (_consumers.Length == 1) RaiseUnwatched(leaver.Position);
            Volatile.Write(ref _consumers, [.. _consumers.Where(c => c != leaver)]);
            Rewire();
        }

        // The room that it held is free now.
        foreach (Parker parker in Volatile.Read(ref _producerParkers)) parker.UnparkIfParked();
    }

    internal long LastClaimed() => Volatile.Read(ref Mode == ProducerMode.Single ? ref _claimed.Value : ref _cursor.Value);

    private static void ThrowBadCount(int count, int capacity) =>
        throw new ArgumentOutOfRangeException(nameof(count), count, $"A claim is of 1 slot up to the ring's capacity, {capacity}.");

    private RingConsumer<T> Add(Parker? parker, RingConsumer<T>[] after, long position)
    {
        ArgumentNullException.ThrowIfNull(after);
        foreach (RingConsumer<T> first in after)
        {
            ArgumentNullException.ThrowIfNull(first, nameof(after));
            if (first.Ring != this) throw new ArgumentException("A consumer can only follow consumers of the same ring.", nameof(after));
            if (!_consumers.Contains(first)) throw new ArgumentException("A consumer cannot follow one that has left the ring.", nameof(after));
        }

        var consumer = new RingConsumer<T>(this, parker, after);
        consumer.StartAt(position + 1);
        Volatile.Write(ref _consumers, [.. _consumers, consumer]);
        Rewire();
        return consumer;
    }

    /// <summary>
    /// Works out anew who wakes whom: a producer those who come first, a consumer those behind it and the producers. Without a consumer the producers wait
    /// for each other.
    /// </summary>
    private void Rewire()
    {
        Volatile.Write(ref _consumerParkers, _consumers.Length == 0 ? _producerParkers : ParkersOf(_consumers.Where(c => c.After.IsEmpty)));
        foreach (RingConsumer<T> consumer in _consumers)
            consumer.Wakes = [.. ParkersOf(_consumers.Where(c => c.After.Contains(consumer))).Concat(_producerParkers).Distinct()];
    }

    private static Parker[] ParkersOf(IEnumerable<RingConsumer<T>> consumers) => [.. consumers.Select(c => c.Parker).OfType<Parker>().Distinct()];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryClaimSlowly(int count, out long first)
    {
        if ((uint)(count - 1) >= (uint)Capacity) ThrowBadCount(count, Capacity);
        first = _claimed.Value + 1;
        long last = _claimed.Value + count;
        int checks = Volatile.Read(ref _claimChecks);
        if ((checks & OneThread) != 0) CheckProducer();
        if ((checks & Closed) != 0) return false;
        if (last > _limit.Value && last > RefreshLimit()) return false;
        _claimed.Value = last;
        return true;
    }

    private void CheckProducer()
    {
        int thread = Environment.CurrentManagedThreadId;
        int producer = Volatile.Read(ref _producer);
        if (producer == 0) producer = Interlocked.CompareExchange(ref _producer, thread, 0);
        if (producer == 0 || producer == thread) return;
        throw new InvalidOperationException(
            $"Thread {thread} claims on a ring made for a single producer, which was thread {producer} until now. Make the ring with ProducerMode.Multi, or call HandOverProducer when the producer moves.");
    }

    /// <summary>Looks how far the slowest consumer is, and gives the highest sequence that may be claimed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private long RefreshLimit()
    {
        // Orders our claims before the look at the list: a consumer that we do not find there begins behind them (Join).
        Interlocked.MemoryBarrier();
        long limit = HighestClaimable();
        Volatile.Write(ref _limit.Value, limit);
        return limit;
    }

    private long HighestClaimable() => Math.Min(Slowest(), LastSequence - Capacity) + Capacity;

    private long Slowest()
    {
        while (true)
        {
            RingConsumer<T>[] consumers = Volatile.Read(ref _consumers);
            LookedAtConsumers?.Invoke();
            long slowest = SlowestOf(consumers);
            if (consumers == Volatile.Read(ref _consumers)) return slowest;
        }
    }

    private long SlowestOf(RingConsumer<T>[] consumers)
    {
        if (consumers.Length == 0) return LookAtUnwatched();
        long slowest = long.MaxValue;
        // Acquire (in Position): a consumer's reads of a slot come before the position that frees it for writing.
        foreach (RingConsumer<T> consumer in consumers) slowest = Math.Min(slowest, consumer.Position);
        return slowest;
    }

    private void RaiseUnwatched(long position)
    {
        while (true)
        {
            // One that saw an empty list before this consumer joined may still be at work on it, and be ahead of us.
            long before = Volatile.Read(ref _unwatched.Value);
            if (before >= position || Interlocked.CompareExchange(ref _unwatched.Value, position, before) == before) return;
        }
    }

    private long LookAtUnwatched()
    {
        while (true)
        {
            long before = Volatile.Read(ref _unwatched.Value);
            long now = HighestPublished(before + 1, Capacity, RingLook.Cursor);
            // Where another was quicker the slots that we looked at may be of a later round already, and what we found tells nothing.
            if (Interlocked.CompareExchange(ref _unwatched.Value, now, before) == before) return now;
        }
    }
}
