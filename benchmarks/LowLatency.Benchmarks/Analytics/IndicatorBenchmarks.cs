using BenchmarkDotNet.Attributes;
using LowLatency.Analytics.Indicators;
using LowLatency.Market.Records;

namespace LowLatency.Benchmarks.Analytics;

/// <summary>Indicators, a bar an operation: bar by bar over many lanes, and over columns of a million bars.</summary>
[Suite("analytics")]
public class IndicatorBenchmarks
{
    private const int Bars = 4096;
    private const int Lanes = 64;
    private const int Million = 1_000_000;

    private readonly BarRecord[] _bars = new BarRecord[Bars];
    private readonly int[] _lanes = new int[Bars];
    private readonly double[] _high = new double[Million];
    private readonly double[] _low = new double[Million];
    private readonly double[] _close = new double[Million];
    private double[] _rows = [];
    private double[] _columns = [];
    private Indicator _indicator = null!;

    /// <summary>The indicator.</summary>
    [Params("sma(20)", "ema(20)", "rsi(14)", "macd(12,26,9)", "bbands(20,2)", "atr(14)", "stoch(14,3,3)", "adx(14)")]
    public string Name { get; set; } = "";

    /// <summary>Makes the bars: a random walk.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _indicator = IndicatorRegistry.Create(Name);
        _indicator.EnsureLanes(Lanes);
        _rows = new double[Bars * _indicator.Spec.Outputs.Count];
        _columns = new double[Million * ColumnsOf(Name)];
        var random = new Random(7);
        double price = 100;
        for (int i = 0; i < Million; i++)
        {
            double open = price;
            price += (random.NextDouble() - 0.5) * 0.1;
            _close[i] = price;
            _high[i] = Math.Max(open, price) + (random.NextDouble() * 0.05);
            _low[i] = Math.Min(open, price) - (random.NextDouble() * 0.05);
            if (i >= Bars) continue;
            _bars[i] = new BarRecord { Open = open, High = _high[i], Low = _low[i], Close = price, Volume = 100 };
            _lanes[i] = i % Lanes;
        }
    }

    /// <summary>Streaming, by turns over 64 lanes, all outputs.</summary>
    [Benchmark(OperationsPerInvoke = Bars)]
    public void Update() => _indicator.Update(_bars, _lanes, _rows);

    /// <summary>Batch: the outputs that charts show (three bands, %K and %D, ADX alone).</summary>
    [Benchmark(OperationsPerInvoke = Million)]
    public void Compute() => _indicator.Compute(new BarSeries { High = _high, Low = _low, Close = _close }, _columns);

    private static int ColumnsOf(string name) => name[..3] switch
    {
        "mac" or "bba" => 3,
        "sto" => 2,
        _ => 1,
    };
}
