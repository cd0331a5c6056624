namespace LowLatency.Engine.Pipeline;

/// <summary>
/// A stage of the pipeline. It is called once a batch, on the pipeline's thread: what it does here is added to every tick's latency, so it should
/// not wait, allocate or log. Stages of a desk's own run after the built-in analytics and before publication.
/// </summary>
public interface IPipelineStage
{
    /// <summary>What timings and messages call it.</summary>
    string Name { get; }

    /// <summary>Handles a batch.</summary>
    /// <param name="batch">The batch; its spans are valid during the call only.</param>
    void Process(in PipelineBatch batch);
}
