using LowLatency.Core.Clocks;
using LowLatency.Core.Rings;
using LowLatency.Feeds;
using LowLatency.Feeds.Csv;
using LowLatency.Feeds.Settings;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;

namespace LowLatency.Benchmarks.Chain;

/// <summary>Real ticks, where the folder of reference data lies beside the repository.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Symbol">The instrument whose ticks are taken.</param>
internal sealed record TickFile(string Name, string Symbol)
{
    /// <summary>Where it is; null where it is not.</summary>
    public string? FullPath => Find();

    /// <summary>Why it cannot be read; null when it can.</summary>
    public string? Missing => FullPath is null ? $"shared/data/ticks/{Name} is not beside the repository" : null;

    /// <summary>Reads the instrument's ticks.</summary>
    /// <param name="instruments">Receives the symbol.</param>
    /// <param name="sources">Receives the venues.</param>
    public TickRecord[] Read(InstrumentTable instruments, SourceTable sources)
    {
        var ring = new RingBuffer<TickRecord>(4096, ProducerMode.Single);
        RingConsumer<TickRecord> consumer = ring.AddConsumer();
        using var feed = new TickCsvFeed(new FeedContext(ring, instruments, sources, SystemClock.Instance), new ReplaySettings { Files = [FullPath!], Symbol = Symbol });
        var ticks = new List<TickRecord>();
        feed.OnStart();
        while (!feed.Completed || consumer.HasEvents())
        {
            if (feed.DoWork() == 0) Thread.Yield();
            ReadOnlySpan<TickRecord> batch = consumer.Poll(4096);
            ticks.AddRange(batch);
            consumer.Advance(batch.Length);
        }

        feed.OnClose();
        return [.. ticks];
    }

    private string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "data", "ticks", Name);
            if (File.Exists(path)) return path;
        }

        return null;
    }
}
