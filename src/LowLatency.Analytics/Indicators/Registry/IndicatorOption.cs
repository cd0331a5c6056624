namespace LowLatency.Analytics.Indicators;

/// <summary>A choice between conventions, written <c>name=choice</c> behind an indicator's numbers; the first is what it is when left out.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Choices">The conventions.</param>
public sealed record IndicatorOption(string Name, IReadOnlyList<string> Choices)
{
    /// <summary>How it is written, with all choices.</summary>
    public string Usage => $"{Name}={string.Join('|', Choices)}";
}
