using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Rings;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;

namespace LowLatency.Feeds;

/// <summary>What every feed is given: where it publishes, and how symbols, venues and the time are known. Feeds of one engine share it.</summary>
/// <param name="ring">The input ring.</param>
/// <param name="instruments">The instruments; a feed adds the symbols it meets.</param>
/// <param name="sources">The sources; a feed adds the venues it meets.</param>
/// <param name="clock">The time.</param>
/// <param name="parker">Where the thread that runs the feed sleeps, so that a feed with a helper thread can wake it; null when that thread never parks.</param>
public sealed class FeedContext(RingBuffer<TickRecord> ring, InstrumentTable instruments, SourceTable sources, IClock clock, Parker? parker = null)
{
    /// <summary>The input ring.</summary>
    public RingBuffer<TickRecord> Ring { get; } = ring;

    /// <summary>The instruments.</summary>
    public InstrumentTable Instruments { get; } = instruments;

    /// <summary>The sources.</summary>
    public SourceTable Sources { get; } = sources;

    /// <summary>The time.</summary>
    public IClock Clock { get; } = clock;

    /// <summary>Where the feed's thread sleeps; null when it never parks.</summary>
    public Parker? Parker { get; } = parker;
}
