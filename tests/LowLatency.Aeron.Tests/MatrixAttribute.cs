using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace LowLatency.Aeron.Tests;

/// <summary>Runs a theory once for each value of an enum.</summary>
public abstract class MatrixAttribute<TEnum> : DataAttribute
    where TEnum : struct, Enum
{
    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<TEnum>().Select(value => new TheoryDataRow(value))]);

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;
}
