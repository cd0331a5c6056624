using System.Reflection;
using LowLatency.Core.Agents;
using Xunit.Sdk;
using Xunit.v3;

namespace LowLatency.Core.Tests.Rings;

/// <summary>Every graph with every idle strategy.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GraphsAndIdlesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        ITheoryDataRow[] rows =
        [
            .. from graph in RingGraph.All
               from kind in Enum.GetValues<IdleStrategyKind>()
               select new TheoryDataRow<RingGraph, IdleStrategyKind>(graph, kind),
        ];
        return ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(rows);
    }

    public override bool SupportsDiscoveryEnumeration() => false;
}
