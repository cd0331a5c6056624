using LowLatency.Feeds.Settings;
using LowLatency.Market.Records;

namespace LowLatency.Feeds;

/// <summary>Publishes the time at a fixed interval, so that the bars of quiet instruments close on time. For live runs.</summary>
public sealed class ClockFeed : Feed
{
    private readonly Feed? _behind;
    private readonly long _intervalNs;
    private readonly long _lagNs;
    private long _dueNs = long.MinValue;

    /// <summary>Makes a clock.</summary>
    /// <param name="context">What every feed is given.</param>
    /// <param name="settings">Interval and lag.</param>
    /// <param name="behind">
    /// A feed on the same thread that publishes ticks when they are due: the clock waits until it has published all that are, so that none finds its
    /// bar closed already. Null for none.
    /// </param>
    public ClockFeed(FeedContext context, ClockSettings settings, Feed? behind = null)
        : base(context)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _behind = behind;
        _intervalNs = settings.IntervalMs * 1_000_000L;
        _lagNs = settings.LagMs * 1_000_000L;
    }

    /// <inheritdoc/>
    public override string Name => "clock";

    /// <inheritdoc/>
    public override long IdleNs() => _dueNs == long.MinValue ? 0 : _dueNs - Clock.MonotonicNs();

    /// <inheritdoc/>
    public override int DoWork()
    {
        long nowNs = Clock.MonotonicNs();
        if (nowNs < _dueNs) return 0;
        // The time first, then the look: what the other feed has not published yet is due after it.
        long epochNs = Clock.EpochNs() - _lagNs;
        if (_behind is not null && _behind.HasWork()) return 0;
        if (!Ring.TryClaim(1, out long sequence)) return 0;
        ref TickRecord slot = ref Ring[sequence];
        slot = default;
        slot.Header.Type = RecordType.Clock;
        slot.Header.EventNs = epochNs;
        slot.Header.ReceiveNs = epochNs;
        PublishClaim(sequence, 1);
        // After a stall it goes on from now: late clock events would say nothing new.
        _dueNs = nowNs - _dueNs < _intervalNs && _dueNs != long.MinValue ? _dueNs + _intervalNs : nowNs + _intervalNs;
        return 1;
    }
}
