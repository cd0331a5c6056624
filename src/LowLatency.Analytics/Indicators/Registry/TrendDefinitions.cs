using LowLatency.Analytics.Indicators.Trend;
using static LowLatency.Analytics.Indicators.Define;

namespace LowLatency.Analytics.Indicators;

/// <summary>Trend.</summary>
internal static class TrendDefinitions
{
    public static IReadOnlyList<IndicatorDefinition> All { get; } =
    [
        Of<AdxKernel, AdxKernel.State>(
            "adx", "average directional index", [Length(14)], ["adx", "plus_di", "minus_di", "dx"], p => new((int)p[0]), p => new AdxBatch((int)p[0])),
        Of<HeikinashiKernel, HeikinashiKernel.State>("heikinashi", "Heikin-Ashi candles", [], ["open", "high", "low", "close"], _ => default),
        Of<HurstKernel, HurstKernel.State>("hurst", "Hurst exponent by rescaled range", [Length(100, 16)], Value, p => new((int)p[0])),
        Of<IchimokuKernel, IchimokuKernel.State>(
            "ichimoku",
            "Ichimoku",
            [Length(9, 1, "tenkan"), Length(26, 1, "kijun"), Length(52, 1, "senkou")],
            ["tenkan", "kijun", "span_a", "span_b", "chikou"],
            p => new((int)p[0], (int)p[1], (int)p[2])),
        Of<LinregKernel, LinregKernel.State>("linreg", "linear regression", [Length(14, 2)], ["slope", "intercept", "endpoint", "r2"], p => new((int)p[0])),
        Of<PsarKernel, PsarKernel.State>(
            "psar", "parabolic stop and reverse", [Number("step", 0.02, 0.0001, 1), Number("most", 0.2, 0.0001, 1)], ["value", "trend"], p => new(p[0], p[1])),
        Of<SupertrendKernel, SupertrendKernel.State>(
            "supertrend", "SuperTrend", [Length(10), Number("ranges", 3, 0.001, 1000)], ["value", "trend"], p => new((int)p[0], p[1])),
    ];
}
