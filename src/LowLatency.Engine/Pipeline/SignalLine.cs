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

    /// <param name="settings">The engine's settings, checked.</param>
    /// <param name="specs">The bars that it publishes.</param>
    /// <param name="calendarOf">The calendar of an instrument's daily and weekly bars; null for UTC.</param>
    public SignalLine(LowLatencySettings settings, IReadOnlyList<BarSpec> specs, Func<uint, SessionCalendar?> calendarOf)
    {
        IReadOnlyList<BarSpec> needed = SignalTimeframes.Of(settings.Reversals);
        // Whether a desk publishes the bars of a signal's timeframe is its own affair: what is missing is built here, and not published.
        bool published = needed.All(n => specs.Any(s => s.IntervalNs == n.IntervalNs));
        IReadOnlyList<BarSpec> given = published ? specs : needed;
        _builder = new SignalBuilder(settings.Intensity, settings.Reversals, given, settings.Bars.GraceNs);
        int room = Math.Min(settings.Engine.Batch * needed.Count * 2, MaxBarRoom);
        Stage = new SignalStage(_builder, published ? null : new TimeBarBuilder(settings.Bars, needed, settings.Normalization.CorrectableTrades, calendarOf), room);
    }

    /// <summary>The stage.</summary>
    public SignalStage Stage { get; }

    /// <summary>How many signals there were.</summary>
    public SignalCounters Counters => _builder.Counters;

    /// <summary>Says the spikes that are on at the end of the input.</summary>
    public void SayOpenSpikes(SignalList output) => _builder.SayOpenSpikes(output);

    /// <summary>Hands other settings to the pipeline's thread.</summary>
    /// <exception cref="SettingsException">Something is wrong with them; nothing has changed.</exception>
    public void Change(IntensitySettings intensity, ReversalSettings reversals)
    {
        var mistakes = new List<string>();
        SettingsBinder.Check(intensity, "intensity", mistakes);
        SettingsBinder.Check(reversals, "reversals", mistakes);
        if (mistakes.Count > 0) throw new SettingsException(mistakes);
        try
        {
            _builder.CheckChange(intensity, reversals);
        }
        catch (ArgumentException thrown)
        {
            throw new SettingsException(thrown.Message, thrown);
        }

        Stage.ChangeSoon(new SignalSettingsChange(intensity.Copy(), reversals.Copy()));
    }
}
