using System.Reflection;
using LowLatency.Core.Rings;
using Xunit.Sdk;
using Xunit.v3;

namespace LowLatency.Core.Tests.Rings;

/// <summary>Both producer modes, every shape, and rings of 2, 8 and 64 slots.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CombinatorialRingsAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        ITheoryDataRow[] rows =
        [
            .. from mode in Enum.GetValues<ProducerMode>()
               from shape in RingShape.All
               from capacity in (int[])[2, 8, 64]
               select new TheoryDataRow<ProducerMode, RingShape, int>(mode, shape, capacity),
        ];
        return ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(rows);
    }

    public override bool SupportsDiscoveryEnumeration() => false;
}
