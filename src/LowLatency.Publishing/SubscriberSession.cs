using System.Runtime.InteropServices;
using LowLatency.Aeron.Client;
using LowLatency.Market.Records;

namespace LowLatency.Publishing;

/// <summary>What a subscriber has at a driver: subscriptions to the five streams and to snapshots, and a publication to ask for these.</summary>
internal sealed class SubscriberSession : IDisposable
{
    private readonly AeronClient _client;
    private readonly ConcurrentPublication _requests;
    private int _images;

    private SubscriberSession(AeronClient client, PublishedStreamIds ids, PublishedChannels channels)
    {
        _client = client;
        Outlets = new Subscription[PublishedStreamIds.Outlets];
        for (int i = 0; i < Outlets.Length; i++) Outlets[i] = client.AddSubscription(channels.Subscription, ids.First + i, _ => Interlocked.Increment(ref _images));
        Snapshots = client.AddSubscription(channels.Subscription, ids.Snapshots);
        _requests = client.AddPublication(channels.RequestPublication, ids.SnapshotRequests);
    }

    /// <summary>Ticks, bars, indicators, signals, status.</summary>
    public Subscription[] Outlets { get; }

    /// <summary>Snapshots, everybody's.</summary>
    public Subscription Snapshots { get; }

    /// <summary>How many images of the five streams there have been: another one begins where there was none, or behind what was missed.</summary>
    public int Images => Volatile.Read(ref _images);

    /// <summary>Whether each of the five streams has an image.</summary>
    public bool IsConnected => Array.TrueForAll(Outlets, o => o.IsConnected);

    /// <summary>Whether it is of no use any more.</summary>
    public bool IsClosed => _client.IsClosed;

    /// <summary>Connects, and adds what there is to add. Waits for the driver's answers: not for a hot path.</summary>
    /// <param name="connect">Connects a client.</param>
    /// <param name="settings">The settings.</param>
    public static SubscriberSession Open(Func<AeronClient> connect, PublishingSettings settings)
    {
        AeronClient client = connect();
        try
        {
            return new SubscriberSession(client, new PublishedStreamIds(settings.FirstStream), new PublishedChannels(settings));
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Asks for a snapshot.</summary>
    /// <param name="correlation">What begin and end of it will say.</param>
    /// <returns>False when nobody takes requests now.</returns>
    public bool TryRequest(long correlation)
    {
        var request = new SnapshotRecord { Header = { Type = RecordType.SnapshotRequest }, Correlation = correlation };
        return _requests.Offer(MemoryMarshal.AsBytes(new ReadOnlySpan<SnapshotRecord>(in request)), out OfferResult result) && result.IsAccepted;
    }

    /// <summary>Closes everything.</summary>
    public void Dispose() => _client.Dispose();
}
