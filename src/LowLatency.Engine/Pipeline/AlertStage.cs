using LowLatency.Analytics.Alerts;

namespace LowLatency.Engine.Pipeline;

/// <summary>Fifth stage, where there are rules: what the batch will publish becomes alerts.</summary>
/// <param name="builder">Does it.</param>
internal sealed class AlertStage(AlertBuilder builder) : IPipelineStage
{
    public const string StageName = "alerts";

    private AlertRules? _change;

    public string Name => StageName;

    /// <summary>Other rules from the next batch on; from any thread.</summary>
    public void ChangeSoon(AlertRules rules) => Volatile.Write(ref _change, rules);

    public void Process(in PipelineBatch batch)
    {
        if (Volatile.Read(ref _change) is not null) ApplyChange();
        builder.Build(new AlertInput(batch.FirstInput, batch.TickList, batch.BarList, batch.IndicatorList, batch.ImbalanceList, batch.SignalList), batch.AlertList);
    }

    private void ApplyChange()
    {
        if (Interlocked.Exchange(ref _change, null) is { } change) builder.Change(change);
    }
}
