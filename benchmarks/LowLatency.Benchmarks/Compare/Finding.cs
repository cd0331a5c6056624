namespace LowLatency.Benchmarks.Compare;

/// <summary>One line of a comparison.</summary>
/// <param name="Subject">What was compared.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Text">The numbers.</param>
public sealed record Finding(string Subject, Verdict Verdict, string Text);
