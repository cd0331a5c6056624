using System.Runtime.CompilerServices;

namespace LowLatency.Analytics.Indicators.Averages;

/// <summary>The exponential and Wilder's average over a whole series.</summary>
/// <param name="step">The average.</param>
internal sealed class EmaBatch(EmaStep step) : IBatchForm
{
    public void Compute(in BarSeries bars, Span<double> values)
    {
        ReadOnlySpan<double> x = bars.Close;
        Span<double> y = values[..x.Length];
        EmaState state = default;
        int seed = Math.Min(step.Seed, x.Length);
        for (int i = 0; i < seed; i++) y[i] = step.Update(ref state, x[i]);
        Continue(step, state.Value, x, y, seed);
    }

    /// <summary>The recurrence alone: from value to value a single fused multiply-add must wait for the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Continue(in EmaStep step, double value, ReadOnlySpan<double> x, Span<double> y, int from)
    {
        double keep = step.Keep;
        double alpha = step.Alpha;
        y = y[..x.Length];
        for (int i = from; i < x.Length; i++)
        {
            value = Math.FusedMultiplyAdd(keep, value, alpha * x[i]);
            y[i] = value;
        }

        return value;
    }
}
