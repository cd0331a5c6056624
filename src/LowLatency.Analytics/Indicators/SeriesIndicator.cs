using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Indicators;

/// <summary>An indicator of the closes with one output, compiled for its kernel.</summary>
/// <typeparam name="TKernel">The recurrence.</typeparam>
/// <param name="spec">Its name and output.</param>
/// <param name="make">Makes a kernel without lanes.</param>
internal sealed class SeriesIndicator<TKernel>(IndicatorSpec spec, Func<TKernel> make) : Indicator(spec, make().WarmUp)
    where TKernel : struct, ISeriesKernel
{
    private TKernel _kernel = make();

    public override void EnsureLanes(int lanes) => _kernel.EnsureLanes(lanes);

    public override void Update(ReadOnlySpan<BarRecord> bars, ReadOnlySpan<int> lanes, Span<double> values)
    {
        for (int i = 0; i < bars.Length; i++) values[i] = _kernel.Update(lanes[i], bars[i].Close);
    }

    public override void Compute(ReadOnlySpan<double> series, Span<double> values)
    {
        if (values.Length < series.Length) throw new ArgumentException($"{series.Length} values do not fit into {values.Length}.", nameof(values));
        TKernel kernel = make();
        kernel.EnsureLanes(1);
        for (int i = 0; i < series.Length; i++) values[i] = kernel.Update(0, series[i]);
    }
}
