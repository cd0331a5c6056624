namespace LowLatency.Analytics.Indicators.Volume;

/// <summary>Where in its range a bar closed, times its volume.</summary>
internal static class MoneyFlow
{
    /// <summary>volume ((close - low) - (high - close)) / (high - low); 0 when high and low are equal.</summary>
    public static double Of(in BarInput bar)
    {
        double range = bar.High - bar.Low;
        return range == 0 ? 0 : bar.Volume * ((bar.Close - bar.Low - (bar.High - bar.Close)) / range);
    }
}
