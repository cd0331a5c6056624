using System.Numerics;
using System.Runtime.CompilerServices;

namespace LowLatency.Analytics.Indicators.Averages;

/// <summary>The mean of the last n values over a whole series; the same additions in the same order as <see cref="MeanStep"/>.</summary>
/// <param name="length">n.</param>
internal sealed class MeanBatch(int length) : IBatchForm
{
    private const int Piece = 1024;

    public void Compute(in BarSeries bars, Span<double> values) => Run(bars.Close, values[..bars.Length], length);

    public static void Run(ReadOnlySpan<double> x, Span<double> y, int length)
    {
        y[..Math.Min(length - 1, x.Length)].Fill(double.NaN);
        if (x.Length < length) return;
        if (length <= MeanStep.Short) AddAnew(x, y, length);
        else AddBlocks(x, y, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddAnew(ReadOnlySpan<double> x, Span<double> y, int length)
    {
        int width = Vector<double>.Count;
        int first = length - 1;
        int i = first;
        for (; i <= x.Length - width; i += width)
        {
            Vector<double> sum = Vector<double>.Zero;
            for (int back = first; back >= 0; back--) sum += new Vector<double>(x.Slice(i - back, width));
            (sum / length).CopyTo(y[i..]);
        }

        for (; i < x.Length; i++)
        {
            double sum = 0;
            for (int back = first; back >= 0; back--) sum += x[i - back];
            y[i] = sum / length;
        }
    }

    // Two sums that do not wait for each other run through each block: its prefixes forwards, which with the suffixes of the block before are the
    // windows, and its suffixes backwards.
    private static void AddBlocks(ReadOnlySpan<double> x, Span<double> y, int length)
    {
        double[] suffixes = new double[length + 1];
        double[] next = new double[length + 1];
        int divided = 0;
        for (int start = 0; start < x.Length; start += length)
        {
            int count = Math.Min(length, x.Length - start);
            ReadOnlySpan<double> block = x.Slice(start, count);
            Span<double> sums = y.Slice(start, count);
            if (count == length) AddBlock(block, sums, suffixes.AsSpan(1, count), next.AsSpan(0, count));
            else AddPart(block, sums, suffixes.AsSpan(1, count));
            (suffixes, next) = (next, suffixes);
            // Divided while they are in the first cache, many blocks at a time.
            if (start + count - divided < Piece && start + count < x.Length) continue;
            Divide(y[divided..(start + count)], length);
            divided = start + count;
        }

        y[..(length - 1)].Fill(double.NaN);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddBlock(ReadOnlySpan<double> x, Span<double> y, ReadOnlySpan<double> suffixes, Span<double> next)
    {
        double prefix = 0;
        double suffix = 0;
        y = y[..x.Length];
        suffixes = suffixes[..x.Length];
        int back = x.Length - 1;
        for (int i = 0; i < x.Length; i++, back--)
        {
            prefix += x[i];
            y[i] = suffixes[i] + prefix;
            suffix += x[back];
            next[back] = suffix;
        }
    }

    private static void AddPart(ReadOnlySpan<double> x, Span<double> y, ReadOnlySpan<double> suffixes)
    {
        double prefix = 0;
        for (int i = 0; i < x.Length; i++)
        {
            prefix += x[i];
            y[i] = suffixes[i] + prefix;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Divide(Span<double> y, int length)
    {
        int width = Vector<double>.Count;
        int i = 0;
        for (; i <= y.Length - width; i += width) (new Vector<double>(y[i..]) / length).CopyTo(y[i..]);
        for (; i < y.Length; i++) y[i] /= length;
    }
}
