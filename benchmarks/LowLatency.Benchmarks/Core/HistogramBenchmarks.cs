using BenchmarkDotNet.Attributes;
using LowLatency.Core.Clocks;
using LowLatency.Core.Hashing;
using LowLatency.Core.Histograms;

namespace LowLatency.Benchmarks.Core;

/// <summary>What measuring and proving cost: the histogram, the clocks, the digest.</summary>
[Suite("core")]
public class HistogramBenchmarks
{
    private readonly LatencyHistogram _histogram = new();
    private readonly byte[] _record = new byte[64];
    private RecordDigest _digest;
    private long _ns = 1;

    /// <summary>Records a duration.</summary>
    [Benchmark]
    public void Record()
    {
        _ns = (_ns * 25) & 0xFFFFF;
        _histogram.Record(_ns | 1);
    }

    /// <summary>Reads the monotonic clock.</summary>
    [Benchmark]
    public long MonotonicNs() => SystemClock.Instance.MonotonicNs();

    /// <summary>Reads the time of day.</summary>
    [Benchmark]
    public long EpochNs() => SystemClock.Instance.EpochNs();

    /// <summary>Adds a record of 64 bytes to a digest.</summary>
    [Benchmark]
    public void Digest() => _digest.Add(_record);
}
