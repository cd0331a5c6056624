using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Reversals;
using LowLatency.Market.Records;

namespace LowLatency.Engine.Pipeline;

/// <summary>Fourth stage: ticks and closed bars become intensity, spikes and reversals.</summary>
/// <param name="builder">Does it.</param>
/// <param name="ownBars">Builds the bars of the signals' timeframes when the published ones lack some; null when they are all there.</param>
/// <param name="barRoom">How many bars of its own there is room for at the start.</param>
internal sealed class SignalStage(SignalBuilder builder, TimeBarBuilder? ownBars, int barRoom) : IPipelineStage
{
    public const string StageName = "signals";

    private readonly EmittedList<BarRecord> _ownBars = new(ownBars is null ? 0 : barRoom);
    private IReadOnlyList<SignalSettings>? _change;

    public string Name => StageName;

    /// <summary>Other settings, of all classes of instruments, from the next batch on; from any thread.</summary>
    public void ChangeSoon(IReadOnlyList<SignalSettings> change) => Volatile.Write(ref _change, change);

    public void Process(in PipelineBatch batch)
    {
        if (Volatile.Read(ref _change) is not null) ApplyChange();
        if (ownBars is null)
        {
            builder.Build(batch.Ticks, batch.TickCauses, batch.Bars, batch.BarCauses, batch.FirstInput, batch.SignalList);
            return;
        }

        _ownBars.Clear();
        ownBars.Build(batch.Ticks, batch.TickCauses, batch.FirstInput, _ownBars);
        builder.Build(batch.Ticks, batch.TickCauses, _ownBars.Items, _ownBars.Causes, batch.FirstInput, batch.SignalList);
    }

    private void ApplyChange()
    {
        if (Interlocked.Exchange(ref _change, null) is { } change) builder.Change(change);
    }
}
