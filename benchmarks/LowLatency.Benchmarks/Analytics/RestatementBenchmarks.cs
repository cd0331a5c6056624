using BenchmarkDotNet.Attributes;
using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Indicators;
using LowLatency.Benchmarks.Kernels;
using LowLatency.Engine.Settings;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Benchmarks.Analytics;

/// <summary>
/// What one bar costs when indicators are said again: from the bar's record to the indicators' records, of one interval. A late trade of an engine with eight
/// intervals costs it once for each interval in which its bar has closed.
/// </summary>
[Suite("analytics")]
public class RestatementBenchmarks
{
    private const long MinuteNs = 60_000_000_000;
    private const int Warm = 500;

    private readonly BarRecord[] _bar = new BarRecord[1];
    private readonly int[] _causes = new int[1];
    private readonly BarRecord[] _bars = new BarRecord[Warm];
    private readonly EmittedList<IndicatorRecord> _output = new(1024);
    private readonly EmittedList<BarRecord> _revised = new(16);
    private readonly TickRecord[] _trade = new TickRecord[1];
    private IndicatorBuilder _builder = null!;
    private IndicatorBuilder _behindTrades = null!;
    private TimeBarBuilder _trades = null!;
    private int _next;

    /// <summary>How many indicators: eight, or the engine's thirteen.</summary>
    [Params(8, 13)]
    public int Indicators { get; set; }

    /// <summary>Makes the bars, a random walk, and lets the indicators see them.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        string[] names = Indicators == 8 ? [.. KernelCase.All.Select(kernel => kernel.Name)] : new LowLatencySettings().Indicators;
        BarSpec[] specs = [new("1m", MinuteNs)];
        var settings = new IndicatorSettings { Restate = true, Provisional = true };
        _builder = new IndicatorBuilder([.. names.Select(IndicatorRegistry.Create)], specs, settings);
        _behindTrades = new IndicatorBuilder([.. names.Select(IndicatorRegistry.Create)], specs, settings);
        _trades = new TimeBarBuilder(new BarSettings { OpenEveryMs = 0 }, specs);
        var random = new Random(7);
        double price = 100;
        for (int i = 0; i < Warm; i++)
        {
            double open = price;
            price += (random.NextDouble() - 0.5) * 0.1;
            _bars[i] = new BarRecord { Open = open, High = Math.Max(open, price) + 0.01, Low = Math.Min(open, price) - 0.01, Close = price, Volume = 1 + random.Next(100) };
        }

        for (int i = 0; i < Warm; i++)
        {
            Close();
            Trade(i, _bars[i].Close, RecordFlags.None);
        }

        if (LateTrade() != Indicators) throw new InvalidOperationException("A late trade does not say the values of one bar again.");
    }

    /// <summary>A late trade one bar back, from the tick to the values: the bar builder revises the last closed bar, and its values are said again.</summary>
    [Benchmark]
    public int LateTrade() => Trade(Warm - 2, _bars[Warm - 2].Close, RecordFlags.Late);

    /// <summary>The bar closes for the first time; the state before it is saved.</summary>
    [Benchmark(Baseline = true)]
    public int Close() => Say(_next++, BarState.Closed);

    /// <summary>The last closed bar is revised: its values are said again.</summary>
    [Benchmark]
    public int ReviseLast() => Say(_next - 1, BarState.Revised);

    /// <summary>The bar before the last is revised: the values of two bars are said again. What is meant by one bar back.</summary>
    [Benchmark]
    public int ReviseOneBack() => Say(_next - 2, BarState.Revised);

    /// <summary>The oldest bar that can be revised: the values of eight bars are said again.</summary>
    [Benchmark]
    public int ReviseOldest() => Say(_next - 8, BarState.Revised);

    /// <summary>Values on the open bar.</summary>
    [Benchmark]
    public int Provisional() => Say(_next, BarState.Open);

    private int Trade(int minute, double price, RecordFlags flags)
    {
        _trade[0].Header = new RecordHeader { Type = RecordType.Trade, EventNs = minute * MinuteNs, Flags = flags };
        (_trade[0].Trade.Price, _trade[0].Trade.Size) = (price, 1);
        _revised.Clear();
        _output.Clear();
        _trades.Build(_trade, _causes, 0, _revised);
        _behindTrades.Build(_revised.Items, _causes, _output);
        return _output.Count;
    }

    private int Say(int minute, BarState state)
    {
        _bar[0] = _bars[minute % Warm];
        _bar[0].StartNs = minute * MinuteNs;
        _bar[0].State = state;
        _output.Clear();
        _builder.Build(_bar, _causes, _output);
        return _output.Count;
    }
}
