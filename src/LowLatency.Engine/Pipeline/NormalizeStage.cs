using LowLatency.Analytics.Normalization;

namespace LowLatency.Engine.Pipeline;

/// <summary>First stage: input records become ticks that analytics can trust.</summary>
/// <param name="normalizer">Does it.</param>
internal sealed class NormalizeStage(Normalizer normalizer) : IPipelineStage
{
    public string Name => "normalize";

    public void Process(in PipelineBatch batch) => normalizer.Normalize(batch.Input, batch.FirstInput, batch.TickList);
}
