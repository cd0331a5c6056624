namespace LowLatency.Market.Streams;

/// <summary>An indicator that the engine computes on every kind of bar.</summary>
/// <param name="Name">As channels name it: rsi(14).</param>
/// <param name="Outputs">The names of its values, in their order in the record.</param>
public sealed record IndicatorSpec(string Name, IReadOnlyList<string> Outputs);
