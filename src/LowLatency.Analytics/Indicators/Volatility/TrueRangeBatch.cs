using System.Numerics;
using System.Runtime.CompilerServices;

namespace LowLatency.Analytics.Indicators.Volatility;

/// <summary>True ranges of whole columns, vectorised along time.</summary>
internal static class TrueRangeBatch
{
    /// <summary>The true ranges of bars <paramref name="from"/> and on, as many as there is room for.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="from">The first, at least 1.</param>
    /// <param name="ranges">Receives them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in BarSeries bars, int from, Span<double> ranges)
    {
        ReadOnlySpan<double> high = bars.High.Slice(from, ranges.Length);
        ReadOnlySpan<double> low = bars.Low.Slice(from, ranges.Length);
        ReadOnlySpan<double> last = bars.Close.Slice(from - 1, ranges.Length);
        int width = Vector<double>.Count;
        int i = 0;
        for (; i <= ranges.Length - width; i += width)
        {
            var h = new Vector<double>(high[i..]);
            var l = new Vector<double>(low[i..]);
            var c = new Vector<double>(last[i..]);
            Vector.MaxNative(h - l, Vector.MaxNative(Vector.Abs(h - c), Vector.Abs(l - c))).CopyTo(ranges[i..]);
        }

        for (; i < ranges.Length; i++) ranges[i] = double.MaxNative(high[i] - low[i], double.MaxNative(Math.Abs(high[i] - last[i]), Math.Abs(low[i] - last[i])));
    }
}
