namespace LowLatency.Analytics.Reversals;

/// <summary>Exponential moving average: the mean of the first n values at the n-th, then e += 2 / (n + 1) (x - e).</summary>
/// <param name="length">n.</param>
internal struct MeanSeededEma(int length)
{
    private int _length = length;
    private double _alpha = 2.0 / (length + 1);
    private double _sum;
    private int _seen;

    /// <summary>The average; NaN while there are fewer than n values.</summary>
    public double Value { get; private set; } = double.NaN;

    public void Update(double x)
    {
        if (_seen == _length)
        {
            Value += _alpha * (x - Value);
            return;
        }

        _sum += x;
        if (++_seen == _length) Value = _sum / _length;
    }

    /// <summary>Another n: an average that is warm goes on from its value, one that is not begins again.</summary>
    public void Change(int length)
    {
        if (length == _length) return;
        bool warm = _seen == _length;
        double value = Value;
        this = new MeanSeededEma(length);
        if (!warm) return;
        _seen = length;
        Value = value;
    }
}
