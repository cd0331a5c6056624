namespace LowLatency.Analytics.Indicators;

/// <summary>
/// The indicators that there are, and how their names in settings are read: <c>name(parameters)</c>, the last parameters may be left out. An indicator of
/// one series can be computed on another number of the bar, <c>zlma(20, volume)</c>, or on an output of another indicator, <c>ema(20, rsi(14))</c>,
/// <c>ema(9, macd(12,26,9).signal)</c>; <c>of:</c> may stand before either.
/// </summary>
public static class IndicatorRegistry
{
    /// <summary>The indicators, in alphabetical order.</summary>
    public static IReadOnlyList<IndicatorDefinition> Definitions { get; } =
    [
        .. ((IEnumerable<IndicatorDefinition>)[.. AverageDefinitions.All, .. MomentumDefinitions.All, .. TrendDefinitions.All, .. VolatilityDefinitions.All, .. VolumeDefinitions.All])
            .OrderBy(d => d.Name, StringComparer.Ordinal),
    ];

    /// <summary>Other names that are understood: the usual one of each.</summary>
    public static IReadOnlyDictionary<string, string> Aliases { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["bollinger"] = "bbands",
        ["linregslope"] = "linreg",
        ["rma"] = "smma",
        ["stochastic"] = "stoch",
        ["zlema"] = "zlma",
    };

    /// <summary>Makes the indicator that a name describes.</summary>
    /// <param name="name">For example <c>rsi(14)</c>; spaces and capitals do not matter.</param>
    /// <param name="indicator">The indicator, under its name in full and without spaces.</param>
    /// <param name="mistake">What is wrong with the name, and what is allowed.</param>
    public static bool TryCreate(string name, out Indicator? indicator, out string? mistake)
    {
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            indicator = new IndicatorParser(name).Parse();
            mistake = null;
            return true;
        }
        catch (FormatException e)
        {
            indicator = null;
            mistake = e.Message;
            return false;
        }
    }

    /// <summary>Makes the indicator that a name describes.</summary>
    /// <param name="name">For example <c>rsi(14)</c>.</param>
    /// <exception cref="FormatException">The name is wrong; the message says what is allowed.</exception>
    public static Indicator Create(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new IndicatorParser(name).Parse();
    }
}
