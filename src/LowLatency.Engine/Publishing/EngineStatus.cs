using LowLatency.Core.Counters;
using LowLatency.Engine.Telemetry;
using LowLatency.Market.Streams;
using LowLatency.Publishing;

namespace LowLatency.Engine.Publishing;

/// <summary>What an engine says of itself to subscribers, and what its counters say of its publisher.</summary>
internal sealed class EngineStatus : IPublisherStatus
{
    private readonly MarketEngine _engine;
    private readonly Counter? _sent;
    private readonly Counter? _dropped;
    private readonly Counter? _lapped;
    private readonly Counter? _unheard;
    private readonly Counter? _connected;
    private readonly Counter? _backlog;

    public EngineStatus(MarketEngine engine)
    {
        _engine = engine;
        if (engine.Counters is not { } counters) return;
        _sent = counters.Allocate(EngineCounterTypes.AeronSent, "publishing: records sent over Aeron");
        _dropped = counters.Allocate(EngineCounterTypes.AeronDropped, "publishing: records dropped for a slow Aeron subscriber");
        _lapped = counters.Allocate(EngineCounterTypes.AeronLappedBytes, "publishing: bytes the Aeron publisher was too late for");
        _unheard = counters.Allocate(EngineCounterTypes.AeronUnheard, "publishing: records nobody listened to over Aeron");
        _connected = counters.Allocate(EngineCounterTypes.AeronConnected, "publishing: connected to an Aeron driver");
        _backlog = counters.Allocate(EngineCounterTypes.AeronBacklogBytes, "publishing: bytes not handed to Aeron yet");
    }

    public PublisherState State => _engine.State switch
    {
        EngineState.Created => PublisherState.Starting,
        EngineState.Failed => PublisherState.Failed,
        EngineState.Stopped => PublisherState.Stopped,
        _ => _engine.Drained.IsCompletedSuccessfully ? PublisherState.Drained : PublisherState.Running,
    };

    public long Taken => _engine.Taken;

    public long Published => _engine.Published;

    public void OnStatus(StreamPublisher publisher)
    {
        _sent?.Set(publisher.Sent);
        _dropped?.Set(publisher.Dropped);
        _lapped?.Set(publisher.LappedBytes);
        _unheard?.Set(publisher.Unheard);
        _connected?.Set(publisher.IsConnected ? 1 : 0);
        _backlog?.Set(publisher.BacklogBytes);
    }
}
