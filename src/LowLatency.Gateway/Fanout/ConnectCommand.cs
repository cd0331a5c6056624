namespace LowLatency.Gateway.Fanout;

/// <summary>A connection is there.</summary>
internal sealed class ConnectCommand(FanoutClient client) : ClientCommand(client)
{
    /// <inheritdoc/>
    public override void Execute(FanoutAgent fanout) => fanout.Connect(Client);
}
