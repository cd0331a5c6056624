using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Counters;

namespace LowLatency.Engine.Telemetry;

/// <summary>Lets the file's heart beat, and brings the sampled counters up to date. Its thread sleeps in between.</summary>
/// <param name="file">The file.</param>
/// <param name="sampled">The counters.</param>
/// <param name="clock">The time.</param>
/// <param name="intervalMs">How often, in milliseconds.</param>
internal sealed class CountersAgent(CountersFile file, SampledCounters sampled, IClock clock, int intervalMs) : Agent
{
    private readonly long _intervalNs = intervalMs * 1_000_000L;
    private long _nextNs;

    public override string Name => "counters";

    public override int DoWork()
    {
        long now = clock.MonotonicNs();
        if (now < _nextNs) return 0;
        sampled.Sample();
        file.Beat();
        _nextNs = now + _intervalNs;
        // Nothing that would keep the thread from its sleep.
        return 0;
    }

    public override long IdleNs() => Math.Max(0, _nextNs - clock.MonotonicNs());

    public override void OnClose() => sampled.Sample();
}
