namespace LowLatency.Gateway.Fanout;

/// <summary>Something that a connection wants done on the fanout's thread, in the order in which it asks.</summary>
/// <param name="client">For whom.</param>
internal abstract class ClientCommand(FanoutClient client)
{
    /// <summary>For whom.</summary>
    public FanoutClient Client { get; } = client;

    /// <summary>Does it. Called on the fanout's thread.</summary>
    /// <param name="fanout">The fanout.</param>
    public abstract void Execute(FanoutAgent fanout);
}
