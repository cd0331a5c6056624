namespace LowLatency.Analytics.Intensity;

/// <summary>How the intensity is smoothed.</summary>
public enum Smoothing
{
    /// <summary>Exponential moving average; begins with the mean of its first n values.</summary>
    Ema,

    /// <summary>Mean of the last n values.</summary>
    Sma,

    /// <summary>Zero-lag exponential moving average (Ehlers and Way 2010), not below 0.</summary>
    Zlma,
}
