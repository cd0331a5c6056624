using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Volatility;

/// <summary>
/// Bollinger bands: mean of n values plus and minus k population standard deviations; percent_b = (x - lower) / (upper - lower), NaN when the bands meet;
/// width = (upper - lower) / middle. O(1) amortised.
/// </summary>
/// <param name="length">n.</param>
/// <param name="deviations">k.</param>
internal readonly struct BbandsKernel(int length, double deviations) : IKernel<BbandsKernel.State>
{
    private readonly WindowMoments _moments = new(length);

    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => 2 * length;

    public int WarmUp(int output) => length;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        if (_moments.Update(ref state.Moments, window, bar.Close, out double mean, out double variance)) Bands(bar.Close, mean, variance, deviations, values);
    }

    /// <summary>The outputs from the moments of a window.</summary>
    public static void Bands(double close, double mean, double variance, double deviations, Span<double> values)
    {
        double distance = deviations * Math.Sqrt(variance);
        double upper = mean + distance;
        double lower = mean - distance;
        values[0] = upper;
        values[1] = mean;
        values[2] = lower;
        values[3] = variance == 0 ? double.NaN : (close - lower) / (upper - lower);
        values[4] = (upper - lower) / mean;
    }

    internal struct State
    {
        public MomentsState Moments;
    }
}
