namespace LowLatency.Analytics.Reversals;

/// <summary>Trend of one timeframe: the sign of an average's last change.</summary>
/// <param name="length">Length of the average, in bars.</param>
internal struct TrendLane(int length)
{
    private MeanSeededEma _average = new(length);

    /// <summary>+1, -1, or 0 when the average has not changed or is not there yet.</summary>
    public int Sign { get; private set; }

    public void Update(double close)
    {
        double before = _average.Value;
        _average.Update(close);
        Sign = Threshold.SignOf(_average.Value - before, close);
    }

    /// <summary>Another length, as <see cref="MeanSeededEma.Change"/>.</summary>
    public void Change(int length) => _average.Change(length);
}
