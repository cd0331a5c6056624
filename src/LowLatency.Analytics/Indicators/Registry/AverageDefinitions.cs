using LowLatency.Analytics.Indicators.Averages;
using static LowLatency.Analytics.Indicators.Define;

namespace LowLatency.Analytics.Indicators;

/// <summary>Averages.</summary>
internal static class AverageDefinitions
{
    public static IReadOnlyList<IndicatorDefinition> All { get; } =
    [
        Of<DemaKernel, DemaKernel.State>("dema", "double exponential moving average", [Length(20)], Value, p => new((int)p[0])),
        Of<EmaKernel, EmaKernel.State>("ema", "exponential moving average", [Length(20)], Value, p => new((int)p[0], p[1] == 1), p => new EmaBatch(EmaStep.Of((int)p[0], p[1] == 1)), Seed),
        Of<HmaKernel, HmaKernel.State>("hma", "Hull moving average", [Length(20, 2)], Value, p => new((int)p[0])),
        Of<KamaKernel, KamaKernel.State>(
            "kama", "Kaufman's adaptive moving average", [Length(10), Length(2, 1, "fast"), Length(30, 1, "slow")], ["value", "er"], p => new((int)p[0], (int)p[1], (int)p[2])),
        Of<SmaKernel, SmaKernel.State>("sma", "simple moving average", [Length(20)], Value, p => new((int)p[0]), p => new MeanBatch((int)p[0])),
        Of<SmmaKernel, SmmaKernel.State>("smma", "smoothed moving average, Wilder's", [Length(14)], Value, p => new((int)p[0]), p => new EmaBatch(EmaStep.Wilder((int)p[0]))),
        Of<TemaKernel, TemaKernel.State>("tema", "triple exponential moving average", [Length(20)], Value, p => new((int)p[0])),
        Of<VwapKernel, VwapKernel.State>("vwap", "volume-weighted average price since the anchor", [new("days", 0, 0, 36_600, true)], Value, p => new((int)p[0])),
        Of<VwmaKernel, VwmaKernel.State>("vwma", "volume-weighted moving average", [Length(20)], Value, p => new((int)p[0])),
        Of<WmaKernel, WmaKernel.State>("wma", "weighted moving average", [Length(20)], Value, p => new((int)p[0])),
        Of<ZlmaKernel, ZlmaKernel.State>("zlma", "zero-lag moving average", [Length(20)], Value, p => new((int)p[0])),
    ];
}
