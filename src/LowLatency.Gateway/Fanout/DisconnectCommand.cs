namespace LowLatency.Gateway.Fanout;

/// <summary>A connection is gone.</summary>
internal sealed class DisconnectCommand(FanoutClient client) : ClientCommand(client)
{
    /// <inheritdoc/>
    public override void Execute(FanoutAgent fanout) => fanout.Disconnect(Client);
}
