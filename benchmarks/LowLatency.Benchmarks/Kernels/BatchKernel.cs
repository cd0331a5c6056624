using LowLatency.Analytics.Indicators;
using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Kernels;

/// <summary>Our batch form over columns of bars.</summary>
/// <param name="kernel">Which.</param>
internal sealed class BatchKernel(KernelCase kernel) : Contender("LowLatency, batch", Role.Ours)
{
    private readonly Indicator _indicator = IndicatorRegistry.Create(kernel.Name);
    private readonly double[] _outputs = new double[BarWalk.Bars * kernel.Columns];

    public override RunOutcome Run(Load load)
    {
        CrewOutcome crew = Crew.Run(TimeSpan.FromSeconds(load.Seconds), () =>
        {
            for (long left = load.Events; left > 0; left -= BarWalk.Bars)
            {
                int bars = (int)Math.Min(left, BarWalk.Bars);
                var series = new BarSeries { High = BarWalk.High.AsSpan(0, bars), Low = BarWalk.Low.AsSpan(0, bars), Close = BarWalk.Close.AsSpan(0, bars) };
                _indicator.Compute(series, _outputs.AsSpan(0, bars * kernel.Columns));
            }
        });
        return RunOutcome.Of(crew, load.Events);
    }
}
