namespace LowLatency.Benchmarks;

/// <summary>Says to which suite of the command line a class of benchmarks belongs.</summary>
/// <param name="name">The suite: core, market, …</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SuiteAttribute(string name) : Attribute
{
    /// <summary>The suite's name.</summary>
    public string Name { get; } = name;
}
