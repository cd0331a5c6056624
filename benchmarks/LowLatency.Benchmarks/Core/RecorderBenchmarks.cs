using BenchmarkDotNet.Attributes;
using LowLatency.Core.Histograms;

namespace LowLatency.Benchmarks.Core;

/// <summary>The recorder for several threads, written by one.</summary>
[Suite("core")]
public class RecorderBenchmarks
{
    private readonly IntervalRecorder _recorder = new();
    private readonly LatencyHistogram _histogram = new(1, 10_000_000_000, 3);
    private long _ns = 1;

    /// <summary>Records a duration.</summary>
    [Benchmark]
    public void Record()
    {
        _ns = (_ns * 25) & 0xFFFFF;
        _recorder.Record(_ns | 1);
    }

    /// <summary>Records a duration into a histogram of three digits, as the latency experiments do.</summary>
    [Benchmark]
    public void RecordThreeDigits()
    {
        _ns = (_ns * 25) & 0xFFFFF;
        _histogram.Record(_ns | 1);
    }

    /// <summary>Reads the 99th percentile.</summary>
    [Benchmark]
    public long ReadPercentile() => _histogram.Percentile(99);
}
