using System.Numerics;
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
        int count = bars.Length;
        int columns = values.Length / count;
        // %K and %D need the series before them as a whole; without room for it among the outputs it is put aside.
        Span<double> raw = columns > 2 ? values.Slice(2 * count, count) : new double[count];
        raw[..Math.Min(length - 1, count)].Fill(double.NaN);
        if (count >= length) ComputeRaw(bars, raw);
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

    private void ComputeRaw(in BarSeries bars, Span<double> raw)
    {
        int piece = Math.Max(Piece, 4 * length);
        double[] highs = new double[piece + length - 1];
        double[] lows = new double[piece + length - 1];
        for (int start = length - 1; start < raw.Length; start += piece)
        {
            int count = Math.Min(piece, raw.Length - start);
            int all = count + length - 1;
            bars.High.Slice(start - length + 1, all).CopyTo(highs);
            bars.Low.Slice(start - length + 1, all).CopyTo(lows);
            ExtremeBatch.Run(highs.AsSpan(0, all), length, lowest: false);
            ExtremeBatch.Run(lows.AsSpan(0, all), length, lowest: true);
            Divide(highs.AsSpan(0, count), lows.AsSpan(0, count), bars.Close.Slice(start, count), raw.Slice(start, count));
        }
    }

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
