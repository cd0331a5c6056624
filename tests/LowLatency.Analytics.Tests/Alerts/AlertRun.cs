using LowLatency.Analytics.Alerts;
using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Indicators;
using LowLatency.Analytics.Intensity;
using LowLatency.Analytics.Normalization;
using LowLatency.Analytics.Reversals;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Tests.Alerts;

/// <summary>Leads input records through the whole of analytics, in batches, and keeps what every part said.</summary>
internal sealed class AlertRun
{
    public static readonly string[] Symbols = ["AUSDT", "BUSDT", "C"];

    private readonly Normalizer _normalizer = new(new NormalizationSettings { OutlierWindow = 5 });
    private readonly TimeBarBuilder _timeBars;
    private readonly EventBarBuilder _eventBars;
    private readonly IndicatorSpec[] _specs;
    private readonly IndicatorBuilder _indicators;
    private readonly IndicatorBuilder _apart;
    private readonly SignalBuilder _signals;
    private readonly AlertSources _sources;
    private long _done;

    public AlertRun(IReadOnlyList<AlertSettings> rules, long graceNs = 0, bool restate = false, bool provisional = false)
    {
        GraceNs = graceNs;
        var settings = new BarSettings { Intervals = ["1s", "5s"], OpenEveryMs = 100, GraceNs = graceNs, Fill = BarFill.Previous, Tick = 3, Renko = 0.05, ImbalanceTrades = 4, ImbalanceSpan = 10 };
        BarSpec[] time = [new("1s", 1_000_000_000), new("5s", 5_000_000_000)];
        Bars = [.. time, BarSpec.OfEvents(BarKind.Tick, 3), BarSpec.OfEvents(BarKind.Renko, 0.05), BarSpec.OfEvents(BarKind.Imbalance, 4)];
        _timeBars = new TimeBarBuilder(settings, time);
        _eventBars = new EventBarBuilder(settings, Bars);
        Indicator[] Make() => [.. new[] { "sma(2)", "ema(3)", "bbands(3,1)" }.Select(IndicatorRegistry.Create)];
        var when = new IndicatorSettings { Restate = restate, Provisional = provisional };
        _specs = [.. Make().Select(i => i.Spec)];
        _indicators = new IndicatorBuilder(Make(), Bars, when);
        _apart = new IndicatorBuilder(Make(), Bars, when);
        var intensity = new IntensitySettings { PathTrades = 3, SmoothingLength = 2, Window = 10, Recent = 2, PublishEveryTrades = 2 };
        var reversals = new ReversalSettings { EmaFast = 1, EmaSlow = 2, VolumeSma = 1, V3 = { Low = "1s", High = "5s", VolumeRatio = 0 }, V4 = { Interval = "1s", VolumeRatio = 0, ChoppinessMax = 1000, ChoppinessLength = 2 } };
        _signals = new SignalBuilder(intensity, reversals, Bars, graceNs);
        _sources = new AlertSources(Bars, _specs, hasSignals: true);
        Builder = new AlertBuilder(AlertRules.Compile(rules, _sources, Table), Bars, graceNs, consolidates: true, i => Symbols[i]);
    }

    public long GraceNs { get; }

    public IReadOnlyList<BarSpec> Bars { get; }

    public AlertTable Table { get; } = new();

    public AlertBuilder Builder { get; }

    public List<(TickRecord Tick, long Input)> Ticks { get; } = [];

    /// <summary>The closed bars, each with what is said of it: fields and indicators, by the names of rules.</summary>
    public List<(BarRecord Bar, Dictionary<string, double> Values)> Closed { get; } = [];

    public List<IntensityRecord> Intensities { get; } = [];

    public List<SpikeRecord> Spikes { get; } = [];

    public List<ReversalRecord> Reversals { get; } = [];

    public List<AlertRecord> Alerts { get; } = [];

    public int Restated { get; private set; }

    public int Provisional { get; private set; }

