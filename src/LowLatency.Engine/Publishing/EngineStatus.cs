using LowLatency.Market.Streams;
using LowLatency.Publishing;

namespace LowLatency.Engine.Publishing;

/// <summary>What an engine says of itself to subscribers.</summary>
/// <param name="engine">The engine.</param>
internal sealed class EngineStatus(MarketEngine engine) : IPublisherStatus
{
    public PublisherState State => engine.State switch
    {
        EngineState.Created => PublisherState.Starting,
        EngineState.Failed => PublisherState.Failed,
        EngineState.Stopped => PublisherState.Stopped,
        _ => engine.Drained.IsCompletedSuccessfully ? PublisherState.Drained : PublisherState.Running,
    };

    public long Taken => engine.Taken;

    public long Published => engine.Published;
}
