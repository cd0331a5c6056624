namespace LowLatency.Analytics.Indicators;

/// <summary>
/// Simple moving average: the mean of the last n values. O(1) an update. The running sum is carried in two doubles, with the rounding error of
/// every addition (Knuth's TwoSum), so that it does not drift.
/// </summary>
/// <param name="length">n.</param>
internal struct SmaKernel(int length) : ISeriesKernel
{
    private double[] _window = [];
    private int[] _next = [];
    private int[] _seen = [];
    private double[] _sum = [];
    private double[] _error = [];

    public readonly int WarmUp => length;

    public void EnsureLanes(int lanes)
    {
        if (lanes <= _next.Length) return;
        Array.Resize(ref _window, lanes * length);
        Array.Resize(ref _next, lanes);
        Array.Resize(ref _seen, lanes);
        Array.Resize(ref _sum, lanes);
        Array.Resize(ref _error, lanes);
    }

    public readonly double Update(int lane, double x)
    {
        int next = _next[lane];
        ref double slot = ref _window[(lane * length) + next];
        // Places not yet filled hold 0.
        Add(lane, -slot);
        Add(lane, x);
        slot = x;
        _next[lane] = next + 1 == length ? 0 : next + 1;
        if (_seen[lane] < length && ++_seen[lane] < length) return double.NaN;
        return (_sum[lane] + _error[lane]) / length;
    }

    private readonly void Add(int lane, double x)
    {
        double sum = _sum[lane];
        double total = sum + x;
        double part = total - sum;
        _error[lane] += (sum - (total - part)) + (x - part);
        _sum[lane] = total;
    }
}
