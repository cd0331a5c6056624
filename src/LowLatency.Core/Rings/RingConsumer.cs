using System.Runtime.CompilerServices;
using LowLatency.Core.Agents;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Rings;

/// <summary>One reader of a <see cref="RingBuffer{T}"/>; it belongs to one thread, which polls, handles what it got, and advances.</summary>
/// <typeparam name="T">The ring's event.</typeparam>
public sealed class RingConsumer<T>
    where T : unmanaged
{
    private readonly RingConsumer<T>[] _after;

    // Threads of the consumers that come directly behind this one.
    private Parker[] _parkersBehind = [];

    // The last consumed sequence: written by this consumer, read by the producers and by consumers behind it.
    private PaddedLong _position;
    private long _cachedAvailable = -1;

    internal RingConsumer(RingBuffer<T> ring, RingConsumer<T>[] after)
    {
        Ring = ring;
        // A copy: whoever called may change its array.
        _after = [.. after];
        _position.Value = -1;
    }

    /// <summary>The ring that it reads.</summary>
    public RingBuffer<T> Ring { get; }

    /// <summary>The last sequence consumed, -1 before the first.</summary>
    public long Position => Volatile.Read(ref _position.Value);

    /// <summary>The first sequence of the next poll.</summary>
    public long Next => _position.Value + 1;

    /// <summary>The published events from <see cref="Next"/> on, in place: at most <paramref name="limit"/>, fewer where the ring wraps, none when there is none.</summary>
    /// <remarks>What the span shows stays as it is until <see cref="Advance"/>.</remarks>
    /// <param name="limit">At least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is negative and there are events.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Poll(int limit)
    {
        long next = _position.Value + 1;
        if (_cachedAvailable < next)
        {
            _cachedAvailable = Available(next);
            if (_cachedAvailable < next) return default;
        }

        return Ring.Slots(next, Math.Min(limit, _cachedAvailable - next + 1));
    }

    /// <summary>Frees the first <paramref name="count"/> events of the last poll: for the consumers behind this one, and in the end for writing.</summary>
    /// <param name="count">At least 0, and at most the length of the polled span.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int count)
    {
        Invariant.Holds(count >= 0 && _position.Value + count <= _cachedAvailable);
        // Release: our reads of the slots come before the position that lets a producer overwrite them.
        Volatile.Write(ref _position.Value, _position.Value + count);
        // For those behind us an event exists only now. As in RingBuffer.Publish, Parker.Park orders this load with the store above.
        foreach (Parker parker in _parkersBehind) parker.UnparkIfParked();
    }

    /// <summary>Whether a poll would return events now.</summary>
    public bool HasEvents() => _cachedAvailable > _position.Value || Available(_position.Value + 1) > _position.Value;

    internal void StartAt(long sequence)
    {
        _position.Value = sequence - 1;
        _cachedAvailable = sequence - 1;
    }

    internal void WakeBehind(Parker parker)
    {
        if (!_parkersBehind.Contains(parker)) _parkersBehind = [.. _parkersBehind, parker];
    }

    private long Available(long next)
    {
        if (_after.Length == 0) return Ring.HighestPublished(next);
        long slowest = long.MaxValue;
        // Acquire (in Position): what the consumers before us wrote elsewhere about these events is visible to us.
        foreach (RingConsumer<T> first in _after) slowest = Math.Min(slowest, first.Position);
        return slowest;
    }
}
