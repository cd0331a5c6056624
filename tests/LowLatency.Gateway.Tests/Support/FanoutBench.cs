using System.Text.Json;
using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Gateway.Connections;
using LowLatency.Gateway.Fanout;
using LowLatency.Gateway.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace LowLatency.Gateway.Tests.Support;

/// <summary>The fanout without threads and sockets: the test turns its crank and plays the send loops.</summary>
internal sealed class FanoutBench
{
    private readonly RequestResolver _resolver;

    public FanoutBench(GatewaySettings? settings = null, TestPublisher? publisher = null)
    {
        Settings = settings ?? new GatewaySettings();
        Publisher = publisher ?? new TestPublisher();
        Agent = new FanoutAgent(Publisher.Streams, Settings, Clock, new Parker(), NullLogger.Instance);
        _resolver = new RequestResolver(Publisher.Streams, Settings.StreamsPerConnection);
    }

    public GatewaySettings Settings { get; }

    public TestPublisher Publisher { get; }

    public ManualClock Clock { get; } = new(TestPublisher.StartNs);

    public BatchPool Pool { get; } = new();

    public FanoutAgent Agent { get; }

    /// <summary>Turns the crank until nothing is left, then lets the flush come due.</summary>
    public void Run()
    {
        while (Agent.DoWork() != 0)
        {
        }

        Clock.Advance(Settings.FlushMs * 1_000_000L);
        Agent.DoWork();
    }

    public BenchClient Connect(StreamOptions options = default)
    {
        var outbound = new OutboundQueue(1000);
        var client = new FanoutClient("s", options, outbound, Pool, Settings.OutboundBufferKib * 1024L);
        Agent.Post(new ConnectCommand(client));
        return new BenchClient(client, outbound, Pool);
    }

    public void Subscribe(BenchClient client, string channel, string symbol, DeliveryMode mode = DeliveryMode.Default, int ms = 0, SnapshotWindow snapshot = default)
    {
        var request = new ClientRequest
        {
            Action = RequestAction.Subscribe, Channels = [channel], Symbols = [symbol], Choice = new StreamChoice(mode, ms * 1_000_000L), Snapshot = snapshot,
        };
        Agent.Post(new SubscribeCommand(client.Client, _resolver.Resolve(request, null)));
    }
}

internal sealed class BenchClient(FanoutClient client, OutboundQueue outbound, BatchPool pool)
{
    public FanoutClient Client { get; } = client;

    public OutboundQueue Outbound { get; } = outbound;

    /// <summary>Reads all that has been handed over, binary records left out.</summary>
    public List<JsonElement> Read()
    {
        var messages = new List<JsonElement>();
        while (Outbound.TryDequeue(out OutboundBatch? batch))
        {
            for (int i = 0; i < batch!.FrameCount; i++)
            {
                if (batch.Kind(i) != FrameKind.Text) continue;
                using JsonDocument document = JsonDocument.Parse(batch.Frame(i));
                messages.AddRange(document.RootElement.EnumerateArray().Select(m => m.Clone()));
            }

            Outbound.Sent(batch);
            pool.Return(batch);
        }

        return messages;
    }

    /// <summary>Lets all that has been handed over go without looking at it.</summary>
    public void Drain()
    {
        while (Outbound.TryDequeue(out OutboundBatch? batch))
        {
            Outbound.Sent(batch!);
            pool.Return(batch!);
        }
    }
}
