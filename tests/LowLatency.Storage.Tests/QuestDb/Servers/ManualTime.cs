namespace LowLatency.Storage.Tests.QuestDb.Servers;

/// <summary>Time that stands still until it is moved. Timers that a test chooses move it by themselves, to when they are due: an hour of waiting is over at once.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private readonly List<(Func<TimeSpan, bool> Wanted, TaskCompletionSource Seen)> _watchers = [];
    private DateTimeOffset _now = new(2026, 9, 11, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Which timers move time to when they are due.</summary>
    public Func<TimeSpan, bool> MovesBy { get; set; } = _ => false;

    /// <summary>The waits of the timers that moved it, in order.</summary>
    public List<TimeSpan> Moves { get; } = [];

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Ends when a timer with such a wait is set, now or later.</summary>
    public Task WhenSet(Func<TimeSpan, bool> wanted)
    {
        lock (_lock)
        {
            if (_timers.Any(t => wanted(t.Wait))) return Task.CompletedTask;
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((wanted, seen));
            return seen.Task;
        }
    }

    public void Advance(TimeSpan by)
    {
        Timer[] due;
        lock (_lock)
        {
            _now += by;
            due = [.. _timers.Where(t => t.DueAt <= _now)];
            foreach (Timer timer in due) _timers.Remove(timer);
        }

        foreach (Timer timer in due) timer.Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Set(Timer timer, TimeSpan wait)
    {
        bool moves;
        lock (_lock)
        {
            _timers.Remove(timer);
            if (wait < TimeSpan.Zero) return;
            timer.Wait = wait;
            timer.DueAt = _now + wait;
            _timers.Add(timer);
            moves = MovesBy(wait);
            if (moves) Moves.Add(wait);
            foreach ((Func<TimeSpan, bool> wanted, TaskCompletionSource seen) in _watchers)
            {
                if (wanted(wait)) seen.TrySetResult();
            }
        }

        if (moves) ThreadPool.QueueUserWorkItem(_ => Advance(wait));
        else if (wait == TimeSpan.Zero) ThreadPool.QueueUserWorkItem(_ => Advance(TimeSpan.Zero));
    }

    private sealed class Timer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Wait { get; set; }

        public DateTimeOffset DueAt { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Set(this, dueTime);
            return true;
        }

        public void Dispose()
        {
            lock (time._lock) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
