using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Rings;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;

namespace LowLatency.Feeds;

/// <summary>
/// An agent that puts ticks on the input ring. To make one: derive, and in <see cref="Agent.DoWork"/> claim slots of <see cref="Ring"/>, fill every
/// one of them whole, and hand them over with <see cref="PublishClaim"/>. When a claim fails, return and try again in the next duty cycle.
/// </summary>
public abstract class Feed : Agent
{
    private readonly FeedContext _context;
    private long _published;
    private volatile bool _completed;

    /// <summary>Makes a feed.</summary>
    /// <param name="context">What it is given.</param>
    protected Feed(FeedContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
        Ring = context.Ring;
    }

    /// <summary>Whether it has published its last record. Feeds without an end never have.</summary>
    public bool Completed => _completed;

    /// <summary>How many records it has published. Any thread may ask.</summary>
    public long Published => Volatile.Read(ref _published);

    /// <summary>The input ring.</summary>
    protected RingBuffer<TickRecord> Ring { get; }

    /// <summary>The instruments.</summary>
    protected InstrumentTable Instruments => _context.Instruments;

    /// <summary>The sources.</summary>
    protected SourceTable Sources => _context.Sources;

    /// <summary>The time.</summary>
    protected IClock Clock => _context.Clock;

    /// <summary>Where the feed's thread sleeps; null when it never parks.</summary>
    protected Parker? Parker => _context.Parker;

    /// <summary>Publishes a claim and counts its records.</summary>
    /// <param name="first">First sequence of the claim.</param>
    /// <param name="count">Number of slots of the claim.</param>
    protected void PublishClaim(long first, int count)
    {
        Ring.Publish(first, count);
        // Only this feed's thread writes it.
        Volatile.Write(ref _published, _published + count);
    }

    /// <summary>Says that the last record has been published.</summary>
    protected void Complete() => _completed = true;
}
