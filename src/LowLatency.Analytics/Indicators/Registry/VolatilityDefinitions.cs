using LowLatency.Analytics.Indicators.Volatility;
using static LowLatency.Analytics.Indicators.Define;

namespace LowLatency.Analytics.Indicators;

/// <summary>Volatility and channels.</summary>
internal static class VolatilityDefinitions
{
    public static IReadOnlyList<IndicatorDefinition> All { get; } =
    [
        Of<AtrKernel, AtrKernel.State>("atr", "average true range", [Length(14)], Value, p => new((int)p[0]), p => new AtrBatch((int)p[0])),
        Of<BbandsKernel, BbandsKernel.State>(
            "bbands",
            "Bollinger bands",
            [Length(20, 2), Number("deviations", 2, 0.001, 1000)],
            ["upper", "middle", "lower", "percent_b", "width"],
            p => new((int)p[0], p[1]),
            p => new BbandsBatch((int)p[0], p[1])),
        Of<ChopKernel, ChopKernel.State>("chop", "choppiness", [Length(14, 2)], Value, p => new((int)p[0], p[1] == 1), option: Choice("extremes", "plain", "true")),
        Of<DonchianKernel, DonchianKernel.State>("donchian", "Donchian channel", [Length(20)], ["upper", "middle", "lower"], p => new((int)p[0], p[1] == 1), option: Choice("window", "current", "prior")),
        Of<KeltnerKernel, KeltnerKernel.State>(
            "keltner",
            "Keltner channels",
            [Length(20), Number("ranges", 2, 0.001, 1000), Length(10, 1, "atr_length")],
            ["upper", "middle", "lower"],
            p => new((int)p[0], p[1], (int)p[2])),
        Of<StddevKernel, StddevKernel.State>("stddev", "population standard deviation", [Length(20, 2)], Value, p => new((int)p[0])),
        Of<TrKernel, TrKernel.State>("tr", "true range", [], Value, _ => default),
    ];
}
