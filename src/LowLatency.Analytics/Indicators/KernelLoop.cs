using LowLatency.Market.Records;

namespace LowLatency.Analytics.Indicators;

/// <summary>A kernel bar by bar over columns.</summary>
internal static class KernelLoop
{
    /// <param name="kernel">The kernel.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="window">Its memory.</param>
    /// <param name="bars">The bars.</param>
    /// <param name="count">How many of them, from the first, are taken.</param>
    /// <param name="on">What a kernel of one series is computed on.</param>
    /// <param name="values">Receives the outputs, column after column of all bars.</param>
    public static void Run<TKernel, TState>(in TKernel kernel, ref TState state, Span<double> window, in BarSeries bars, int count, BarField on, Span<double> values)
        where TKernel : struct, IKernel<TState>
        where TState : struct
    {
        int length = bars.Length;
        if (length == 0) return;
        Span<double> row = stackalloc double[IndicatorValues.Capacity];
        int columns = Math.Min(IndicatorValues.Capacity, values.Length / length);
        for (int i = 0; i < count; i++)
        {
            BarInput bar = bars[i];
            if (TKernel.Reads == BarColumns.Close && on != BarField.Close) bar = new BarInput(0, 0, 0, BarFields.Read(bar, on), 0, 0);
            row.Fill(double.NaN);
            if (bar.IsFinite(TKernel.Reads)) kernel.Update(ref state, window, bar, row);
            for (int o = 0; o < columns; o++) values[(o * length) + i] = row[o];
        }
    }
}
