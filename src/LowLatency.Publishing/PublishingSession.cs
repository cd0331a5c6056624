using LowLatency.Aeron.Client;
using LowLatency.Market.Streams;

namespace LowLatency.Publishing;

/// <summary>What a publisher has at a driver: five outlets and the server of snapshots. When the driver goes, all of it goes, and another is opened.</summary>
internal sealed class PublishingSession : IDisposable
{
    private readonly AeronClient _client;

    private PublishingSession(AeronClient client, StreamOutlet[] outlets, SnapshotServer snapshots)
    {
        _client = client;
        Outlets = outlets;
        Snapshots = snapshots;
    }

    /// <summary>Ticks, bars, indicators, signals, status.</summary>
    public StreamOutlet[] Outlets { get; }

    /// <summary>Answers who asks for a snapshot.</summary>
    public SnapshotServer Snapshots { get; }

    /// <summary>Whether it is of no use any more.</summary>
    public bool IsClosed => _client.IsClosed || Array.Exists(Outlets, o => o.IsClosed);

    /// <summary>Connects, and adds what there is to add. Waits for the driver's answers: not for a hot path.</summary>
    /// <param name="connect">Connects a client.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="streams">What is published.</param>
    /// <param name="last">The newest record of each stream.</param>
    /// <param name="run">The engine's run.</param>
    public static PublishingSession Open(Func<AeronClient> connect, PublishingSettings settings, PublishedStreams streams, LastRecords last, long run)
    {
        var ids = new PublishedStreamIds(settings.FirstStream);
        var channels = new PublishedChannels(settings);
        AeronClient client = connect();
        try
        {
            OtherEngine.ThrowIfHeard(client, settings);
            var outlets = new StreamOutlet[PublishedStreamIds.Outlets];
            for (int i = 0; i < outlets.Length; i++) outlets[i] = new StreamOutlet(client.AddExclusivePublication(channels.Publication, ids.First + i), run);
            Subscription requests = client.AddSubscription(channels.Requests, ids.SnapshotRequests);
            ExclusivePublication answers = client.AddExclusivePublication(channels.Publication, ids.Snapshots);
            return new PublishingSession(client, outlets, new SnapshotServer(requests, answers, streams, last, run));
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Closes everything; subscribers get what is in the logs.</summary>
    public void Dispose()
    {
        foreach (StreamOutlet outlet in Outlets) outlet.Dispose();
        Snapshots.Dispose();
        _client.Dispose();
    }
}
