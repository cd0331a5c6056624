using LowLatency.Analytics.Indicators.Steps;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Indicators;

/// <summary>An indicator of one series computed on an output of another indicator. It begins when that has its first value.</summary>
/// <param name="spec">Its name and outputs.</param>
/// <param name="inner">The other indicator; used by this one alone.</param>
/// <param name="output">Which of its outputs.</param>
/// <param name="outer">The indicator of one series.</param>
internal sealed class ChainedIndicator(IndicatorSpec spec, Indicator inner, int output, Indicator outer) : Indicator(spec)
{
    private readonly int _stride = inner.Spec.Outputs.Count;
    private double[] _inner = [];
    private double[] _series = [];

    public override BarColumns Reads => inner.Reads;

    internal override bool IsOfOneSeries => inner.IsOfOneSeries;

    public override int WarmUpOf(int output1) => inner.WarmUpOf(output) + outer.WarmUpOf(output1) - 1;

    public override void EnsureLanes(int lanes)
    {
        inner.EnsureLanes(lanes);
        outer.EnsureLanes(lanes);
    }

    public override void Update(ReadOnlySpan<BarRecord> bars, ReadOnlySpan<int> lanes, Span<double> values)
    {
        MakeRoom(bars.Length);
        inner.Update(bars, lanes, _inner);
        outer.UpdateSeries(Pick(bars.Length), lanes, values);
    }

    internal override void BeginSaving(int instrument, int slots)
    {
        inner.BeginSaving(instrument, slots);
        outer.BeginSaving(instrument, slots);
    }

    internal override void Take(ReadOnlySpan<IndicatorStep> steps, Span<double> values)
    {
        MakeRoom(steps.Length);
        inner.Take(steps, _inner);
        outer.TakeSeries(Pick(steps.Length), steps, values);
    }

    internal override void TakeSeries(ReadOnlySpan<double> series, ReadOnlySpan<IndicatorStep> steps, Span<double> values)
    {
        MakeRoom(steps.Length);
        inner.TakeSeries(series, steps, _inner);
        outer.TakeSeries(Pick(steps.Length), steps, values);
    }

    internal override void UpdateSeries(ReadOnlySpan<double> series, ReadOnlySpan<int> lanes, Span<double> values)
    {
        MakeRoom(series.Length);
        inner.UpdateSeries(series, lanes, _inner);
        outer.UpdateSeries(Pick(series.Length), lanes, values);
    }

    internal override void UpdateLaneSeries(int lane, ReadOnlySpan<double> series, Span<double> values)
    {
        MakeRoom(series.Length);
        inner.UpdateLaneSeries(lane, series, _inner.AsSpan(0, series.Length * _stride));
        outer.UpdateLaneSeries(lane, _inner.AsSpan(output * series.Length, series.Length), values);
    }

    internal override void ComputeSeries(ReadOnlySpan<double> series, Span<double> values)
    {
        double[] all = new double[series.Length * _stride];
        inner.ComputeSeries(series, all);
        outer.ComputeSeries(all.AsSpan(output * series.Length, series.Length), values);
    }

    private protected override void UpdateLane(int lane, in BarSeries bars, Span<double> values)
    {
        MakeRoom(bars.Length);
        inner.Update(lane, bars, _inner.AsSpan(0, bars.Length * _stride));
        outer.UpdateLaneSeries(lane, _inner.AsSpan(output * bars.Length, bars.Length), values);
    }

    private protected override void ComputeBars(in BarSeries bars, Span<double> values)
    {
        double[] all = new double[bars.Length * _stride];
        inner.Compute(bars, all);
        outer.ComputeSeries(all.AsSpan(output * bars.Length, bars.Length), values);
    }

    private void MakeRoom(int bars)
    {
        if (bars <= _series.Length) return;
        _series = new double[bars];
        _inner = new double[bars * _stride];
    }

    private ReadOnlySpan<double> Pick(int bars)
    {
        for (int i = 0; i < bars; i++) _series[i] = _inner[(i * _stride) + output];
        return _series.AsSpan(0, bars);
    }
}
