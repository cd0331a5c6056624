namespace LowLatency.Analytics.Indicators.Volatility;

/// <summary>The true range from bar to bar: the larger of high - low and the distances of both from the close before.</summary>
internal struct TrueRange
{
    private double _last;
    private bool _isStarted;

    /// <summary>The close before; 0 at the start.</summary>
    public readonly double Last => _last;

    /// <summary>Takes the next bar.</summary>
    /// <returns>Its true range; NaN for the first.</returns>
    public double Update(in BarInput bar)
    {
        double last = _last;
        _last = bar.Close;
        double range = double.MaxNative(bar.High - bar.Low, double.MaxNative(Math.Abs(bar.High - last), Math.Abs(bar.Low - last)));
        if (_isStarted) return range;
        _isStarted = true;
        return double.NaN;
    }
}
