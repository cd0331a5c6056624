using LowLatency.Analytics.Indicators.Averages;

namespace LowLatency.Analytics.Indicators.Volatility;

/// <summary>The average true range over whole columns: the ranges by vectors, a piece at a time that stays in the first cache, then the recurrence.</summary>
/// <param name="length">n.</param>
internal sealed class AtrBatch(int length) : IBatchForm
{
    private const int Piece = 512;

    public void Compute(in BarSeries bars, Span<double> values)
    {
        var kernel = new AtrKernel(length);
        int from = Math.Min(kernel.WarmUp(0), bars.Length);
        AtrKernel.State state = default;
        KernelLoop.Run(kernel, ref state, [], bars, from, BarField.Close, values);
        EmaStep step = EmaStep.Wilder(length);
        double value = state.Average.Value;
        Span<double> ranges = stackalloc double[Piece];
        for (int start = from; start < bars.Length; start += Piece)
        {
            int count = Math.Min(Piece, bars.Length - start);
            TrueRangeBatch.Run(bars, start, ranges[..count]);
            value = EmaBatch.Continue(step, value, ranges[..count], values.Slice(start, count), 0);
        }
    }
}
