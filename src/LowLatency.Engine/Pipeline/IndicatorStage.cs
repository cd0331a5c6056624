using LowLatency.Analytics.Indicators;

namespace LowLatency.Engine.Pipeline;

/// <summary>Third stage: bars become indicator values.</summary>
/// <param name="builder">Does it.</param>
internal sealed class IndicatorStage(IndicatorBuilder builder) : IPipelineStage
{
    public string Name => "indicators";

    public void Process(in PipelineBatch batch) => builder.Build(batch.Bars, batch.BarCauses, batch.IndicatorList);
}
