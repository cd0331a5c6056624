using System.Numerics;
using System.Runtime.CompilerServices;

namespace LowLatency.Analytics.Indicators.Windows;

/// <summary>The highest or lowest of the last n values by vectors: windows of 1, 2, 4 … values are joined in pairs, so that n takes log2 n passes.</summary>
internal static class ExtremeBatch
{
    /// <summary>Reduces the values in place: afterwards place i holds the highest of places i to i + n - 1; the last n - 1 places hold nothing of use.</summary>
    /// <param name="x">The values.</param>
    /// <param name="length">n.</param>
    /// <param name="lowest">Whether it is the lowest.</param>
    public static void Run(Span<double> x, int length, bool lowest)
    {
        int span = 1;
        for (; span * 2 <= length; span *= 2) Join(x, span, lowest);
        if (span < length) Join(x, length - span, lowest);
    }

    private static void Join(Span<double> x, int distance, bool lowest)
    {
        if (lowest) JoinLowest(x, distance);
        else JoinHighest(x, distance);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void JoinHighest(Span<double> x, int distance)
    {
        Span<double> other = x[distance..];
        int width = Vector<double>.Count;
        int i = 0;
        for (; i <= other.Length - width; i += width) Vector.MaxNative(new Vector<double>(x[i..]), new Vector<double>(other[i..])).CopyTo(x[i..]);
        for (; i < other.Length; i++) x[i] = double.MaxNative(x[i], other[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void JoinLowest(Span<double> x, int distance)
    {
        Span<double> other = x[distance..];
        int width = Vector<double>.Count;
        int i = 0;
        for (; i <= other.Length - width; i += width) Vector.MinNative(new Vector<double>(x[i..]), new Vector<double>(other[i..])).CopyTo(x[i..]);
        for (; i < other.Length; i++) x[i] = double.MinNative(x[i], other[i]);
    }
}
