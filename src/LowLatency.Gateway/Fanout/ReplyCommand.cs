namespace LowLatency.Gateway.Fanout;

/// <summary>A message that is complete already: an error, an answer.</summary>
internal sealed class ReplyCommand(FanoutClient client, byte[] message) : ClientCommand(client)
{
    /// <inheritdoc/>
    public override void Execute(FanoutAgent fanout) => fanout.Delivery.Send(Client, message);
}
