using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Indicators;
using LowLatency.Analytics.Tests.Bars;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Tests.Indicators.Restatement;

/// <summary>Ticks of every adversity through the bar builder, and its bars through the indicators, in batches of any size.</summary>
internal sealed class RestatementRun
{
    /// <summary>Short, so that lanes of few bars have values; with every kind of memory.</summary>
    public static readonly string[] Names =
    [
        "sma(2)", "sma(9)", "ema(3)", "rsi(2)", "macd(2,4,3)", "bbands(5,2)", "atr(3)", "stoch(4,2,2)", "adx(2)", "obv", "vwap", "vwap(1)", "chop(3)", "zlma(3,volume)", "ema(3,rsi(2))",
        "ichimoku(2,3,4)", "aroon(3)", "psar", "supertrend(2,3)", "kama(3,2,5)", "hma(4)", "linreg(3)", "cci(3)", "mfi(3)", "ultosc(2,3,4)", "tsi(3,2,2)", "hurst(16)", "heikinashi", "tema(2)",
        "wma(4,ema(3,adx(2).plus_di))", "sma(3,macd(2,3,2).hist)", "stddev(12)", "mom(2,high)",
    ];

    public RestatementRun(int seed, BarSettings bars, IndicatorSettings settings, string[] names, int ticks = 400)
    {
        BarSpec[] specs = [.. bars.Intervals.Select(t => BarSpec.TryParse(t, out BarSpec? spec) ? spec! : throw new ArgumentException(t))];
        if (bars.Tick > 0) specs = [.. specs, BarSpec.OfEvents(BarKind.Tick, bars.Tick)];
        Twin = new NaiveIndicators(names, settings.Restate);
        (TickRecord[] input, int[] causes, _) = AdversarialTicks.Normalize(AdversarialTicks.Make(seed, ticks));
        var timeBars = new TimeBarBuilder(bars, [.. specs.Where(s => s.Kind == BarKind.Time)], saysWaiting: settings.Provisional);
        var eventBars = new EventBarBuilder(bars, specs);
        var builder = new IndicatorBuilder([.. names.Select(IndicatorRegistry.Create)], specs, settings, bars.Revisable, room: 1);
        var random = new Random(seed);
        for (int at = 0; at < input.Length;)
        {
            int length = Math.Min(random.Next(1, 90), input.Length - at);
            (EmittedList<BarRecord> ofTime, EmittedList<BarRecord> ofEvents) = (new(1), new(1));
            timeBars.Build(input.AsSpan(at, length), causes.AsSpan(at, length), 0, ofTime);
            eventBars.Build(input.AsSpan(at, length), causes.AsSpan(at, length), 0, ofEvents, new EmittedList<ImbalanceRecord>(1));
            var merged = new EmittedList<BarRecord>(1);
            merged.Merge(ofTime, ofEvents);
            Take(builder, merged);
            at += length;
        }

        var left = new EmittedList<BarRecord>(1);
        timeBars.SayOpenBars(left);
        Take(builder, left);
    }

    public NaiveIndicators Twin { get; }

    public List<IndicatorSay> Said { get; } = [];

    public List<BarRecord> Bars { get; } = [];

    public IEnumerable<IndicatorSay> OfClosedBars => Said.Where(s => !s.Provisional);

    private void Take(IndicatorBuilder builder, EmittedList<BarRecord> bars)
    {
        var output = new EmittedList<IndicatorRecord>(1);
        builder.Build(bars.Items, bars.Causes, output);
        for (int i = 0; i < output.Count; i++) Said.Add(IndicatorSay.Of(output.Items[i], output.Causes[i]));
        Twin.On(bars.Items.ToArray(), bars.Causes.ToArray(), 0);
        Bars.AddRange(bars.Items);
    }
}
