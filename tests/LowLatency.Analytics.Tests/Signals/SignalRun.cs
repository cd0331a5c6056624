using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Intensity;
using LowLatency.Analytics.Reversals;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Tests.Signals;

/// <summary>Leads ticks through bars and signals, in batches.</summary>
internal sealed class SignalRun
{
    private readonly TimeBarBuilder _bars;
    private long _done;

    public SignalRun(IntensitySettings intensity, ReversalSettings reversals, long graceNs = 0)
    {
        Specs = SignalTimeframes.Of(reversals);
        _bars = new TimeBarBuilder(new BarSettings { OpenEveryMs = 0, GraceNs = graceNs }, Specs);
        Builder = new SignalBuilder(intensity, reversals, Specs, graceNs);
    }

    public IReadOnlyList<BarSpec> Specs { get; }

    public SignalBuilder Builder { get; }

    public List<IntensityRecord> Samples { get; } = [];

    public List<SpikeRecord> Spikes { get; } = [];

    public List<ReversalRecord> Reversals { get; } = [];

    public List<BarRecord> Closed { get; } = [];

    public void Add(ReadOnlySpan<TickRecord> ticks)
    {
        var bars = new EmittedList<BarRecord>(1);
        var output = new SignalList(1, 1);
        int[] causes = [.. Enumerable.Range(0, ticks.Length)];
        _bars.Build(ticks, causes, _done, bars);
        Builder.Build(ticks, causes, bars.Items, bars.Causes, _done, output);
        _done += ticks.Length;
        foreach (BarRecord bar in bars.Items)
        {
            if (bar.State == BarState.Closed) Closed.Add(bar);
        }

        Samples.AddRange(output.Intensities.Items);
        Spikes.AddRange(output.Spikes.Items);
        Reversals.AddRange(output.Reversals.Items);
    }

    public void AddInBatches(TickRecord[] ticks, int[] lengths)
    {
        for (int at = 0, i = 0; at < ticks.Length; i++)
        {
            int length = Math.Min(lengths[i % lengths.Length], ticks.Length - at);
            Add(ticks.AsSpan(at, length));
            at += length;
        }
    }
}
