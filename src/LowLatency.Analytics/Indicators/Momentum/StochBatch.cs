using System.Numerics;
using System.Runtime.CompilerServices;
using LowLatency.Analytics.Indicators.Averages;
using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Momentum;

/// <summary>The stochastic over whole columns, by vectors, a piece at a time.</summary>
/// <param name="length">n.</param>
/// <param name="smooth">Length of %K.</param>
/// <param name="signal">Length of %D.</param>
internal sealed class StochBatch(int length, int smooth, int signal) : IBatchForm
{
    private const int Piece = 1024;

    public void Compute(in BarSeries bars, Span<double> values)
    {
        if (smooth <= MeanStep.Short && signal <= MeanStep.Short) ComputeShort(bars, values);
        else ComputeLong(bars, values);
    }

    // Short averages are added anew for each value, so a piece needs only a few values from before its begin: it takes them anew too.
    private void ComputeShort(in BarSeries bars, Span<double> values)
    {
        int count = bars.Length;
        int columns = values.Length / count;
        var kernel = new StochKernel(length, smooth, signal);
        StochKernel.State state = default;
        int from = Math.Min(kernel.WarmUp(1), count);
        KernelLoop.Run(kernel, ref state, new double[kernel.WindowLength], bars, from, BarField.Close, values);
        int overlap = smooth + signal - 2;
        int piece = Math.Max(Piece, 4 * length);
        double[] highs = new double[piece + overlap + length - 1];
        double[] lows = new double[highs.Length];
        double[] raw = new double[piece + overlap];
        double[] k = new double[raw.Length];
        for (int start = from; start < count; start += piece)
        {
            int part = Math.Min(piece, count - start);
            int all = part + overlap;
            ComputeRaw(bars, start - overlap, highs, lows, raw.AsSpan(0, all));
            MeanBatch.Run(raw.AsSpan(0, all), k.AsSpan(0, all), smooth);
            k.AsSpan(overlap, part).CopyTo(values[start..]);
            if (columns > 2) raw.AsSpan(overlap, part).CopyTo(values[((2 * count) + start)..]);
            if (columns == 1) continue;
            Span<double> d = raw.AsSpan(0, part + signal - 1);
            MeanBatch.Run(k.AsSpan(smooth - 1, d.Length), d, signal);
            d[(signal - 1)..].CopyTo(values[(count + start)..]);
        }
    }

    private void ComputeLong(in BarSeries bars, Span<double> values)
    {
        int count = bars.Length;
        int columns = values.Length / count;
        // %K and %D need the series before them as a whole; without room for it among the outputs it is put aside.
        Span<double> raw = columns > 2 ? values.Slice(2 * count, count) : new double[count];
        raw[..Math.Min(length - 1, count)].Fill(double.NaN);
        int piece = Math.Max(Piece, 4 * length);
        double[] highs = new double[piece + length - 1];
        double[] lows = new double[highs.Length];
        for (int start = length - 1; start < count; start += piece) ComputeRaw(bars, start, highs, lows, raw.Slice(start, Math.Min(piece, count - start)));
        Span<double> k = values[..count];
        Smooth(raw, k, length - 1, smooth);
        if (columns > 1) Smooth(k, values.Slice(count, count), length + smooth - 2, signal);
    }

    private static void Smooth(ReadOnlySpan<double> x, Span<double> y, int from, int length)
    {
        from = Math.Min(from, x.Length);
        y[..from].Fill(double.NaN);
        MeanBatch.Run(x[from..], y[from..], length);
    }

    private void ComputeRaw(in BarSeries bars, int start, Span<double> highs, Span<double> lows, Span<double> raw)
    {
        int all = raw.Length + length - 1;
        bars.High.Slice(start - length + 1, all).CopyTo(highs);
        bars.Low.Slice(start - length + 1, all).CopyTo(lows);
        ExtremeBatch.Run(highs[..all], length, lowest: false);
        ExtremeBatch.Run(lows[..all], length, lowest: true);
        Divide(highs[..raw.Length], lows[..raw.Length], bars.Close.Slice(start, raw.Length), raw);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Divide(ReadOnlySpan<double> high, ReadOnlySpan<double> low, ReadOnlySpan<double> close, Span<double> raw)
    {
        int width = Vector<double>.Count;
        int i = 0;
        for (; i <= raw.Length - width; i += width)
        {
            var h = new Vector<double>(high[i..]);
            var l = new Vector<double>(low[i..]);
            Vector<double> value = 100 * (new Vector<double>(close[i..]) - l) / (h - l);
            Vector.ConditionalSelect(Vector.Equals(h, l), Vector<double>.Zero, value).CopyTo(raw[i..]);
        }

        for (; i < raw.Length; i++) raw[i] = high[i] == low[i] ? 0 : 100 * (close[i] - low[i]) / (high[i] - low[i]);
    }
}
