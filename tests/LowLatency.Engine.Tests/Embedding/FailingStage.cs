using LowLatency.Engine.Pipeline;

namespace LowLatency.Engine.Tests.Embedding;

internal sealed class FailingStage : IPipelineStage
{
    public int Calls { get; private set; }

    public string Name => "failing";

    public void Process(in PipelineBatch batch)
    {
        Calls++;
        throw new InvalidOperationException("the desk's own mistake");
    }
}
