namespace LowLatency.Gateway.Fanout;

/// <summary>Streams are not wanted any more.</summary>
internal sealed class UnsubscribeCommand(FanoutClient client, StreamRequest request) : ClientCommand(client)
{
    /// <inheritdoc/>
    public override void Execute(FanoutAgent fanout) => fanout.Desk.Unsubscribe(Client, request);
}
