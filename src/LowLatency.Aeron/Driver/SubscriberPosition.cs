using LowLatency.Core.Counters;

namespace LowLatency.Aeron.Driver;

/// <summary>How far a subscription has read a publication: the subscriber writes the counter.</summary>
internal sealed class SubscriberPosition(IpcSubscription subscription, Counter counter, long nowNs)
{
    public IpcSubscription Subscription => subscription;

    public Counter Counter => counter;

    public TetherState State { get; set; } = TetherState.Active;

    /// <summary>Where it was when it was last looked at.</summary>
    public long LastPosition { get; set; } = -1;

    public long StateSinceNs { get; set; } = nowNs;

    /// <summary>Whether the publisher waits for it.</summary>
    public bool Counts => State is TetherState.Active or TetherState.Linger;
}
