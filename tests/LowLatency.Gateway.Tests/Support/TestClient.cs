using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace LowLatency.Gateway.Tests.Support;

/// <summary>A client of the stream that takes arrays apart.</summary>
internal sealed class TestClient : IDisposable
{
    private readonly Queue<JsonElement> _messages = [];
    private byte[] _buffer = new byte[1 << 16];

    private TestClient(ClientWebSocket socket) => Socket = socket;

    public ClientWebSocket Socket { get; }

    private static CancellationToken Soon
    {
        get
        {
            var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            source.CancelAfter(TimeSpan.FromSeconds(30));
            return source.Token;
        }
    }

    public static async Task<TestClient> ConnectAsync(string url, string? origin, string[] protocols, WebSocketDeflateOptions? deflate = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.DangerousDeflateOptions = deflate;
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        foreach (string protocol in protocols) socket.Options.AddSubProtocol(protocol);
        await socket.ConnectAsync(new Uri(url), Soon);
        return new TestClient(socket);
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] bytes, WebSocketMessageType type, bool end = true) => Socket.SendAsync(bytes, type, end, Soon);

    /// <summary>The next frame, whole; null when the server closed.</summary>
    public async Task<(WebSocketMessageType Type, byte[] Bytes)?> ReadFrameAsync()
    {
        int length = 0;
        while (true)
        {
            if (length == _buffer.Length) Array.Resize(ref _buffer, length * 2);
            ValueWebSocketReceiveResult result = await Socket.ReceiveAsync(_buffer.AsMemory(length), Soon);
            if (result.MessageType == WebSocketMessageType.Close) return null;
            length += result.Count;
            if (result.EndOfMessage) return (result.MessageType, _buffer[..length]);
        }
    }

    /// <summary>The next message; null when the server closed.</summary>
    public async Task<JsonElement?> ReadAsync()
    {
        while (_messages.Count == 0)
        {
            if (await ReadFrameAsync() is not { } frame) return null;
            Assert.Equal(WebSocketMessageType.Text, frame.Type);
            using JsonDocument document = JsonDocument.Parse(frame.Bytes);
            Assert.Equal(JsonValueKind.Array, document.RootElement.ValueKind);
            foreach (JsonElement message in document.RootElement.EnumerateArray()) _messages.Enqueue(message.Clone());
        }

        return _messages.Dequeue();
    }

    /// <summary>The next message of a type; those in between are dropped.</summary>
    public async Task<JsonElement> UntilAsync(string type)
    {
        while (await ReadAsync() is { } message)
        {
            if (message.GetProperty("T").GetString() == type) return message;
        }

        throw new InvalidOperationException($"The server closed ({(int?)Socket.CloseStatus} {Socket.CloseStatusDescription}) before a message {type}.");
    }

    /// <summary>Reads until the server closes.</summary>
    public async Task<List<JsonElement>> UntilClosedAsync()
    {
        var messages = new List<JsonElement>();
        long start = Stopwatch.GetTimestamp();
        while (await ReadAsync() is { } message)
        {
            // Heartbeats would keep a connection that is never closed going for ever.
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(1), "The server does not close.");
            messages.Add(message);
        }

        await Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        return messages;
    }

    /// <summary>Subscribes and returns the acknowledgement.</summary>
    public async Task<JsonElement> SubscribeAsync(string channels, string symbols, string more = "")
    {
        await SendAsync($$"""{"action":"subscribe","id":1,"channels":[{{Quote(channels)}}],"symbols":[{{Quote(symbols)}}]{{more}}}""");
        return await UntilAsync("subscribed");
    }

    public void Dispose() => Socket.Dispose();

    private static string Quote(string names) => string.Join(',', names.Split(' ').Select(n => $"\"{n}\""));
}
