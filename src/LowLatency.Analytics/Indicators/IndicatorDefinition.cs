using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Indicators;

/// <summary>An entry of the registry.</summary>
/// <param name="Name">As it is written before the parenthesis.</param>
/// <param name="Summary">What it is, in a line.</param>
/// <param name="Parameters">Its parameters, in order.</param>
/// <param name="Outputs">The names of its values, in order.</param>
/// <param name="Create">Makes one from its name and the values of its parameters.</param>
public sealed record IndicatorDefinition(
    string Name,
    string Summary,
    IReadOnlyList<IndicatorParameter> Parameters,
    IReadOnlyList<string> Outputs,
    Func<IndicatorSpec, IReadOnlyList<int>, Indicator> Create);
