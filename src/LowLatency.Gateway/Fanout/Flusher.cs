namespace LowLatency.Gateway.Fanout;

/// <summary>Hands the clients' batches over when they are due. The fanout thread's own.</summary>
/// <param name="clients">The clients.</param>
/// <param name="delivery">Where held-back records go.</param>
internal sealed class Flusher(ClientList clients, Delivery delivery)
{
    /// <summary>Flushes everyone who has something.</summary>
    /// <param name="nowNs">The monotonic time.</param>
    public void Flush(long nowNs)
    {
        List<FanoutClient> dirty = clients.Dirty;
        int kept = 0;
        // The list can grow while it is walked: a closed client's last message, for example.
        for (int i = 0; i < dirty.Count; i++)
        {
            FanoutClient client = dirty[i];
            Flush(client, nowNs);
            client.IsDirty = !client.IsClosed && (client.HasUnsent || client.Pending.Count != 0);
            if (client.IsDirty) dirty[kept++] = client;
        }

        dirty.RemoveRange(kept, dirty.Count - kept);
    }

    private void Flush(FanoutClient client, long nowNs)
    {
        // While the socket is behind, the batch being filled grows, and what conflates is held back: fewer, newer messages when it gets on.
        if (client.IsClosed || client.IsBehind) return;
        List<Subscription> pending = client.Pending;
        int kept = 0;
        for (int i = 0; i < pending.Count; i++)
        {
            Subscription subscription = pending[i];
            if (subscription.IsPending && nowNs < subscription.DueNs)
            {
                pending[kept++] = subscription;
                continue;
            }

            subscription.IsListed = false;
            if (!subscription.IsPending || client.IsClosed) continue;
            delivery.SendPending(subscription);
            subscription.DueNs = nowNs + subscription.IntervalNs;
        }

        pending.RemoveRange(kept, pending.Count - kept);
        client.Flush();
        if (client.IsToldSlow && client.WaitingBytes < client.LimitBytes / 2) client.IsToldSlow = false;
    }
}
