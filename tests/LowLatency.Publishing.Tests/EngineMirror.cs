// docs/publishing.md: begin
using LowLatency.Aeron.Client;
using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Errors;
using LowLatency.Core.Rings;
using LowLatency.Market.Streams;
using LowLatency.Publishing;

internal sealed class EngineMirror : IDisposable
{
    private readonly AgentRunner _runner;

    public EngineMirror(PublishingSettings settings, string directory, string journal, IErrorHandler errors)
    {
        AeronClient Connect() => AeronClient.Connect(new AeronContext { Directory = directory });
        Subscriber = new StreamSubscriber(settings, journal, Connect, maxInstruments: 16_384, ringBytes: 1 << 26, SystemClock.Instance, errors);
        _runner = AgentRunner.Create("mirror", IdleStrategyKind.BackOff, new Parker(), Subscriber);
        _runner.Start();
    }

    public StreamSubscriber Subscriber { get; }

    public async Task<BroadcastReader> ReadAsync()
    {
        PublishedStreams streams = await Subscriber.Known;       // an engine has been found: instruments, bars, indicators
        BroadcastReader reader = streams.Ring.AddReader();       // as in the engine's own process
        Subscriber.Release();                                    // from now on it writes to the ring
        return reader;
    }

    public void Dispose() => _runner.Dispose();
}
// docs/publishing.md: end
