using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Intensity;
using LowLatency.Analytics.Reversals;
using LowLatency.Engine.Settings;
using LowLatency.Market.Calendars;
using LowLatency.Market.Settings;
using LowLatency.Market.Streams;

namespace LowLatency.Engine.Pipeline;

/// <summary>An engine's signals: made from its settings, changed while it runs.</summary>
internal sealed class SignalLine
{
    private const int MaxBarRoom = 4096;

    private readonly SignalBuilder _builder;
    private readonly Lock _changing = new();
    private IntensitySettings _intensity;
    private ReversalSettings _reversals;
    private InstrumentClassSettings[] _classes;

    /// <param name="settings">The engine's settings, checked.</param>
    /// <param name="specs">The bars that it publishes.</param>
    /// <param name="calendarOf">The calendar of an instrument's daily and weekly bars; null for UTC.</param>
    /// <param name="classOf">Which of the settings' classes an instrument is in; -1 for none.</param>
    /// <exception cref="SettingsException">The settings do not go together.</exception>
    public SignalLine(LowLatencySettings settings, IReadOnlyList<BarSpec> specs, Func<uint, SessionCalendar?> calendarOf, Func<uint, int> classOf)
    {
        (_intensity, _reversals, _classes) = (settings.Intensity.Copy(), settings.Reversals.Copy(), [.. settings.InstrumentClasses.Select(c => c.Copy())]);
        IReadOnlyList<SignalSettings> classes = Resolve(settings.Intensity, settings.Reversals, _classes);
        IReadOnlyList<BarSpec> needed = SignalClasses.TimeframesOf(classes);
        // Whether a desk publishes the bars of a signal's timeframe is its own affair: what is missing is built here, and not published.
        bool published = needed.All(n => specs.Any(s => s.IntervalNs == n.IntervalNs));
        IReadOnlyList<BarSpec> given = published ? specs : needed;
        _builder = new SignalBuilder(classes, instrument => 1 + classOf(instrument), given, settings.Bars.GraceNs);
        int room = Math.Min(settings.Engine.Batch * needed.Count * 2, MaxBarRoom);
        Stage = new SignalStage(_builder, published ? null : new TimeBarBuilder(settings.Bars, needed, settings.Normalization.CorrectableTrades, calendarOf), room);
    }

    /// <summary>The stage.</summary>
    public SignalStage Stage { get; }

    /// <summary>How many signals there were.</summary>
    public SignalCounters Counters => _builder.Counters;

    /// <summary>Says the spikes that are on at the end of the input.</summary>
    public void SayOpenSpikes(SignalList output) => _builder.SayOpenSpikes(output);

    /// <summary>Hands other settings to the pipeline's thread: all of them at once, and nothing when something is wrong.</summary>
    /// <param name="intensity">General settings of the intensity.</param>
    /// <param name="reversals">General settings of the reversals.</param>
    /// <param name="classes">What the classes say; null: what they say now.</param>
    /// <exception cref="SettingsException">Something is wrong with them; nothing has changed.</exception>
    public void Change(IntensitySettings intensity, ReversalSettings reversals, InstrumentClassSettings[]? classes = null)
    {
        var mistakes = new List<string>();
        SettingsBinder.Check(intensity, "intensity", mistakes);
        SettingsBinder.Check(reversals, "reversals", mistakes);
        if (mistakes.Count > 0) throw new SettingsException(mistakes);
        lock (_changing)
        {
            classes ??= _classes;
            SignalSettings[] change = [.. Resolve(intensity, reversals, classes).Select(c => c.Copy())];
            if (_builder.MistakesOfChange(change) is { Count: > 0 } refused) throw new SettingsException([.. refused]);
            for (int i = 0; i < classes.Length; i++)
            {
                if (!classes[i].Symbols.SequenceEqual(_classes[i].Symbols)) mistakes.Add($"instrument_classes.{i}.symbols: whom a class holds cannot change while it runs; start again with the new ones.");
            }

            if (mistakes.Count > 0) throw new SettingsException(mistakes);
            (_intensity, _reversals, _classes) = (intensity.Copy(), reversals.Copy(), [.. classes.Select(c => c.Copy())]);
            Stage.ChangeSoon(change);
        }
    }

    /// <summary>Changes single settings on top of those that count now, whoever has set them; no other change comes in between.</summary>
    /// <param name="edit">Changes copies of the settings that it is given.</param>
    /// <returns>What is different now.</returns>
    /// <exception cref="SettingsException">The result is wrong; nothing has changed.</exception>
    public IReadOnlyList<SettingsDifference> Edit(Action<IntensitySettings, ReversalSettings, InstrumentClassSettings[]> edit)
    {
        lock (_changing)
        {
            (IntensitySettings intensity, ReversalSettings reversals, InstrumentClassSettings[] classes) = (_intensity.Copy(), _reversals.Copy(), [.. _classes.Select(c => c.Copy())]);
            edit(intensity, reversals, classes);
            IReadOnlyList<SettingsDifference> differences =
            [
                .. SettingsDifference.Between(_intensity, intensity, "intensity"),
                .. SettingsDifference.Between(_reversals, reversals, "reversals"),
                .. classes.SelectMany((ofClass, i) => SettingsDifference.Between(_classes[i], ofClass, $"instrument_classes.{i}")),
            ];
            if (differences.Count > 0) Change(intensity, reversals, classes);
            return differences;
        }
    }

    private static IReadOnlyList<SignalSettings> Resolve(IntensitySettings intensity, ReversalSettings reversals, InstrumentClassSettings[] classes)
    {
        var mistakes = new List<string>();
        IReadOnlyList<SignalSettings> all = SignalClasses.Resolve(intensity, reversals, classes, mistakes);
        return mistakes.Count == 0 ? all : throw new SettingsException(mistakes);
    }
}
