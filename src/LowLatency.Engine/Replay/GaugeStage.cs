using LowLatency.Engine.Pipeline;

namespace LowLatency.Engine.Replay;

/// <summary>Shows the allocation gauge how far the pipeline is.</summary>
/// <param name="gauge">The gauge.</param>
internal sealed class GaugeStage(AllocationGauge gauge) : IPipelineStage
{
    public string Name => "gauge";

    public void Process(in PipelineBatch batch) => gauge.OnRecords(batch.FirstInput + batch.Input.Length);
}
