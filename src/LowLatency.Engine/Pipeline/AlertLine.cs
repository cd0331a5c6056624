using LowLatency.Analytics.Alerts;
using LowLatency.Engine.Settings;
using LowLatency.Market.Settings;
using LowLatency.Market.Streams;

namespace LowLatency.Engine.Pipeline;

/// <summary>An engine's alerts: made from its settings, changed while it runs.</summary>
internal sealed class AlertLine
{
    private readonly AlertSources _sources;
    private readonly AlertTable _table;
    private readonly AlertBuilder _builder;

    /// <param name="settings">The engine's settings, checked.</param>
    /// <param name="streams">What it publishes.</param>
    public AlertLine(LowLatencySettings settings, PublishedStreams streams)
    {
        _sources = new AlertSources(streams.Channels.Bars, streams.Channels.Indicators, settings.Intensity.Enabled);
        _table = streams.Alerts;
        AlertRules rules = AlertRules.Compile(settings.Alerts, _sources, _table);
        _builder = new AlertBuilder(rules, streams.Channels.Bars, settings.Bars.GraceNs, settings.Normalization.ConsolidateQuotes, streams.Instruments.Symbol);
        Stage = new AlertStage(_builder);
    }

    /// <summary>The stage.</summary>
    public AlertStage Stage { get; }

    /// <summary>How many alerts there were.</summary>
    public AlertCounters Counters => _builder.Counters;

    /// <summary>Hands other rules to the pipeline's thread.</summary>
    /// <exception cref="SettingsException">Something is wrong with them; nothing has changed.</exception>
    public void Change(IReadOnlyList<AlertSettings> alerts) => Stage.ChangeSoon(AlertRules.Compile(alerts, _sources, _table));
}
