using LowLatency.Core.Clocks;
using LowLatency.Core.Rings;
using LowLatency.Engine;
using LowLatency.Engine.Settings;
using LowLatency.Feeds.Settings;
using LowLatency.Market.Records;
using Microsoft.Extensions.Logging.Abstractions;

namespace LowLatency.Benchmarks.Chain;

/// <summary>
/// An engine as settings make it, driven by the caller's thread: ticks go into its input ring, and its pipeline takes them at once. So one
/// core does all: ring, normalisation, bars, indicators, signals, publication, and the engine's own timing of its stages.
/// </summary>
internal sealed class ChainEngine : IDisposable
{
    // Ticks come in bursts, as from a feed that is ahead: the pipeline takes its batches of them.
    private const int BurstTicks = 2048;

    private readonly RingBuffer<TickRecord> _input;

    /// <param name="maxInstruments">How many instruments there can be.</param>
    /// <param name="ids">How many ids and correctable trades an instrument remembers; null for the default.</param>
    public ChainEngine(int maxInstruments = 64, int? ids = null)
    {
        var settings = new LowLatencySettings { Feed = { Kind = FeedKind.None }, Counters = { Enabled = false } };
        (settings.Engine.MaxInstruments, settings.Engine.Producers) = (maxInstruments, ProducerChoice.Single);
        if (ids is { } remembered) (settings.Normalization.DedupeIds, settings.Normalization.CorrectableTrades) = (remembered, remembered);
        Engine = new MarketEngine(settings, [], [], SystemClock.Instance, NullLogger<MarketEngine>.Instance);
        _input = Engine.Input;
    }

    /// <summary>The engine.</summary>
    public MarketEngine Engine { get; }

    /// <summary>Stages of the pipeline, and how many nanoseconds each has taken so far.</summary>
    public (string Stage, double Ns)[] StageNs() => [.. Engine.Timings.Names.Select((name, i) => (name, Engine.Timings.Of(i).Mean * Engine.Timings.Of(i).Count))];

    /// <summary>Leads ticks through the pipeline.</summary>
    /// <param name="ticks">Where they come from.</param>
    /// <param name="count">How many.</param>
    public void Run(TickLoop ticks, long count)
    {
        while (count > 0)
        {
            int burst = (int)Math.Min(count, BurstTicks);
            if (!_input.TryClaim(burst, out long first)) throw new InvalidOperationException("The pipeline takes all that it is given, and yet there is no room.");
            for (int i = 0; i < burst; i++) ticks.Take(ref _input[first + i]);
            _input.Publish(first, burst);
            // A consumer does not look at every turn.
            for (int done = 0; done < burst;) done += Engine.Pipeline.DoWork();
            count -= burst;
        }
    }

    public void Dispose() => Engine.Dispose();
}
