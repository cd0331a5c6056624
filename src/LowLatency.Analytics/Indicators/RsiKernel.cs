namespace LowLatency.Analytics.Indicators;

/// <summary>
/// Relative strength index (Wilder 1978): 100 G / (G + L), where G and L are Wilder's averages of the gains and losses from value to value; they
/// begin with the means over the first n changes. NaN while nothing has ever moved (0/0). O(1) an update.
/// </summary>
/// <param name="length">n.</param>
internal struct RsiKernel(int length) : ISeriesKernel
{
    private int[] _seen = [];
    private double[] _last = [];
    private double[] _gain = [];
    private double[] _loss = [];

    public readonly int WarmUp => length + 1;

    public void EnsureLanes(int lanes)
    {
        if (lanes <= _seen.Length) return;
        Array.Resize(ref _seen, lanes);
        Array.Resize(ref _last, lanes);
        Array.Resize(ref _gain, lanes);
        Array.Resize(ref _loss, lanes);
    }

    public readonly double Update(int lane, double x)
    {
        double change = x - _last[lane];
        _last[lane] = x;
        int changes = _seen[lane];
        if (changes <= length) _seen[lane]++;
        if (changes == 0) return double.NaN;
        double up = Math.Max(change, 0);
        double down = Math.Max(-change, 0);
        ref double gain = ref _gain[lane];
        ref double loss = ref _loss[lane];
        if (changes > length)
        {
            gain += (up - gain) / length;
            loss += (down - loss) / length;
        }
        else
        {
            gain += up;
            loss += down;
            if (changes < length) return double.NaN;
            gain /= length;
            loss /= length;
        }

        return 100 * gain / (gain + loss);
    }
}
