using System.Runtime.CompilerServices;
using LowLatency.Core.Agents;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Rings;

/// <summary>
/// One reader of a <see cref="RingBuffer{T}"/>; it belongs to one thread, which polls, handles what it got, and advances: in a loop of its own, or as
/// a <see cref="HandlerAgent{T, THandler}"/>.
/// </summary>
/// <typeparam name="T">The ring's event.</typeparam>
public sealed class RingConsumer<T>
    where T : unmanaged
{
    /// <summary>Processor pauses, at most, before a look while events come faster than the consumer can look.</summary>
    public const int DefaultPacing = 128;

    // As much as stays in a core's first cache between the look at the stamps and the handling.
    private const int LookBytes = 16_384;

    private static readonly int LookLimit = Math.Max(1, LookBytes / Unsafe.SizeOf<T>());

    private readonly RingConsumer<T>[] _after;
    private readonly int _lookLimit = LookLimit;
    private readonly bool _usesStamps;

    // The last consumed sequence: written by this consumer, read by the producers and by consumers behind it.
    private PaddedLong _position;
    private long _cachedAvailable = -1;
    private PollPacer _pacer;

    // Whether the last look at the cursor found it exactly before the next event: then the stamp of that event tells of it soonest. While events come
    // fast they come in batches, whose extent the cursor tells, and the next line is left to the producer.
    private bool _waitsForStamp;
    private bool _hasLeft;

    internal RingConsumer(RingBuffer<T> ring, Parker? parker, RingConsumer<T>[] after)
    {
        Ring = ring;
        Parker = parker;
        // A copy: whoever called may change its array.
        _after = [.. after];
        _position.Value = -1;
        _pacer = new PollPacer(DefaultPacing, FullLook);
        _usesStamps = RingBuffer<T>.IsStamped && ring.Mode == ProducerMode.Single && after.Length == 0;
    }

    /// <summary>The ring that it reads.</summary>
    public RingBuffer<T> Ring { get; }

    /// <summary>The last sequence consumed, -1 before the first.</summary>
    public long Position => Volatile.Read(ref _position.Value);

    /// <summary>The first sequence of the next poll.</summary>
    public long Next => _position.Value + 1;

    /// <summary>Whether the ring is closed and this consumer has consumed everything that was claimed.</summary>
    public bool IsDrained => Ring.IsClosed && Position == Ring.LastClaimed();

    internal Parker? Parker { get; }

    // What a look can find at most bounds what it should find: a quarter of the ring, and where each slot is looked at, what one look covers.
    private int FullLook => Math.Clamp(Ring.Mode == ProducerMode.Multi && _after.Length == 0 ? Math.Min(Ring.Capacity / 4, _lookLimit) : Ring.Capacity / 4, 1, PollPacer.MostFullLook);

    internal bool HasLeft => _hasLeft;

    internal int PacerPauses => _pacer.Pauses;

    internal ReadOnlySpan<RingConsumer<T>> After => _after;

    /// <summary>Threads that wait for this consumer to advance.</summary>
    internal Parker[] Wakes { get; set; } = [];

    /// <summary>Sets how long it may wait before a look while events come faster than it can look; see <see cref="DefaultPacing"/>. Before the first poll.</summary>
    /// <param name="pauses">Processor pauses, some 10 to 40 ns each, from 0 (never wait, and trade the producer's cache line event by event) to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pauses"/> is out of range.</exception>
    public RingConsumer<T> WithPacing(int pauses)
    {
        if (pauses is < 0 or > 10_000) throw new ArgumentOutOfRangeException(nameof(pauses), pauses, "Pacing is from 0 to 10000 pauses.");
        _pacer = new PollPacer(pauses, FullLook);
        return this;
    }

    /// <summary>The published events from <see cref="Next"/> on, in place: at most <paramref name="limit"/>, fewer where the ring wraps, none when there is none.</summary>
    /// <remarks>What the span shows stays as it is until <see cref="Advance"/>.</remarks>
    /// <param name="limit">At least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is negative and there are events.</exception>
    /// <exception cref="InvalidOperationException">It has left the ring.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Poll(int limit)
    {
        long next = _position.Value + 1;
        if (_cachedAvailable < next && !Look(next)) return default;
        return Ring.Slots(next, Math.Min(limit, _cachedAvailable - next + 1));
    }

    /// <summary>Frees the first <paramref name="count"/> events of the last poll: for the consumers behind this one, and in the end for writing.</summary>
    /// <param name="count">At least 0, and at most the length of the polled span.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Invariant.Holds(_position.Value + count <= _cachedAvailable);
        // Release: our reads of the slots come before the position that lets a producer overwrite them.
        Volatile.Write(ref _position.Value, _position.Value + count);
        // For those behind us an event exists only now. As in RingBuffer.Publish, Parker.Park orders this load with the store above.
        foreach (Parker parker in Wakes) parker.UnparkIfParked();
    }

    /// <summary>Whether a poll would return events now.</summary>
    public bool HasEvents()
    {
        if (_hasLeft) return false;
        if (_cachedAvailable > _position.Value || Available(_position.Value + 1, RingLook.Cursor) > _position.Value) return true;
        // A look like any other: a thread that parks after its first empty poll is not one that is kept busy.
        _pacer.Looked(0);
        return false;
    }

    /// <summary>Whether the first <paramref name="count"/> events of the last poll reach up to the last one that it knew to be published.</summary>
    /// <param name="count">Number of events.</param>
    public bool IsEndOfBatch(int count) => _position.Value + count >= _cachedAvailable;

    /// <summary>
    /// Leaves the ring: producers no longer wait for this consumer, and it sees nothing more. On the consumer's thread, or after that has ended. May be
    /// called more than once.
    /// </summary>
    /// <exception cref="InvalidOperationException">Other consumers come after this one; they leave first.</exception>
    public void Leave()
    {
        Ring.Leave(this);
        _hasLeft = true;
        // What was polled may be overwritten from now on: the next poll takes the slow way, which says so.
        _cachedAvailable = _position.Value;
    }

    internal void StartAt(long sequence)
    {
        _cachedAvailable = sequence - 1;
        Volatile.Write(ref _position.Value, sequence - 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Look(long next)
    {
        if (_hasLeft) throw new InvalidOperationException("The consumer has left its ring and cannot poll it; Join gives a new one.");
        _pacer.Wait();
        if (_waitsForStamp)
        {
            _cachedAvailable = Available(next, RingLook.Stamp);
            // The stamp tells of one event, which is handed over at once. Whether there are more is for the next look.
            _waitsForStamp = _cachedAvailable < next;
            if (_waitsForStamp) _pacer.Looked(0);
        }
        else
        {
            _cachedAvailable = Available(next, RingLook.Cursor);
            _pacer.Looked(_cachedAvailable - next + 1);
            // Exactly before: then the next event begins a publication, and has a stamp. Further behind, we have handed over by its stamp an event whose
            // publication's cursor is still on its way.
            _waitsForStamp = _usesStamps && _cachedAvailable == next - 1;
        }

        return _cachedAvailable >= next;
    }

    private long Available(long next, RingLook look)
    {
        if (_after.Length == 0) return Ring.HighestPublished(next, _lookLimit, look);
        long slowest = long.MaxValue;
        // Acquire (in Position): what the consumers before us wrote elsewhere about these events is visible to us.
        foreach (RingConsumer<T> first in _after) slowest = Math.Min(slowest, first.Position);
        return slowest;
    }
}
