using System.Runtime.CompilerServices;
using LowLatency.Analytics.Indicators.Averages;

namespace LowLatency.Analytics.Indicators.Momentum;

/// <summary>Moving average convergence divergence over a whole series: three recurrences side by side.</summary>
/// <param name="fast">Length of the fast EMA.</param>
/// <param name="slow">Length of the slow EMA.</param>
/// <param name="signal">Length of the signal's EMA.</param>
internal sealed class MacdBatch(int fast, int slow, int signal) : IBatchForm
{
    public void Compute(in BarSeries bars, Span<double> values)
    {
        int length = bars.Length;
        int columns = values.Length / length;
        if (columns < 3)
        {
            double[] all = new double[3 * length];
            Run(bars, all);
            all.AsSpan(0, columns * length).CopyTo(values);
            return;
        }

        Run(bars, values);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run(in BarSeries bars, Span<double> values)
    {
        var kernel = new MacdKernel(fast, slow, signal, fromFirst: false);
        int from = Math.Min(kernel.WarmUp(1), bars.Length);
        MacdKernel.State state = default;
        KernelLoop.Run(kernel, ref state, [], bars, from, BarField.Close, values);
        ReadOnlySpan<double> x = bars.Close;
        Span<double> lines = values[..x.Length];
        Span<double> signals = values.Slice(x.Length, x.Length);
        Span<double> distances = values.Slice(2 * x.Length, x.Length);
        var (fastStep, slowStep, signalStep) = (EmaStep.Of(fast), EmaStep.Of(slow), EmaStep.Of(signal));
        double fastKeep = fastStep.Keep;
        double fastAlpha = fastStep.Alpha;
        double slowKeep = slowStep.Keep;
        double slowAlpha = slowStep.Alpha;
        double signalKeep = signalStep.Keep;
        double signalAlpha = signalStep.Alpha;
        double fastValue = state.Fast.Value;
        double slowValue = state.Slow.Value;
        double signalValue = state.Signal.Value;
        for (int i = from; i < x.Length; i++)
        {
            fastValue = Math.FusedMultiplyAdd(fastKeep, fastValue, fastAlpha * x[i]);
            slowValue = Math.FusedMultiplyAdd(slowKeep, slowValue, slowAlpha * x[i]);
            double line = fastValue - slowValue;
            signalValue = Math.FusedMultiplyAdd(signalKeep, signalValue, signalAlpha * line);
            lines[i] = line;
            signals[i] = signalValue;
            distances[i] = line - signalValue;
        }
    }
}
