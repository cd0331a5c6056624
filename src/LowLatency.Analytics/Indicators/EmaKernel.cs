namespace LowLatency.Analytics.Indicators;

/// <summary>
/// Exponential moving average: begins with the mean of the first n values, at the n-th; then e += 2 / (n + 1) * (x - e). O(1) an update.
/// </summary>
/// <param name="length">n.</param>
internal struct EmaKernel(int length) : ISeriesKernel
{
    private readonly double _alpha = 2.0 / (length + 1);
    private int[] _seen = [];
    private double[] _value = [];

    public readonly int WarmUp => length;

    public void EnsureLanes(int lanes)
    {
        if (lanes <= _seen.Length) return;
        Array.Resize(ref _seen, lanes);
        Array.Resize(ref _value, lanes);
    }

    public readonly double Update(int lane, double x)
    {
        ref double value = ref _value[lane];
        if (_seen[lane] >= length)
        {
            value += _alpha * (x - value);
            return value;
        }

        value += x;
        if (++_seen[lane] < length) return double.NaN;
        value /= length;
        return value;
    }
}