    public void Change(params AlertSettings[] rules) => Builder.Change(AlertRules.Compile(rules, _sources, Table));

    public void AddInBatches(TickRecord[] input, int[] lengths)
    {
        for (int at = 0, i = 0; at < input.Length; i++)
        {
            int length = Math.Min(lengths[i % lengths.Length], input.Length - at);
            Add(input.AsSpan(at, length));
            at += length;
        }
    }

    public void Add(params ReadOnlySpan<TickRecord> input)
    {
        var ticks = new EmittedList<TickRecord>(1);
        var ofTime = new EmittedList<BarRecord>(1);
        var ofEvents = new EmittedList<BarRecord>(1);
        var bars = new EmittedList<BarRecord>(1);
        var imbalances = new EmittedList<ImbalanceRecord>(1);
        var signals = new SignalList(1, 1);
        var alerts = new EmittedList<AlertRecord>(1);
        _normalizer.Normalize(input, _done, ticks);
        _timeBars.Build(ticks.Items, ticks.Causes, _done, ofTime);
        _eventBars.Build(ticks.Items, ticks.Causes, _done, ofEvents, imbalances);
        bars.Merge(ofTime, ofEvents);
        var indicators = new EmittedList<IndicatorRecord>(1);
        _indicators.Build(bars.Items, bars.Causes, indicators);
        Restated += indicators.Items.ToArray().Count(r => r.Revision > 0);
        Provisional += indicators.Items.ToArray().Count(r => (r.Header.Flags & RecordFlags.Provisional) != 0);
        AddClosed(bars, imbalances);
        _signals.Build(ticks.Items, ticks.Causes, bars.Items, bars.Causes, _done, signals);
        Builder.Build(new AlertInput(_done, ticks, bars, indicators, imbalances, signals), alerts);
        for (int i = 0; i < ticks.Count; i++) Ticks.Add((ticks.Items[i], _done + ticks.Causes[i]));
        Intensities.AddRange(signals.Intensities.Items);
        Spikes.AddRange(signals.Spikes.Items);
        Reversals.AddRange(signals.Reversals.Items);
        Alerts.AddRange(alerts.Items);
        for (int i = 0; i < alerts.Count; i++) Assert.Equal(_done + alerts.Causes[i], alerts.Items[i].Input);
        _done += input.Length;
    }

    // What each bar alone makes the indicators say: of a closed one its own values.
    private void AddClosed(EmittedList<BarRecord> bars, EmittedList<ImbalanceRecord> imbalances)
    {
        int imbalance = 0;
        for (int b = 0; b < bars.Count; b++)
        {
            BarRecord bar = bars.Items[b];
            var said = new EmittedList<IndicatorRecord>(1);
            _apart.Build(bars.Items.Slice(b, 1), bars.Causes.Slice(b, 1), said);
            if (bar.State != BarState.Closed) continue;
            Dictionary<string, double> values = new()
            {
                ["open"] = bar.Open, ["high"] = bar.High, ["low"] = bar.Low, ["close"] = bar.Close, ["volume"] = bar.Volume, ["vwap"] = bar.Vwap, ["count"] = bar.Count, ["buy_volume"] = bar.BuyVolume,
            };
            if (Bars[bar.Spec].Kind == BarKind.Imbalance) (values["theta"], values["threshold"]) = (imbalances.Items[imbalance].Theta, imbalances.Items[imbalance++].Threshold);
            for (int i = 0; i < _specs.Length; i++)
            {
                IndicatorRecord[] own = [.. said.Items.ToArray().Where(r => r.Indicator == i && r.StartNs == bar.StartNs && (r.Header.Flags & RecordFlags.Provisional) == 0)];
                for (int o = 0; o < _specs[i].Outputs.Count; o++) values[_specs[i].Outputs.Count == 1 ? _specs[i].Name : $"{_specs[i].Name}.{_specs[i].Outputs[o]}"] = own.Length == 0 ? double.NaN : own.Single().Values[o];
            }

            Closed.Add((bar, values));
        }
    }
}
