using LowLatency.Analytics.Bars;

namespace LowLatency.Engine.Pipeline;

/// <summary>Second stage: ticks become bars.</summary>
/// <param name="builder">Does it.</param>
internal sealed class BarStage(TimeBarBuilder builder) : IPipelineStage
{
    public string Name => "bars";

    public void Process(in PipelineBatch batch) => builder.Build(batch.Ticks, batch.TickCauses, batch.FirstInput, batch.BarList);
}
