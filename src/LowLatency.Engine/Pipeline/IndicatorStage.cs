using LowLatency.Analytics.Indicators;
using LowLatency.Market.Records;

namespace LowLatency.Engine.Pipeline;

/// <summary>Third stage: closed bars become indicator values. Each indicator takes all bars that the batch closed in one call.</summary>
internal sealed class IndicatorStage : IPipelineStage
{
    private readonly Indicator[] _indicators;
    private readonly int _intervals;
    private readonly double[][] _values;
    private BarRecord[] _closed;
    private int[] _lanes;
    private int[] _causes;
    private int _instruments;

    /// <param name="indicators">The indicators.</param>
    /// <param name="intervals">Number of intervals.</param>
    /// <param name="closings">How many closings of a batch there is room for at the start.</param>
    public IndicatorStage(IReadOnlyList<Indicator> indicators, int intervals, int closings)
    {
        _closed = new BarRecord[closings];
        _lanes = new int[closings];
        _causes = new int[closings];
        _indicators = [.. indicators];
        _intervals = intervals;
        _values = [.. _indicators.Select(i => new double[closings * i.Spec.Outputs.Count])];
    }

    public string Name => "indicators";

    public void Process(in PipelineBatch batch)
    {
        int closed = CollectClosed(batch);
        if (closed == 0) return;
        ReadOnlySpan<BarRecord> bars = _closed.AsSpan(0, closed);
        for (int i = 0; i < _indicators.Length; i++) _indicators[i].Update(bars, _lanes.AsSpan(0, closed), _values[i]);
        for (int bar = 0; bar < closed; bar++)
        {
            for (int i = 0; i < _indicators.Length; i++)
            {
                int outputs = _indicators[i].Spec.Outputs.Count;
                ReadOnlySpan<double> values = _values[i].AsSpan(bar * outputs, outputs);
                if (HasValue(values)) Emit(batch, bars[bar], _causes[bar], i, values);
            }
        }
    }

    private static bool HasValue(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (!double.IsNaN(value)) return true;
        }

        return false;
    }

    private static void Emit(in PipelineBatch batch, in BarRecord bar, int cause, int indicator, ReadOnlySpan<double> values)
    {
        ref IndicatorRecord record = ref batch.IndicatorList.Add(cause);
        record = new IndicatorRecord
        {
            Header = bar.Header,
            StartNs = bar.StartNs,
            Indicator = (ushort)indicator,
            Spec = bar.Spec,
            Count = (byte)values.Length,
            Input = bar.Input,
        };
        record.Header.Type = RecordType.Indicator;
        Span<double> room = record.Values;
        values.CopyTo(room);
    }

    private int CollectClosed(in PipelineBatch batch)
    {
        int count = 0;
        ReadOnlySpan<BarRecord> bars = batch.Bars;
        for (int i = 0; i < bars.Length; i++)
        {
            if (bars[i].State != BarState.Closed) continue;
            if (count == _closed.Length) Grow();
            int instrument = (int)bars[i].Header.Instrument;
            if (instrument >= _instruments) EnsureInstrument(instrument);
            _closed[count] = bars[i];
            _lanes[count] = (instrument * _intervals) + bars[i].Spec;
            _causes[count] = batch.BarCauses[i];
            count++;
        }

        return count;
    }

    private void Grow()
    {
        Array.Resize(ref _closed, _closed.Length * 2);
        Array.Resize(ref _lanes, _closed.Length);
        Array.Resize(ref _causes, _closed.Length);
        for (int i = 0; i < _values.Length; i++) Array.Resize(ref _values[i], _values[i].Length * 2);
    }

    private void EnsureInstrument(int instrument)
    {
        _instruments = Math.Max(16, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)instrument + 1));
        foreach (Indicator indicator in _indicators) indicator.EnsureLanes(_instruments * _intervals);
    }
}
