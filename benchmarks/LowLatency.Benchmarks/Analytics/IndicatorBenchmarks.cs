using BenchmarkDotNet.Attributes;
using LowLatency.Analytics.Indicators;
using LowLatency.Market.Records;

namespace LowLatency.Benchmarks.Analytics;

/// <summary>Indicators, a value an operation: bar by bar over many instruments, and over one whole series.</summary>
[Suite("analytics")]
public class IndicatorBenchmarks
{
    private const int Bars = 4096;
    private const int Lanes = 64;

    private readonly BarRecord[] _bars = new BarRecord[Bars];
    private readonly int[] _lanes = new int[Bars];
    private readonly double[] _series = new double[Bars];
    private readonly double[] _values = new double[Bars];
    private Indicator _indicator = null!;

    /// <summary>The indicator.</summary>
    [Params("sma(20)", "ema(21)", "rsi(14)")]
    public string Name { get; set; } = "";

    /// <summary>Makes the bars.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        if (!IndicatorRegistry.TryCreate(Name, out Indicator? indicator, out string? mistake)) throw new InvalidOperationException(mistake);
        _indicator = indicator!;
        _indicator.EnsureLanes(Lanes);
        var random = new Random(7);
        for (int i = 0; i < Bars; i++)
        {
            _series[i] = 100 + random.NextDouble();
            _bars[i].Close = _series[i];
            _lanes[i] = i % Lanes;
        }
    }

    /// <summary>Streaming.</summary>
    [Benchmark(OperationsPerInvoke = Bars)]
    public void Update() => _indicator.Update(_bars, _lanes, _values);

    /// <summary>Batch; it makes a kernel of its own, which is what it allocates.</summary>
    [Benchmark(OperationsPerInvoke = Bars)]
    public void Compute() => _indicator.Compute(_series, _values);
}
