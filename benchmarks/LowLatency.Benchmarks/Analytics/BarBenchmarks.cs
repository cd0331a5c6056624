using BenchmarkDotNet.Attributes;
using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Batches;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Benchmarks.Analytics;

/// <summary>Trades into bars of all intervals at once, a trade an operation.</summary>
[Suite("analytics")]
public class BarBenchmarks
{
    private const int Trades = 4096;
    private const long StepNs = 1_000_000;

    private readonly TickRecord[] _ticks = new TickRecord[Trades];
    private readonly int[] _causes = new int[Trades];
    private readonly EmittedList<BarRecord> _output = new(1 << 14);
    private TimeBarBuilder _builder = null!;

    /// <summary>How many intervals.</summary>
    [Params(1, 8)]
    public int Intervals { get; set; }

    /// <summary>How many instruments the trades are of, by turns.</summary>
    [Params(1, 64)]
    public int Instruments { get; set; }

    /// <summary>Makes the trades: one each millisecond, the price a random walk.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var settings = new BarSettings();
        _builder = new TimeBarBuilder(settings, [.. settings.Intervals.Take(Intervals).Select(text => BarSpec.TryParse(text, out BarSpec? spec) ? spec! : throw new InvalidOperationException(text))]);
        var random = new Random(7);
        double price = 100;
        for (int i = 0; i < Trades; i++)
        {
            price += (random.NextDouble() - 0.5) * 0.02;
            _ticks[i].Header = new RecordHeader { Type = RecordType.Trade, Source = 1, Instrument = (uint)(i % Instruments), EventNs = 1_789_000_000_000_000_000 + (i * StepNs) };
            _ticks[i].Trade.Price = price;
            _ticks[i].Trade.Size = 1 + random.Next(100);
            _ticks[i].Trade.Aggressor = (sbyte)random.Next(-1, 2);
        }
    }

    /// <summary>Builds, and moves the trades on in time for the next call.</summary>
    [Benchmark(OperationsPerInvoke = Trades)]
    public int Build()
    {
        _output.Clear();
        _builder.Build(_ticks, _causes, 0, _output);
        foreach (ref TickRecord tick in _ticks.AsSpan()) tick.Header.EventNs += Trades * StepNs;
        return _output.Count;
    }
}
