using LowLatency.Core.Histograms;
using LowLatency.Core.Memory;

namespace LowLatency.Benchmarks.Lab;

/// <summary>One thread sleeps, another looks at the clock and wakes it, the first looks at the clock.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="role">What it is in the experiment.</param>
public abstract class WakeContender(string name, Role role) : Contender(name, role)
{
    // How long the waker waits, once the sleeper has said that it goes to sleep, in nanoseconds: it sleeps by then.
    private const long FallAsleepNs = 150_000;

    private PaddedLong _goingToSleep;
    private PaddedLong _stampNs;

    /// <inheritdoc/>
    public sealed override RunOutcome Run(Load load)
    {
        _goingToSleep.Value = 0;
        _stampNs.Value = 0;
        var latency = new LatencyHistogram(1, 10_000_000_000, 3);
        long wrong = 0;
        CrewOutcome crew = Crew.Run(TimeSpan.FromSeconds(load.Seconds), () => WakeAll(load.Events), () => wrong = SleepAll(load.Events, latency));
        if (wrong != 0) throw new LabException($"{Name} woke {wrong} times of {load.Events} without having been told to.");
        return RunOutcome.Of(crew, load.Events, latency);
    }

    /// <summary>Sleeps until <see cref="Wake"/> has been called once more.</summary>
    protected abstract void Sleep();

    /// <summary>Wakes the sleeper.</summary>
    protected abstract void Wake();

    private void WakeAll(long count)
    {
        SpinWaiting waiting = default;
        for (long i = 1; i <= count; i++)
        {
            while (Volatile.Read(ref _goingToSleep.Value) != i) waiting.Wait();
            long asleep = LabClock.NowNs() + FallAsleepNs;
            while (LabClock.NowNs() < asleep) waiting.Wait();
            Volatile.Write(ref _stampNs.Value, LabClock.NowNs());
            Wake();
        }
    }

    private long SleepAll(long count, LatencyHistogram latency)
    {
        long wrong = 0;
        long last = 0;
        for (long i = 1; i <= count; i++)
        {
            Volatile.Write(ref _goingToSleep.Value, i);
            Sleep();
            long now = LabClock.NowNs();
            long stamp = Volatile.Read(ref _stampNs.Value);
            if (stamp == last) wrong++;
            last = stamp;
            latency.Record(now - stamp);
        }

        return wrong;
    }
}
