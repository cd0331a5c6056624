using System.Runtime.CompilerServices;
using LowLatency.Analytics.Indicators.Averages;

namespace LowLatency.Analytics.Indicators.Momentum;

/// <summary>The relative strength index over a whole series.</summary>
/// <param name="length">n.</param>
internal sealed class RsiBatch(int length) : IBatchForm
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Compute(in BarSeries bars, Span<double> values)
    {
        int from = Math.Min(length + 1, bars.Length);
        RsiKernel.State state = default;
        KernelLoop.Run(new RsiKernel(length), ref state, [], bars, from, BarField.Close, values);
        ReadOnlySpan<double> x = bars.Close;
        values = values[..x.Length];
        EmaStep step = EmaStep.Wilder(length);
        double keep = step.Keep;
        double alpha = step.Alpha;
        double gain = state.Gain.Value;
        double loss = state.Loss.Value;
        double last = state.Last;
        for (int i = from; i < x.Length; i++)
        {
            double change = x[i] - last;
            last = x[i];
            gain = Math.FusedMultiplyAdd(keep, gain, alpha * double.MaxNative(change, 0));
            loss = Math.FusedMultiplyAdd(keep, loss, alpha * double.MaxNative(-change, 0));
            values[i] = 100 * gain / (gain + loss);
        }
    }
}
