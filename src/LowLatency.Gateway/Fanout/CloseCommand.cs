using LowLatency.Gateway.Connections;

namespace LowLatency.Gateway.Fanout;

/// <summary>The connection is to be closed, when it has been sent what waits.</summary>
internal sealed class CloseCommand(FanoutClient client, CloseRequest request) : ClientCommand(client)
{
    /// <inheritdoc/>
    public override void Execute(FanoutAgent fanout) => fanout.Delivery.Close(Client, request);
}
