using LowLatency.Analytics.Indicators.Momentum;
using static LowLatency.Analytics.Indicators.Define;

namespace LowLatency.Analytics.Indicators;

/// <summary>Momentum and oscillators.</summary>
internal static class MomentumDefinitions
{
    public static IReadOnlyList<IndicatorDefinition> All { get; } =
    [
        Of<AroonKernel, AroonKernel.State>("aroon", "Aroon", [Length(25)], ["up", "down", "osc"], p => new((int)p[0], p[1] == 1), option: Choice("ties", "newest", "oldest")),
        Of<CciKernel, CciKernel.State>("cci", "commodity channel index", [Length(20, 2)], Value, p => new((int)p[0])),
        Of<CmoKernel, CmoKernel.State>("cmo", "Chande momentum oscillator", [Length(14)], Value, p => new((int)p[0], p[1] == 1), option: Choice("average", "simple", "wilder")),
        Of<MacdKernel, MacdKernel.State>(
            "macd",
            "moving average convergence divergence",
            [Length(12, 1, "fast"), Length(26, 1, "slow"), Length(9, 1, "signal")],
            ["macd", "signal", "hist"],
            p => new((int)p[0], (int)p[1], (int)p[2], p[3] == 1),
            p => p[3] == 1 ? null : new MacdBatch((int)p[0], (int)p[1], (int)p[2]),
            Seed),
        Of<MomKernel, MomKernel.State>("mom", "momentum", [Length(10)], Value, p => new((int)p[0])),
        Of<RocKernel, RocKernel.State>("roc", "rate of change, percent", [Length(10)], Value, p => new((int)p[0])),
        Of<RsiKernel, RsiKernel.State>("rsi", "relative strength index (Wilder)", [Length(14, 2)], Value, p => new((int)p[0]), p => new RsiBatch((int)p[0])),
        Of<StochKernel, StochKernel.State>(
            "stoch",
            "stochastic",
            [Length(14), Length(3, 1, "smooth"), Length(3, 1, "signal")],
            ["k", "d", "raw_k"],
            p => new((int)p[0], (int)p[1], (int)p[2]),
            p => new StochBatch((int)p[0], (int)p[1], (int)p[2])),
        Of<TrixKernel, TrixKernel.State>("trix", "change of the triple exponential average, percent", [Length(15)], Value, p => new((int)p[0])),
        Of<TsiKernel, TsiKernel.State>(
            "tsi",
            "true strength index",
            [Length(25, 1, "long"), Length(13, 1, "short"), Length(7, 1, "signal")],
            ["value", "signal"],
            p => new((int)p[0], (int)p[1], (int)p[2], p[3] == 1),
            option: Seed),
        Of<UltoscKernel, UltoscKernel.State>(
            "ultosc",
            "ultimate oscillator",
            [Length(7, 1, "short"), Length(14, 1, "middle"), Length(28, 1, "long")],
            Value,
            p => new((int)p[0], (int)p[1], (int)p[2])),
        Of<WillrKernel, WillrKernel.State>("willr", "Williams %R", [Length(14)], Value, p => new((int)p[0])),
    ];
}
