using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Trend;

/// <summary>
/// Least squares of the last n values on 0 (oldest) to n - 1: slope, intercept at the oldest, value at the newest, and r squared, NaN when they are all equal.
/// O(n): the sums are taken anew, of distances from the newest value.
/// </summary>
/// <param name="length">n, at least 2.</param>
internal readonly struct LinregKernel(int length) : IKernel<LinregKernel.State>
{
    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => length;

    public int WarmUp(int output) => length;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double newest = bar.Close;
        _ = new Delay(length).Update(ref state.Ring, window, newest);
        if (!state.Ring.IsFull) return;
        double middle = (length - 1) / 2.0;
        double sum = 0;
        double moment = 0;
        double squares = 0;
        int place = state.Ring.Next;
        for (int i = 0; i < length; i++)
        {
            double distance = window[place] - newest;
            sum += distance;
            moment += (i - middle) * distance;
            squares += distance * distance;
            if (++place == length) place = 0;
        }

        double spread = (double)length * (((double)length * length) - 1) / 12;
        double mean = sum / length;
        double variation = squares - (sum * mean);
        double slope = moment / spread;
        values[0] = slope;
        values[1] = newest + mean - (slope * middle);
        values[2] = newest + mean + (slope * middle);
        values[3] = squares == 0 ? double.NaN : Math.Min(1, moment * moment / (spread * variation));
    }

    internal struct State
    {
        public DelayState Ring;
    }
}
