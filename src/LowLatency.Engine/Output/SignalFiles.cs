using LowLatency.Market.Records;

namespace LowLatency.Engine.Output;

/// <summary>The CSV files of one instrument's intensity, spikes and reversals. A spike's begin and end make one row.</summary>
internal sealed class SignalFiles : IDisposable
{
    private static readonly string[] IntensityColumns =
        ["k", "at_row", "event_ns", "price", "path_bps", "net_bps", "elapsed_s", "x", "e", "S", "base", "cv", "buffer", "spike_on", "q"];

    private static readonly string[] SpikeColumns =
    [
        "spike", "start_k", "start_row", "start_ns", "start_price", "direction", "dir_k", "ref_price", "base_start", "buffer_start", "peak", "peak_k", "extreme",
        "extreme_k", "displacement_bps", "end_k", "end_row", "end_ns", "end_price", "q",
    ];

    private static readonly string[] ReversalColumns = ["at_row", "event_ns", "version", "direction", "price", "strength", "extreme", "invalidation", "spike", "q"];

    private static readonly string[] Versions = ["v0", "v1", "v2", "v3", "v4"];

    private readonly CsvFile _intensity;
    private readonly CsvFile _spikes;
    private readonly CsvFile _reversals;
    private SpikeRecord _begin;

    /// <param name="open">Opens a file: name, columns, bytes of its buffer.</param>
    public SignalFiles(Func<string, IEnumerable<string>, int, CsvFile> open)
    {
        _intensity = open("intensity", IntensityColumns, CsvResources.LargeBuffer);
        _spikes = open("spikes", SpikeColumns, CsvResources.SmallBuffer);
        _reversals = open("reversals", ReversalColumns, CsvResources.SmallBuffer);
    }

    public void Write(in IntensityRecord sample)
    {
        _intensity.Add(sample.K);
        _intensity.Add(sample.Input);
        _intensity.Add(sample.Header.EventNs);
        _intensity.Add(sample.Price);
        _intensity.Add(sample.PathBps);
        _intensity.Add(sample.NetBps);
        _intensity.Add(sample.ElapsedSeconds);
        _intensity.Add(sample.Intensity);
        _intensity.Add(sample.PathBps == 0 ? 0 : sample.NetBps / sample.PathBps);
        _intensity.Add(sample.Smoothed);
        _intensity.Add(sample.Base);
        _intensity.Add(sample.Cv);
        _intensity.Add(sample.Buffer);
        _intensity.Add(sample.SpikeOn);
        _intensity.Add(sample.Header.Sequence);
        _intensity.EndRow();
    }

    public void Write(in SpikeRecord spike)
    {
        if (spike.State == SpikeState.Begin)
        {
            _begin = spike;
            return;
        }

        long first = _begin.K;
        bool ended = spike.State == SpikeState.End;
        _spikes.Add((spike.Header.Sequence - 1) / 2);
        _spikes.Add(first);
        _spikes.Add(_begin.Input);
        _spikes.Add(spike.StartNs);
        _spikes.Add(_begin.Price);
        _spikes.Add(spike.Direction);
        AddIf(spike.Direction != 0, first + spike.DirectionAfter);
        _spikes.Add(spike.Reference);
        _spikes.Add(spike.Base);
        _spikes.Add(spike.Buffer);
        _spikes.Add(spike.Peak);
        _spikes.Add(first + spike.PeakAfter);
        _spikes.Add(spike.Extreme);
        AddIf(spike.Direction != 0, first + spike.ExtremeAfter);
        _spikes.Add(spike.DisplacementBps);
        AddIf(ended, spike.K);
        AddIf(ended, spike.Input);
        AddIf(ended, spike.Header.EventNs);
        _spikes.Add(ended ? spike.Price : double.NaN);
        _spikes.Add(spike.Header.Sequence);
        _spikes.EndRow();
    }

    public void Write(in ReversalRecord reversal)
    {
        _reversals.Add(reversal.Input);
        _reversals.Add(reversal.Header.EventNs);
        _reversals.Add(Versions[reversal.Version]);
        _reversals.Add(reversal.Direction);
        _reversals.Add(reversal.Price);
        _reversals.Add(reversal.Strength);
        _reversals.Add(reversal.Extreme);
        _reversals.Add(reversal.Invalidation);
        _reversals.Add(reversal.Spike);
        _reversals.Add(reversal.Header.Sequence);
        _reversals.EndRow();
    }

    public void Dispose()
    {
        _intensity.Dispose();
        _spikes.Dispose();
        _reversals.Dispose();
    }

    private void AddIf(bool known, long value)
    {
        if (known) _spikes.Add(value);
        else _spikes.Add(double.NaN);
    }
}
