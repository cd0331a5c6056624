using BenchmarkDotNet.Attributes;
using LowLatency.Core.Agents;

namespace LowLatency.Benchmarks.Core;

/// <summary>What parking costs the two sides besides the sleep itself.</summary>
[Suite("core")]
public class ParkerBenchmarks
{
    private readonly Parker _parker = new();

    /// <summary>The publisher's side when nobody is parked: once a publication and parker.</summary>
    [Benchmark]
    public void LookForASleeper() => _parker.UnparkIfParked();

    /// <summary>The sleeper's barrier on all cores: once a park.</summary>
    [Benchmark]
    public void BarrierOnAllCores() => Interlocked.MemoryBarrierProcessWide();

    /// <summary>A wake-up and the park that it ends at once.</summary>
    [Benchmark]
    public void WakeAndPark()
    {
        _parker.Unpark();
        _parker.Park([], 1);
    }
}
