using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using LowLatency.Core.Agents;

namespace LowLatency.Core.Rings;

/// <summary>The duty cycle of a handler: takes what is published on its consumers, hands it over in batches, and frees it.</summary>
/// <typeparam name="T">The event.</typeparam>
/// <typeparam name="THandler">What handles the events.</typeparam>
public sealed class HandlerAgent<T, THandler> : Agent
    where T : unmanaged
    where THandler : struct, IBatchHandler<T>
{
    private readonly RingConsumer<T>[] _lanes;
    private readonly int _limit;
    private readonly HandlerFailurePolicy _policy;
    private THandler _handler;

    // The lane that is polled or whose batch is with the handler, for the rare case that one of them throws.
    private int _lane;
    private long _failures;
    private long _skipped;

    /// <summary>Makes the duty cycle.</summary>
    /// <param name="name">What threads, counters and messages call it.</param>
    /// <param name="handler">What handles the events.</param>
    /// <param name="policy">What happens when it throws.</param>
    /// <param name="batchLimit">The most events of one batch, at least 1.</param>
    /// <param name="lanes">
    /// The consumers, each taken from in turn. One is the usual case; one a producer, each on a ring of its own, spares producers a common counter: the
    /// events of a lane stay in their order, and the lanes' order among each other is that of arrival here.
    /// </param>
    /// <exception cref="ArgumentException">There is no consumer.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchLimit"/> is less than 1, or <paramref name="policy"/> none of its kind.</exception>
    public HandlerAgent(string name, THandler handler, HandlerFailurePolicy policy, int batchLimit, params RingConsumer<T>[] lanes)
    {
        ArgumentNullException.ThrowIfNull(lanes);
        foreach (RingConsumer<T> lane in lanes) ArgumentNullException.ThrowIfNull(lane, nameof(lanes));
        if (!Enum.IsDefined(policy)) throw new ArgumentOutOfRangeException(nameof(policy), policy, "A failing handler is told to stop or to skip.");
        if (lanes.Length == 0) throw new ArgumentException("A handler needs at least one consumer to take events from.", nameof(lanes));
        ArgumentOutOfRangeException.ThrowIfLessThan(batchLimit, 1);
        Name = name;
        _handler = handler;
        _policy = policy;
        _limit = batchLimit;
        // A copy: whoever called may change its array.
        _lanes = [.. lanes];
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>The handler, with the state that it has now. It belongs to the agent's thread while that runs.</summary>
    public ref THandler Handler => ref _handler;

    /// <summary>How often the handler threw.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Events that were passed over because the handler threw.</summary>
    public long SkippedEvents => Volatile.Read(ref _skipped);

    /// <summary>Called on the agent's thread with what a handler threw, the first sequence passed over, and how many; for <see cref="HandlerFailurePolicy.Skip"/> only.</summary>
    public Action<Exception, long, int>? OnSkip { get; init; }

    /// <summary>Whether the consumers leave their rings when the agent closes, so that producers no longer wait for them.</summary>
    public bool LeavesOnClose { get; init; }

    /// <inheritdoc/>
    public override int DoWork()
    {
        int from = 0;
        int passed = 0;
        while (true)
        {
            // The try is around a call: a loop inside one would keep its variables in memory.
            try
            {
                return passed + Handle(from);
            }
            catch (Exception thrown)
            {
                int freed = PassOver(thrown);
                if (freed < 0) throw;
                // On to the next lane: one whose every batch fails must not keep the others waiting.
                passed += freed;
                from = _lane + 1;
            }
        }
    }

    /// <inheritdoc/>
    public override bool HasWork()
    {
        foreach (RingConsumer<T> lane in _lanes)
        {
            if (lane.HasEvents()) return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override void OnClose()
    {
        if (!LeavesOnClose) return;
        InvalidOperationException? refused = null;
        foreach (RingConsumer<T> lane in _lanes)
        {
            try
            {
                lane.Leave();
            }
            catch (InvalidOperationException thrown)
            {
                // It is followed by others. The lanes after it leave all the same.
                refused ??= thrown;
            }
        }

        if (refused is not null) ExceptionDispatchInfo.Throw(refused);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Handle(int from)
    {
        int work = 0;
        for (int i = from; i < _lanes.Length; i++)
        {
            RingConsumer<T> lane = _lanes[i];
            _lane = i;
            ReadOnlySpan<T> events = lane.Poll(_limit);
            if (events.IsEmpty) continue;
            _handler.OnBatch(events, new BatchMark(lane.Next, i, lane.IsEndOfBatch(events.Length)));
            lane.Advance(events.Length);
            work += events.Length;
        }

        return work;
    }

    /// <summary>Frees what was handled before the failure and, if so told, what failed; -1 when the failure ends the agent.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int PassOver(Exception thrown)
    {
        RingConsumer<T> lane = _lanes[_lane];
        // Not the handler's failure: somebody took the consumer away from under the agent, and there is nothing to pass over.
        if (lane.HasLeft) return -1;
        _failures++;
        // The events of the batch that threw are still there, and a poll shows the same ones again.
        int batch = lane.Poll(_limit).Length;
        // Whatever a handler says, no more is freed than it was given.
        int handled = _handler is ICountsHandled ? Math.Clamp(((ICountsHandled)_handler).Handled, 0, batch) : 0;
        lane.Advance(handled);
        if (_policy == HandlerFailurePolicy.Stop) return -1;
        long first = lane.Next;
        int failed = _handler is ICountsHandled ? Math.Min(1, batch - handled) : batch;
        lane.Advance(failed);
        _skipped += failed;
        OnSkip?.Invoke(thrown, first, failed);
        return handled + failed;
    }
}
