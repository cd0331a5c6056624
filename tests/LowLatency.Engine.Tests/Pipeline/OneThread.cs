using LowLatency.Core.Clocks;
using LowLatency.Core.Rings;
using LowLatency.Engine.Settings;
using LowLatency.Market.Records;
using Microsoft.Extensions.Logging.Abstractions;

namespace LowLatency.Engine.Tests.Pipeline;

/// <summary>An engine whose feed and pipeline take turns on the caller's thread.</summary>
internal static class OneThread
{
    /// <summary>Runs a script to its end and gives what was published.</summary>
    public static byte[] Publish(LowLatencySettings settings, TickRecord[] script, int chunk)
    {
        settings.Engine.OutputBytes = 1 << 26;
        using var engine = new MarketEngine(settings, [], [context => new ScriptedFeed(context, script, chunk, "A", "B", "C", "D")], SystemClock.Instance, NullLogger<MarketEngine>.Instance);
        BroadcastReader reader = engine.Streams.Ring.AddReader();
        using var bytes = new MemoryStream();
        byte[] room = new byte[1 << 16];
        while (!engine.Drained.IsCompleted)
        {
            engine.Feeds[0].DoWork();
            engine.Pipeline.DoWork();
            for (int length = reader.Read(room); length > 0; length = reader.Read(room)) bytes.Write(PublishedRecords.WithoutDefinitions(room[..length]));
        }

        Assert.Equal(0, reader.Laps);
        return bytes.ToArray();
    }
}
