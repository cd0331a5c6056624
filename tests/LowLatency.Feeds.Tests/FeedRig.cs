using System.Diagnostics;
using LowLatency.Core.Clocks;
using LowLatency.Core.Rings;
using LowLatency.Feeds.Csv;
using LowLatency.Feeds.Settings;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;

namespace LowLatency.Feeds.Tests;

/// <summary>An input ring with a consumer, and what else a feed needs.</summary>
internal sealed class FeedRig
{
    private readonly RingConsumer<TickRecord> _consumer;

    public FeedRig(int capacity = 1024, ProducerMode mode = ProducerMode.Single, int instruments = 64, long epochNs = 1_000_000_000_000)
    {
        Ring = new RingBuffer<TickRecord>(capacity, mode);
        _consumer = Ring.AddConsumer();
        Instruments = new InstrumentTable(instruments);
        Clock = new ManualClock(epochNs);
        Context = new FeedContext(Ring, Instruments, Sources, Clock);
    }

    public RingBuffer<TickRecord> Ring { get; }

    public InstrumentTable Instruments { get; }

    public SourceTable Sources { get; } = new();

    public ManualClock Clock { get; }

    public FeedContext Context { get; }

    public List<TickRecord> Take()
    {
        var records = new List<TickRecord>();
        while (true)
        {
            ReadOnlySpan<TickRecord> span = _consumer.Poll(int.MaxValue);
            if (span.IsEmpty) return records;
            foreach (ref readonly TickRecord record in span) records.Add(record);
            _consumer.Advance(span.Length);
        }
    }

    /// <summary>Runs a feed to its end.</summary>
    public List<TickRecord> Run(Feed feed)
    {
        var records = new List<TickRecord>();
        feed.OnStart();
        var watch = Stopwatch.StartNew();
        while (!feed.Completed)
        {
            if (feed.DoWork() == 0) Thread.Yield();
            records.AddRange(Take());
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "The feed does not come to its end.");
        }

        records.AddRange(Take());
        feed.OnClose();
        return records;
    }

    /// <summary>Runs a feed until it has published so many records.</summary>
    public static void RunUntil(Feed feed, long published)
    {
        var watch = Stopwatch.StartNew();
        while (feed.Published < published)
        {
            if (feed.DoWork() == 0) Thread.Yield();
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "The feed publishes nothing.");
        }
    }

    public TickCsvFeed Replay(params string[] files) => new(Context, new ReplaySettings { Files = files });
}
