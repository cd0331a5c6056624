using LowLatency.Gateway.Protocol;
using LowLatency.Market.Instruments;
using LowLatency.Market.Streams;

namespace LowLatency.Gateway.Fanout;

/// <summary>
/// Carries out what clients ask for. It runs on the fanout's thread, between two batches: what the acknowledgement says, what the snapshot holds and
/// where the updates begin are one instant.
/// </summary>
/// <param name="table">The streams.</param>
/// <param name="instruments">The instruments.</param>
/// <param name="clients">The clients.</param>
/// <param name="delivery">Where messages go.</param>
/// <param name="snapshots">Writes snapshots.</param>
/// <param name="maxStreams">How many streams a connection may have.</param>
internal sealed class SubscriptionDesk(
    StreamTable table, InstrumentTable instruments, ClientList clients, Delivery delivery, SnapshotWriter snapshots, int maxStreams)
{
    private readonly List<StreamState> _accepted = [];
    private long _snapshotItemsLeft;

    /// <summary>Subscribes.</summary>
    /// <param name="client">For whom.</param>
    /// <param name="request">What.</param>
    public void Subscribe(FanoutClient client, StreamRequest request)
    {
        _accepted.Clear();
        _snapshotItemsLeft = (client.LimitBytes - client.WaitingBytes) / SnapshotWriter.ExpectedItemBytes;
        foreach ((Channel channel, uint instrument) in request.Streams)
        {
            StreamState stream = table.Get(instrument, channel.Index)!;
            if (Refuse(client, request, stream) is { } refusal) request.Rejections.Add(new Rejection(channel.Name, stream.Symbol, refusal.Code, refusal.Text));
            else Accept(client, request, stream);
        }

        foreach (Channel channel in request.Wildcards) SubscribeAll(client, request, channel);
        if (!delivery.Send(client, ControlMessages.Acknowledge("subscribed", request.Id, _accepted, request.Rejections))) return;
        foreach (StreamState stream in _accepted) snapshots.Write(client, stream, request.Snapshot);
    }

    /// <summary>Unsubscribes.</summary>
    /// <param name="client">For whom.</param>
    /// <param name="request">What.</param>
    public void Unsubscribe(FanoutClient client, StreamRequest request)
    {
        _accepted.Clear();
        foreach ((Channel channel, uint instrument) in request.Streams)
        {
            StreamState stream = table.Get(instrument, channel.Index)!;
            if (!Remove(client, stream))
                request.Rejections.Add(new Rejection(channel.Name, stream.Symbol, ErrorCode.NotFound, "not subscribed"));
        }

        foreach (Channel channel in request.Wildcards)
        {
            client.Wildcards.Remove(channel.Index);
            foreach (Subscription subscription in client.Subscriptions.Values.Where(s => s.Stream.Channel == channel).ToList()) Remove(client, subscription.Stream);
        }

        delivery.Send(client, ControlMessages.Acknowledge("unsubscribed", request.Id, _accepted, request.Rejections));
    }

    /// <summary>Gives a stream that is new to those who asked for every instrument.</summary>
    /// <param name="stream">The stream.</param>
    public void Announce(StreamState stream)
    {
        foreach (FanoutClient client in clients.All)
        {
            if (client.IsClosed || !client.Wildcards.TryGetValue(stream.Channel.Index, out StreamChoice choice)) continue;
            if (client.Subscriptions.Count < maxStreams)
            {
                Add(client, stream, choice);
            }
            else if (!client.IsToldLimit)
            {
                client.IsToldLimit = true;
                delivery.Send(client, ControlMessages.Error(null, ErrorCode.TooMany, $"{stream.Channel.Name}:{stream.Symbol} and later instruments are left out: {TooMany}"));
            }
        }
    }

    private string TooMany => $"a connection has at most {maxStreams} streams; open another connection";

    private void SubscribeAll(FanoutClient client, StreamRequest request, Channel channel)
    {
        int left = 0;
        (int Code, string Text) first = default;
        int count = instruments.Count;
        for (uint instrument = 0; instrument < count; instrument++)
        {
            StreamState stream = table.Get(instrument, channel.Index)!;
            if (Refuse(client, request, stream) is not { } refusal)
            {
                Accept(client, request, stream);
                continue;
            }

            if (left++ == 0) first = refusal;
        }

        client.Wildcards[channel.Index] = request.Choice;
        if (left != 0) request.Rejections.Add(new Rejection(channel.Name, "*", first.Code, $"{left} of {count} instruments are left out, the first because: {first.Text}"));
    }

    private (int Code, string Text)? Refuse(FanoutClient client, StreamRequest request, StreamState stream)
    {
        bool has = client.Subscriptions.ContainsKey(stream.Number);
        if (has && !request.Restarts) return (ErrorCode.Conflict, "subscribed already; unsubscribe first to change how");
        if (!has && client.Subscriptions.Count >= maxStreams) return (ErrorCode.TooMany, TooMany);
        int items = stream.SnapshotCount(request.Snapshot);
        if (items > _snapshotItemsLeft && items > 1) return (ErrorCode.TooLarge, "the snapshot does not fit the outbound buffer; ask for a shorter one, or for fewer streams");
        _snapshotItemsLeft -= items;
        return null;
    }

    private void Accept(FanoutClient client, StreamRequest request, StreamState stream)
    {
        _accepted.Add(stream);
        if (client.Subscriptions.TryGetValue(stream.Number, out Subscription? existing))
        {
            existing.LastQ = stream.LastQ;
            existing.IsPending = false;
            return;
        }

        Add(client, stream, request.Choice);
    }

    private void Add(FanoutClient client, StreamState stream, StreamChoice choice)
    {
        bool conflates = choice.Mode switch
        {
            DeliveryMode.Lossless => false,
            DeliveryMode.Latest or DeliveryMode.Interval => true,
            _ => stream.Channel.Kind is ChannelKind.Quotes or ChannelKind.BestQuotes or ChannelKind.Bars or ChannelKind.Intensity,
        };
        var subscription = new Subscription(client, stream, conflates, choice.IntervalNs, delivery.Laps);
        client.Subscriptions.Add(stream.Number, subscription);
        stream.Add(subscription);
    }

    private bool Remove(FanoutClient client, StreamState stream)
    {
        if (!client.Subscriptions.Remove(stream.Number, out Subscription? subscription)) return false;
        subscription.IsPending = false;
        stream.Remove(subscription);
        _accepted.Add(stream);
        return true;
    }
}
