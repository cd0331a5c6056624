using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace LowLatency.EndToEnd.Tests.Hosting;

/// <summary>A WebSocket client of the stream.</summary>
internal sealed class StreamClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1 << 20];

    private StreamClient() => _socket.Options.AddSubProtocol("mdstream.v1.json");

    /// <summary>Connects and subscribes to a channel of all instruments.</summary>
    public static async Task<StreamClient> ConnectAsync(HostProcess host, CancellationToken cancellation, string channel = "trades")
    {
        var client = new StreamClient();
        var address = new UriBuilder(host.Url) { Scheme = "ws", Path = "/v1/stream" };
        await client._socket.ConnectAsync(address.Uri, cancellation);
        byte[] request = Encoding.UTF8.GetBytes($$"""{"action":"subscribe","id":1,"channels":["{{channel}}"],"symbols":["*"]}""");
        await client._socket.SendAsync(request, WebSocketMessageType.Text, endOfMessage: true, cancellation);
        return client;
    }

    /// <summary>Reads until a message of a type has come.</summary>
    /// <param name="type">The message's T.</param>
    /// <returns>The message.</returns>
    public async Task<JsonElement> ReadUntilAsync(string type, CancellationToken cancellation)
    {
        while (true)
        {
            using JsonDocument? frame = await ReadFrameAsync(cancellation);
            Assert.NotNull(frame);
            foreach (JsonElement message in frame.RootElement.EnumerateArray())
            {
                if (message.GetProperty("T").GetString() == type) return message.Clone();
            }
        }
    }

    /// <summary>Reads until so many messages of a type have come.</summary>
    /// <param name="type">The messages' T.</param>
    /// <param name="count">How many, at least.</param>
    /// <returns>The messages, all of each frame.</returns>
    public async Task<List<JsonElement>> ReadManyAsync(string type, int count, CancellationToken cancellation)
    {
        var messages = new List<JsonElement>();
        while (messages.Count < count)
        {
            using JsonDocument? frame = await ReadFrameAsync(cancellation);
            Assert.NotNull(frame);
            messages.AddRange(frame.RootElement.EnumerateArray().Where(m => m.GetProperty("T").GetString() == type).Select(m => m.Clone()));
        }

        return messages;
    }

    /// <summary>Reads until the gateway closes the connection.</summary>
    /// <returns>The close code.</returns>
    public async Task<int> ReadToCloseAsync(CancellationToken cancellation)
    {
        JsonDocument? frame;
        while ((frame = await ReadFrameAsync(cancellation)) is not null) frame.Dispose();
        return (int)_socket.CloseStatus!.Value;
    }

    public void Dispose() => _socket.Dispose();

    private async Task<JsonDocument?> ReadFrameAsync(CancellationToken cancellation)
    {
        int length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellation);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            length += part.Count;
            if (part.EndOfMessage) return JsonDocument.Parse(_buffer.AsMemory(0, length));
        }
    }
}
