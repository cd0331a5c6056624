using LowLatency.Analytics.Indicators;
using LowLatency.Benchmarks.Lab;
using LowLatency.Market.Records;

namespace LowLatency.Benchmarks.Kernels;

/// <summary>Our streaming form, bar by bar over 64 lanes by turns, all outputs.</summary>
internal sealed class StreamingKernel : Contender
{
    private const int Bars = 4096;
    private const int Lanes = 64;

    private readonly BarRecord[] _bars = new BarRecord[Bars];
    private readonly int[] _lanes = new int[Bars];
    private readonly Indicator _indicator;
    private readonly double[] _values;

    /// <param name="kernel">Which.</param>
    public StreamingKernel(KernelCase kernel)
        : base("LowLatency, streaming", Role.Variant)
    {
        _indicator = IndicatorRegistry.Create(kernel.Name);
        _indicator.EnsureLanes(Lanes);
        _values = new double[Bars * _indicator.Spec.Outputs.Count];
        for (int i = 0; i < Bars; i++)
        {
            _bars[i] = new BarRecord { Open = BarWalk.Close[Math.Max(0, i - 1)], High = BarWalk.High[i], Low = BarWalk.Low[i], Close = BarWalk.Close[i], Volume = 100 };
            _lanes[i] = i % Lanes;
        }
    }

    public override RunOutcome Run(Load load)
    {
        CrewOutcome crew = Crew.Run(TimeSpan.FromSeconds(load.Seconds), () =>
        {
            for (long left = load.Events; left > 0; left -= Bars)
            {
                int bars = (int)Math.Min(left, Bars);
                _indicator.Update(_bars.AsSpan(0, bars), _lanes.AsSpan(0, bars), _values);
            }
        });
        return RunOutcome.Of(crew, load.Events);
    }
}
