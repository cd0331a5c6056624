using LowLatency.Gateway.Connections;
using LowLatency.Gateway.Protocol;

namespace LowLatency.Gateway.Fanout;

/// <summary>Puts records into the clients' batches, by each subscription's mode. The fanout thread's own.</summary>
/// <param name="clients">The clients.</param>
/// <param name="messages">Messages about the connection itself.</param>
/// <param name="counters">What is counted.</param>
internal sealed class Delivery(ClientList clients, ConnectionMessages messages, FanoutCounters counters)
{
    /// <summary>How often the ring has lapped the fanout.</summary>
    public long Laps { get; set; }

    /// <summary>Takes a stream's next record and offers it to all who listen.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="record">The record.</param>
    /// <param name="q">Its q.</param>
    public void Deliver(StreamState stream, ReadOnlySpan<byte> record, ulong q)
    {
        if (q <= stream.LastQ)
        {
            counters.Repeated++;
            return;
        }

        if (stream.LastQ != 0 && q != stream.LastQ + 1) counters.Dropped += (long)(q - stream.LastQ - 1);
        if (stream.Subscriptions.Length != 0 && stream.LeavesOpenBarStanding(record)) SendPending(stream);
        stream.Store(record, q);
        foreach (Subscription subscription in stream.Subscriptions)
        {
            if (subscription.Client.IsClosed) continue;
            if (subscription.Conflates && stream.LastIsConflatable) Hold(subscription);
            else SendNow(subscription);
        }
    }

    /// <summary>Sends what a subscription holds back: what was left out is named, then the newest goes.</summary>
    /// <param name="subscription">A pending subscription.</param>
    public void SendPending(Subscription subscription)
    {
        subscription.IsPending = false;
        StreamState stream = subscription.Stream;
        if (stream.LastQ == subscription.LastQ) return;
        if (!Skip(subscription, stream.LastQ - 1)) return;
        Append(subscription);
    }

    /// <summary>Adds a message that is not about a stream's record.</summary>
    /// <param name="client">To whom.</param>
    /// <param name="message">A JSON object.</param>
    /// <returns>False when the client is closed, or had no room and is now.</returns>
    public bool Send(FanoutClient client, ReadOnlySpan<byte> message)
    {
        if (client.IsClosed || !MakeRoom(client, message.Length)) return false;
        client.AddText(message);
        clients.MarkDirty(client);
        return true;
    }

    /// <summary>Adds a record as it is, for a snapshot.</summary>
    /// <param name="client">To whom; it gets binary frames.</param>
    /// <param name="stream">Of which stream.</param>
    /// <param name="record">The record.</param>
    /// <returns>False when the client is closed, or had no room and is now.</returns>
    public bool Send(FanoutClient client, StreamState stream, ReadOnlySpan<byte> record)
    {
        if (client.IsClosed || !MakeRoom(client, stream.RecordLength)) return false;
        client.AddRecord(record);
        clients.MarkDirty(client);
        return true;
    }

    /// <summary>Ends a connection in order: what waits is sent, then the close frame.</summary>
    /// <param name="client">Whose.</param>
    /// <param name="request">How.</param>
    public void Close(FanoutClient client, CloseRequest request)
    {
        if (client.IsClosed) return;
        client.Close(request);
        clients.Closed.Add(client);
    }

    private void SendPending(StreamState stream)
    {
        foreach (Subscription subscription in stream.Subscriptions)
        {
            if (subscription.IsPending && !subscription.Client.IsClosed) SendPending(subscription);
        }
    }

    private void Hold(Subscription subscription)
    {
        FanoutClient client = subscription.Client;
        if (subscription.IsPending)
        {
            client.Conflated++;
            counters.Conflated++;
            return;
        }

        subscription.IsPending = true;
        if (subscription.IsListed) return;
        subscription.IsListed = true;
        client.Pending.Add(subscription);
        clients.MarkDirty(client);
    }

    private void SendNow(Subscription subscription)
    {
        StreamState stream = subscription.Stream;
        if (subscription.IsPending)
        {
            // The same bar, closed now: what it was before it closed is of no interest any more.
            subscription.IsPending = false;
            subscription.Client.Conflated++;
            counters.Conflated++;
        }

        ulong expected = subscription.LastQ + 1;
        if (stream.LastQ != expected)
        {
            // A stream that begins in the middle for us has lost nothing, unless the ring has lapped us since.
            bool begins = subscription.LastQ == 0 && subscription.Laps == Laps;
            if (!subscription.Conflates && !begins)
            {
                CloseSlow(subscription.Client, "the gateway fell behind the engine and lost records; connect again and resume");
                return;
            }

            if (!Skip(subscription, stream.LastQ - 1)) return;
        }

        Append(subscription);
    }

    private bool Skip(Subscription subscription, ulong to)
    {
        ulong from = subscription.LastQ + 1;
        if (from > to) return true;
        if (!Send(subscription.Client, messages.Skip(subscription.Stream, from, to))) return false;
        subscription.LastQ = to;
        return true;
    }

    private void Append(Subscription subscription)
    {
        FanoutClient client = subscription.Client;
        StreamState stream = subscription.Stream;
        if (client.Options.Binary)
        {
            if (!MakeRoom(client, stream.RecordLength)) return;
            client.AddRecord(stream.Last);
        }
        else
        {
            ReadOnlySpan<byte> message = stream.Message(client.Unit);
            if (!MakeRoom(client, message.Length)) return;
            client.AddText(message);
        }

        subscription.LastQ = stream.LastQ;
        clients.MarkDirty(client);
    }

    private bool MakeRoom(FanoutClient client, int bytes)
    {
        // A comma and the brackets of a frame.
        long after = client.WaitingBytes + bytes + 3;
        if (after <= client.LimitBytes - (client.LimitBytes / 4)) return true;
        if (after > client.LimitBytes)
        {
            CloseSlow(client, "too slow: the outbound buffer is full; connect again and resume");
            return false;
        }

        if (client.IsToldSlow) return true;
        client.IsToldSlow = true;
        client.AddText(messages.Slow(client));
        return true;
    }

    private void CloseSlow(FanoutClient client, string reason)
    {
        counters.SlowCloses++;
        // The token may exceed the limit by its own length, so that it is not lost for want of room.
        client.AddText(ControlMessages.ResumeToken(client, reason, messages.Epoch));
        Close(client, new CloseRequest(CloseCode.Slow, reason));
    }
}
