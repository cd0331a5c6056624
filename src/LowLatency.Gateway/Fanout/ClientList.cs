namespace LowLatency.Gateway.Fanout;

/// <summary>The clients, and which of them have something to be flushed. The fanout thread's own.</summary>
internal sealed class ClientList
{
    /// <summary>All clients.</summary>
    public List<FanoutClient> All { get; } = [];

    /// <summary>Clients with something to be flushed, each once.</summary>
    public List<FanoutClient> Dirty { get; } = [];

    /// <summary>Clients that were closed and still have subscriptions.</summary>
    public List<FanoutClient> Closed { get; } = [];

    /// <summary>Notes that a client has something to be flushed.</summary>
    public void MarkDirty(FanoutClient client)
    {
        if (client.IsDirty) return;
        client.IsDirty = true;
        Dirty.Add(client);
    }

    /// <summary>Takes the subscriptions of closed clients off their streams. Not while a stream's subscriptions are being walked.</summary>
    public void Sweep()
    {
        foreach (FanoutClient client in Closed)
        {
            foreach (Subscription subscription in client.Subscriptions.Values) subscription.Stream.Remove(subscription);
            client.Subscriptions.Clear();
            client.Wildcards.Clear();
            client.Pending.Clear();
        }

        Closed.Clear();
    }
}
