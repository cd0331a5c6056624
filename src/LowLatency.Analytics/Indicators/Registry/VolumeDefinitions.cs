using LowLatency.Analytics.Indicators.Volume;
using static LowLatency.Analytics.Indicators.Define;

namespace LowLatency.Analytics.Indicators;

/// <summary>Volume.</summary>
internal static class VolumeDefinitions
{
    public static IReadOnlyList<IndicatorDefinition> All { get; } =
    [
        Of<AdlKernel, AdlKernel.State>("adl", "accumulation/distribution line (Chaikin)", [], Value, _ => default),
        Of<AdoscKernel, AdoscKernel.State>("adosc", "Chaikin oscillator", [Length(3, 1, "fast"), Length(10, 1, "slow")], Value, p => new((int)p[0], (int)p[1], p[2] == 1), option: Choice("seed", "first", "mean")),
        Of<CmfKernel, CmfKernel.State>("cmf", "Chaikin money flow", [Length(20)], Value, p => new((int)p[0])),
        Of<MfiKernel, MfiKernel.State>("mfi", "money flow index", [Length(14)], Value, p => new((int)p[0])),
        Of<ObvKernel, ObvKernel.State>("obv", "on-balance volume", [], Value, p => new(p[0] == 1), option: Choice("start", "zero", "volume")),
    ];
}
