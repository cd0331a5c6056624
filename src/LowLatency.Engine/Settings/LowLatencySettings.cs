using System.Numerics;
using LowLatency.Analytics.Alerts;
using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Indicators;
using LowLatency.Analytics.Intensity;
using LowLatency.Analytics.Normalization;
using LowLatency.Analytics.Reversals;
using LowLatency.Core.Clocks;
using LowLatency.Core.Counters;
using LowLatency.Core.Native;
using LowLatency.Feeds.Csv;
using LowLatency.Feeds.Settings;
using LowLatency.Feeds.Simulation;
using LowLatency.Market.Instruments;
using LowLatency.Market.Settings;
using LowLatency.Market.Streams;
using LowLatency.Publishing;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Engine.Settings;

/// <summary>All settings of an engine: the configuration section <c>LowLatency</c>.</summary>
public sealed class LowLatencySettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "LowLatency";

    private const long MaxStreams = 1 << 28;

    private string[]? _alertKeys;
    private string[]? _indicatorKeys;

    /// <summary>Groups of the section that belong to others.</summary>
    internal static readonly string[] OtherGroups = ["gateway", "questdb"];

    /// <summary>Where ticks come from.</summary>
    [ConfigurationKeyName("feed")]
    public FeedSettings Feed { get; set; } = new();

    /// <summary>Rings and threads.</summary>
    [ConfigurationKeyName("engine")]
    public EngineSettings Engine { get; set; } = new();

    /// <summary>Counters for other processes.</summary>
    [ConfigurationKeyName("counters")]
    public CountersSettings Counters { get; set; } = new();

    /// <summary>The Aeron driver.</summary>
    [ConfigurationKeyName("aeron")]
    public AeronSettings Aeron { get; set; } = new();

    /// <summary>Publishing over Aeron.</summary>
    [ConfigurationKeyName("publishing")]
    public PublishingSettings Publishing { get; set; } = new();

    /// <summary>The journal of what is published.</summary>
    [ConfigurationKeyName("journal")]
    public OutputJournalSettings Journal { get; set; } = new();

    /// <summary>How ticks are checked.</summary>
    [ConfigurationKeyName("normalization")]
    public NormalizationSettings Normalization { get; set; } = new();

    /// <summary>Which bars are built.</summary>
    [ConfigurationKeyName("bars")]
    public BarSettings Bars { get; set; } = new();

    /// <summary>How the intensity of trading is measured, and what is a spike of it.</summary>
    [ConfigurationKeyName("intensity")]
    public IntensitySettings Intensity { get; set; } = new();

    /// <summary>When reversals are signalled.</summary>
    [ConfigurationKeyName("reversals")]
    public ReversalSettings Reversals { get; set; } = new();

    /// <summary>The indicators computed on every closed bar, as a list or in one text with semicolons.</summary>
    [ConfigurationKeyName("indicators")]
    public string[] Indicators { get; set; } =
    [
        "sma(20)", "ema(9)", "ema(21)", "rsi(14)", "macd(12,26,9)", "bbands(20,2)", "atr(14)", "stoch(14,3,3)", "adx(14)", "obv", "vwap(0)", "chop(14)", "zlma(20,volume)",
    ];

    /// <summary>Whether indicators are computed on revised and on open bars too.</summary>
    [ConfigurationKeyName("indicator_options")]
    public IndicatorSettings IndicatorOptions { get; set; } = new();

    /// <summary>Rules over published values, as a list or in one text with semicolons.</summary>
    [ConfigurationKeyName("alerts")]
    public AlertSettings[] Alerts { get; set; } = [];

    /// <summary>Instruments with settings of their own; of several classes that name an instrument the first counts.</summary>
    [ConfigurationKeyName("instrument_classes")]
    public InstrumentClassSettings[] InstrumentClasses { get; set; } = [];

    /// <summary>Reads and checks the settings.</summary>
    /// <param name="configuration">The application's configuration; its section LowLatency is read.</param>
    /// <exception cref="SettingsException">Something is wrong; the message lists everything that is.</exception>
    public static LowLatencySettings Read(IConfiguration configuration) => Read(configuration, _ => { });

    /// <summary>Reads the settings, changes them, and checks them.</summary>
    /// <param name="configuration">The application's configuration; its section LowLatency is read.</param>
    /// <param name="change">Sets what comes from elsewhere: a list of files, for example, instead of the configuration's.</param>
    /// <exception cref="SettingsException">Something is wrong; the message lists everything that is.</exception>
    public static LowLatencySettings Read(IConfiguration configuration, Action<LowLatencySettings> change)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(change);
        var mistakes = new List<string>();
        LowLatencySettings settings = SettingsBinder.Bind<LowLatencySettings>(configuration.GetSection(Section), OtherGroups, mistakes);
        (settings._alertKeys, settings._indicatorKeys) = (KeysOf(configuration, "alerts"), KeysOf(configuration, "indicators"));
        change(settings);
        settings.Check(mistakes);
        if (mistakes.Count > 0) throw new SettingsException(mistakes);
        return settings;
    }

    /// <summary>The bars that the settings ask for: first those of time, then the others.</summary>
    /// <exception cref="SettingsException">An interval is wrong.</exception>
    public IReadOnlyList<BarSpec> MakeBarSpecs()
    {
        var mistakes = new List<string>();
        IReadOnlyList<BarSpec> specs = ReadBarSpecs(mistakes);
        return mistakes.Count == 0 ? specs : throw new SettingsException(mistakes);
    }

    /// <summary>New indicators as the settings ask for.</summary>
    /// <exception cref="SettingsException">A name is wrong.</exception>
    public IReadOnlyList<Indicator> MakeIndicators()
    {
        var mistakes = new List<string>();
        IReadOnlyList<Indicator> indicators = ReadIndicators(mistakes);
        return mistakes.Count == 0 ? indicators : throw new SettingsException(mistakes);
    }

    /// <summary>What the feed that is chosen finds wrong with its settings: files that cannot be read, instruments that make no sense.</summary>
    internal IReadOnlyCollection<string> FeedMistakes() => Feed.Kind switch
    {
        FeedKind.Replay => [.. TickCsvFeed.Validate(Feed.Replay).Select(m => $"feed.replay: {m}")],
        FeedKind.Simulator => [.. SimulatorFeed.Validate(Feed.Simulator).Select(m => $"feed.simulator: {m}")],
        _ => [],
    };

    /// <summary>The same with other settings of the signals.</summary>
    internal LowLatencySettings With(IntensitySettings intensity, ReversalSettings reversals, InstrumentClassSettings[] classes)
    {
        var other = (LowLatencySettings)MemberwiseClone();
        (other.Intensity, other.Reversals, other.InstrumentClasses) = (intensity, reversals, classes);
        return other;
    }

    /// <summary>The same with other rules.</summary>
    internal LowLatencySettings With(AlertSettings[] alerts)
    {
        var other = (LowLatencySettings)MemberwiseClone();
        other.Alerts = alerts;
        return other;
    }

    // A list's members can have other keys than 0, 1, 2: of two sources the one may say alerts.5. One text has none.
    private static string[] KeysOf(IConfiguration configuration, string list)
    {
        IConfigurationSection section = configuration.GetSection($"{Section}:{list}");
        return section.Value is null ? [.. section.GetChildren().Select(c => c.Key)] : [];
    }

    private void Check(List<string> mistakes)
    {
        List<BarSpec> specs = ReadBarSpecs(mistakes);
        List<Indicator> indicators = ReadIndicators(mistakes);
        AlertRules.Check(Alerts, new AlertSources(specs, [.. indicators.Select(i => i.Spec)], Intensity.Enabled), mistakes, _alertKeys?.Length == Alerts.Length ? _alertKeys : null);
        if (!BitOperations.IsPow2(Engine.InputSlots)) mistakes.Add(NotPowerOfTwo("engine.input_slots", Engine.InputSlots));
        if (!BitOperations.IsPow2(Engine.OutputBytes)) mistakes.Add(NotPowerOfTwo("engine.output_bytes", Engine.OutputBytes));
        if (Engine.Batch > Engine.InputSlots) mistakes.Add($"engine.batch: {Engine.Batch} is more than engine.input_slots, {Engine.InputSlots}");
        Publishing.Check(mistakes);
        CheckMachine(mistakes);
        SignalClasses.Resolve(Intensity, Reversals, InstrumentClasses, mistakes);
        // 5 for trades, quotes, best quotes, gaps and imbalances, 4 for intensity, spikes, reversals and alerts.
        long channels = 9 + ((Bars.Intervals.Length + EventBarSpecs().Count()) * (1L + Indicators.Length));
        if (Engine.MaxInstruments * channels > MaxStreams)
            mistakes.Add($"engine.max_instruments: {Engine.MaxInstruments} instruments of {channels} channels each are more than {MaxStreams} streams; the most for these channels is {MaxStreams / channels}");
        if (!CountersFolder.IsRole(Counters.Role)) mistakes.Add($"counters.role: '{Counters.Role}' is no role; write 1 to {CountersFileLayout.MaxRoleLength} letters, digits and '-'");
        for (int i = 0; i < InstrumentClasses.Length; i++)
        {
            if (InstrumentClasses[i].Symbols.Length == 0) mistakes.Add($"instrument_classes.{i}.symbols: there are none; write symbols such as SPY or *USDT");
            mistakes.AddRange(SymbolPatterns.Mistakes(InstrumentClasses[i].Symbols, $"instrument_classes.{i}.symbols"));
        }

        mistakes.AddRange(FeedMistakes());
    }

    // What this machine does not have.
    private void CheckMachine(List<string> mistakes)
    {
        bool native = Engine.Native != NativeMode.On || NativeFactory.Problem is null;
        if (!native) mistakes.Add($"engine.native: on, and the native library cannot be used: {NativeFactory.Problem}; auto and off do without it");
        NativeFactory factory = NativeFactory.Choose(native ? Engine.Native : NativeMode.Off);
        if (native && Engine.Clock == ClockKind.Tsc && ClockChoice.ProblemOfTsc(factory) is { } problem) mistakes.Add($"engine.clock: tsc cannot be used: {problem}; auto and system do without it");
        Engine.Placement.Check(factory.CreateThreadPlacer().AllowedCpus(), mistakes);
    }

    private static string NotPowerOfTwo(string path, int value)
    {
        uint above = BitOperations.RoundUpToPowerOf2((uint)value);
        return $"{path}: {value} is no power of two; the nearest are {above / 2} and {above}";
    }

    private List<BarSpec> ReadBarSpecs(List<string> mistakes)
    {
        var specs = new List<BarSpec>();
        foreach (string text in Bars.Intervals)
        {
            if (!BarSpec.TryParse(text, out BarSpec? spec)) mistakes.Add($"bars.intervals: '{text}' is no interval; write a whole number and s, m, h or d, at most 7d");
            else if (specs.Find(s => s.IntervalNs == spec!.IntervalNs) is { } same) mistakes.Add($"bars.intervals: {text} and {same.Name} are the same interval");
            else specs.Add(spec!);
        }

        specs.AddRange(EventBarSpecs());
        if (Bars.Intervals.Length is < 1 or > 8) mistakes.Add($"bars.intervals: there are 1 to 8 intervals, not {Bars.Intervals.Length}");
        return specs;
    }

    private IEnumerable<BarSpec> EventBarSpecs() =>
        from kind in new (BarKind Kind, double Size)[]
        {
            (BarKind.Tick, Bars.Tick), (BarKind.Volume, Bars.Volume), (BarKind.Dollar, Bars.Dollar), (BarKind.Range, Bars.PriceRange), (BarKind.Renko, Bars.Renko),
            (BarKind.Imbalance, Bars.ImbalanceTrades),
        }
        where kind.Size > 0
        select BarSpec.OfEvents(kind.Kind, kind.Size);

    private List<Indicator> ReadIndicators(List<string> mistakes)
    {
        var indicators = new List<Indicator>();
        for (int i = 0; i < Indicators.Length; i++)
        {
            if (!IndicatorRegistry.TryCreate(Indicators[i], out Indicator? indicator, out string? mistake)) mistakes.Add($"{PathOf(i)}: {mistake}");
            else if (indicators.Exists(other => other.Spec.Name == indicator!.Spec.Name)) mistakes.Add($"{PathOf(i)}: {indicator!.Spec.Name} is there twice");
            else indicators.Add(indicator!);
        }

        if (indicators.Count > 4096) mistakes.Add($"indicators: there are at most 4096, not {indicators.Count}");
        return indicators;

        string PathOf(int i) => _indicatorKeys?.Length == Indicators.Length ? $"indicators.{_indicatorKeys[i]}" : $"indicators.{i}";
    }
}
