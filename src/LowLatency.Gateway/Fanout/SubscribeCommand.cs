namespace LowLatency.Gateway.Fanout;

/// <summary>Streams are wanted.</summary>
internal sealed class SubscribeCommand(FanoutClient client, StreamRequest request) : ClientCommand(client)
{
    /// <inheritdoc/>
    public override void Execute(FanoutAgent fanout) => fanout.Desk.Subscribe(Client, request);
}
