using LowLatency.Analytics.Indicators.Windows;
using LowLatency.Analytics.Numerics;

namespace LowLatency.Analytics.Indicators.Trend;

/// <summary>
/// Hurst exponent by rescaled range: the slope of log(mean R/S) on log(size) over the last n log returns cut into pieces of n, n/2, n/4 and n/8, up to the newest.
/// R is the range of the summed distances from the mean, S the population deviation. NaN when a piece is constant or a value is not positive. O(n).
/// </summary>
/// <param name="length">n, at least 16.</param>
internal readonly struct HurstKernel(int length) : IKernel<HurstKernel.State>
{
    private const int Sizes = 4;

    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => length;

    public int WarmUp(int output) => length + 1;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double step = NaturalLog.OfRatio(bar.Close, state.Last);
        state.Last = bar.Close;
        if (!state.IsStarted)
        {
            state.IsStarted = true;
            return;
        }

        _ = new Delay(length).Update(ref state.Ring, window, step);
        if (!state.Ring.IsFull) return;
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        for (int i = 0; i < Sizes; i++)
        {
            int size = length >> i;
            double x = NaturalLog.Of(size);
            double y = NaturalLog.Of(MeanRescaledRange(window, state.Ring.Next, size));
            sumX += x;
            sumY += y;
            sumXx += x * x;
            sumXy += x * y;
        }

        double slope = ((Sizes * sumXy) - (sumX * sumY)) / ((Sizes * sumXx) - (sumX * sumX));
        values[0] = double.IsFinite(slope) ? slope : double.NaN;
    }

    private double MeanRescaledRange(ReadOnlySpan<double> ring, int oldest, int size)
    {
        int pieces = length / size;
        // What does not fill a piece is left out, the oldest.
        int first = oldest + length - (pieces * size);
        double total = 0;
        for (int piece = 0; piece < pieces; piece++) total += RescaledRange(ring, first + (piece * size), size);
        return total / pieces;
    }

    private double RescaledRange(ReadOnlySpan<double> ring, int start, int size)
    {
        double sum = 0;
        for (int i = 0; i < size; i++) sum += ring[Place(start + i)];
        double mean = sum / size;
        double along = 0;
        double highest = double.NegativeInfinity;
        double lowest = double.PositiveInfinity;
        double squares = 0;
        for (int i = 0; i < size; i++)
        {
            double distance = ring[Place(start + i)] - mean;
            squares += distance * distance;
            along += distance;
            highest = Math.Max(highest, along);
            lowest = Math.Min(lowest, along);
        }

        return squares == 0 ? double.NaN : (highest - lowest) / Math.Sqrt(squares / size);
    }

    private int Place(int i) => i % length;

    internal struct State
    {
        public DelayState Ring;
        public double Last;
        public bool IsStarted;
    }
}
