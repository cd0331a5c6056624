namespace LowLatency.Analytics.Indicators.Windows;

/// <summary>A sum without end, carried in two doubles with the rounding error of every addition (Knuth's TwoSum), so that it does not drift.</summary>
internal struct CompensatedSum
{
    private double _sum;
    private double _error;

    public readonly double Value => _sum + _error;

    public void Add(double x)
    {
        double sum = _sum;
        double total = sum + x;
        double part = total - sum;
        _error += (sum - (total - part)) + (x - part);
        _sum = total;
    }
}
