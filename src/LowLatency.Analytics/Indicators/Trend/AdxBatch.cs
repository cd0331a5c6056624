using System.Numerics;
using System.Runtime.CompilerServices;
using LowLatency.Analytics.Indicators.Averages;
using LowLatency.Analytics.Indicators.Volatility;

namespace LowLatency.Analytics.Indicators.Trend;

/// <summary>The average directional index over whole columns: movements and indices by vectors, a piece at a time, the four averages one after another.</summary>
/// <param name="length">n.</param>
internal sealed class AdxBatch(int length) : IBatchForm
{
    private const int Piece = 512;

    public void Compute(in BarSeries bars, Span<double> values)
    {
        var kernel = new AdxKernel(length);
        int count = bars.Length;
        int columns = values.Length / count;
        int from = Math.Min(kernel.WarmUp(0), count);
        AdxKernel.State state = default;
        KernelLoop.Run(kernel, ref state, [], bars, from, BarField.Close, values);
        // Where the first DX were 0/0 the ADX is not seeded yet: bar by bar until it is.
        if (from == count || state.Adx.Seen < length)
        {
            state = default;
            KernelLoop.Run(kernel, ref state, [], bars, count, BarField.Close, values);
            return;
        }

        double[] memory = new double[4 * Piece];
        for (int start = from; start < count; start += Piece)
        {
            int part = Math.Min(Piece, count - start);
            Span<double> ranges = memory.AsSpan(0, part);
            Span<double> plus = memory.AsSpan(Piece, part);
            Span<double> minus = memory.AsSpan(2 * Piece, part);
            Span<double> directional = memory.AsSpan(3 * Piece, part);
            TrueRangeBatch.Run(bars, start, ranges);
            Move(bars, start, plus, minus);
            Average(ref state, ranges, plus, minus);
            Divide(ranges, plus, minus, directional);
            if (columns > 1) plus.CopyTo(values[(count + start)..]);
            if (columns > 2) minus.CopyTo(values[((2 * count) + start)..]);
            if (columns > 3) directional.CopyTo(values[((3 * count) + start)..]);
            Smooth(ref state, directional, values.Slice(start, part));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Move(in BarSeries bars, int start, Span<double> plus, Span<double> minus)
    {
        ReadOnlySpan<double> high = bars.High.Slice(start, plus.Length);
        ReadOnlySpan<double> highBefore = bars.High.Slice(start - 1, plus.Length);
        ReadOnlySpan<double> low = bars.Low.Slice(start, plus.Length);
        ReadOnlySpan<double> lowBefore = bars.Low.Slice(start - 1, plus.Length);
        int width = Vector<double>.Count;
        int i = 0;
        for (; i <= plus.Length - width; i += width)
        {
            Vector<double> up = new Vector<double>(high[i..]) - new Vector<double>(highBefore[i..]);
            Vector<double> down = new Vector<double>(lowBefore[i..]) - new Vector<double>(low[i..]);
            Vector.ConditionalSelect(Vector.GreaterThan(up, Vector.MaxNative(down, Vector<double>.Zero)), up, Vector<double>.Zero).CopyTo(plus[i..]);
            Vector.ConditionalSelect(Vector.GreaterThan(down, Vector.MaxNative(up, Vector<double>.Zero)), down, Vector<double>.Zero).CopyTo(minus[i..]);
        }

        for (; i < plus.Length; i++)
        {
            double up = high[i] - highBefore[i];
            double down = lowBefore[i] - low[i];
            plus[i] = up > down && up > 0 ? up : 0;
            minus[i] = down > up && down > 0 ? down : 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Average(ref AdxKernel.State state, Span<double> ranges, Span<double> plus, Span<double> minus)
    {
        EmaStep step = EmaStep.Wilder(length);
        double keep = step.Keep;
        double alpha = step.Alpha;
        double range = state.AverageRange.Value;
        double up = state.Plus.Value;
        double down = state.Minus.Value;
        plus = plus[..ranges.Length];
        minus = minus[..ranges.Length];
        for (int i = 0; i < ranges.Length; i++)
        {
            range = Math.FusedMultiplyAdd(keep, range, alpha * ranges[i]);
            up = Math.FusedMultiplyAdd(keep, up, alpha * plus[i]);
            down = Math.FusedMultiplyAdd(keep, down, alpha * minus[i]);
            ranges[i] = range;
            plus[i] = up;
            minus[i] = down;
        }

        state.AverageRange.Value = range;
        state.Plus.Value = up;
        state.Minus.Value = down;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Divide(ReadOnlySpan<double> ranges, Span<double> plus, Span<double> minus, Span<double> directional)
    {
        int width = Vector<double>.Count;
        int i = 0;
        for (; i <= ranges.Length - width; i += width)
        {
            var range = new Vector<double>(ranges[i..]);
            Vector<double> up = 100 * new Vector<double>(plus[i..]) / range;
            Vector<double> down = 100 * new Vector<double>(minus[i..]) / range;
            up.CopyTo(plus[i..]);
            down.CopyTo(minus[i..]);
            (100 * Vector.Abs(up - down) / (up + down)).CopyTo(directional[i..]);
        }

        for (; i < ranges.Length; i++)
        {
            plus[i] = 100 * plus[i] / ranges[i];
            minus[i] = 100 * minus[i] / ranges[i];
            directional[i] = 100 * Math.Abs(plus[i] - minus[i]) / (plus[i] + minus[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Smooth(ref AdxKernel.State state, ReadOnlySpan<double> directional, Span<double> adx)
    {
        EmaStep step = EmaStep.Wilder(length);
        double value = state.Adx.Value;
        directional = directional[..adx.Length];
        for (int i = 0; i < adx.Length; i++)
        {
            double next = Math.FusedMultiplyAdd(step.Keep, value, step.Alpha * directional[i]);
            adx[i] = next;
            // Of 0/0: the average waits.
            if (double.IsNaN(next)) continue;
            value = next;
        }

        state.Adx.Value = value;
    }
}
