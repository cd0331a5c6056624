using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Rings;
using LowLatency.Feeds;
using LowLatency.Market.Records;

namespace LowLatency.Engine.Pipeline;

/// <summary>A feed's duty cycle, with a look now and then at how long its records wait in the ring.</summary>
/// <param name="feed">The feed.</param>
/// <param name="ring">The input ring.</param>
/// <param name="probe">The measurement, shared by all feeds of one thread; null on other threads.</param>
/// <param name="clock">The time.</param>
internal sealed class FeedAgent(Feed feed, RingBuffer<TickRecord> ring, RingProbe? probe, IClock clock) : Agent
{
    public override string Name => feed.Name;

    public override void OnStart() => feed.OnStart();

    public override int DoWork()
    {
        int work = feed.DoWork();
        if (work > 0 && probe is { IsFree: true }) probe.Arm(ring.Cursor, clock.MonotonicNs());
        return work;
    }

    public override bool HasWork() => feed.HasWork();

    public override long IdleNs() => feed.IdleNs();

    public override void OnClose() => feed.OnClose();
}
