using System.Net.WebSockets;
using LowLatency.Core.Clocks;
using LowLatency.Gateway.Fanout;
using LowLatency.Gateway.Protocol;
using LowLatency.Market.Streams;

namespace LowLatency.Gateway.Connections;

/// <summary>One WebSocket: a loop that reads what the client asks, and a loop that sends what the fanout hands over.</summary>
internal sealed class ClientConnection : IDisposable
{
    private readonly WebSocket _socket;
    private readonly FanoutAgent _fanout;
    private readonly FanoutClient _client;
    private readonly RequestResolver _resolver;
    private readonly BatchPool _pool;
    private readonly OutboundQueue _outbound;
    private readonly CancellationToken _aborted;
    private readonly IClock _clock;
    private readonly TokenBucket _tokens;
    private readonly byte[] _inbound;
    private readonly int _maxRefused;

    /// <summary>Makes the connection of a socket that has been accepted.</summary>
    public ClientConnection(WebSocket socket, StreamOptions options, PublishedStreams streams, FanoutAgent fanout, GatewaySettings settings, BatchPool pool, IClock clock)
    {
        _socket = socket;
        _fanout = fanout;
        _pool = pool;
        _clock = clock;
        _outbound = new OutboundQueue(settings.CloseTimeoutMs);
        _aborted = _outbound.Aborted;
        _client = new FanoutClient(Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8)), options, _outbound, pool, settings.OutboundBufferKib * 1024L);
        _resolver = new RequestResolver(streams, settings.StreamsPerConnection);
        _tokens = new TokenBucket(settings.ControlMessagesPerSecond, settings.ControlBurst, clock.MonotonicNs());
        _inbound = new byte[(settings.InboundFrameKib * 1024) + 1];
        _maxRefused = settings.ControlMessagesOver;
    }

    /// <summary>What messages call the connection.</summary>
    public string Session => _client.Session;

    /// <summary>Serves the client until either side has closed.</summary>
    /// <param name="first">What is subscribed without being asked for; null for nothing.</param>
    /// <returns>Why it ended.</returns>
    public async Task<string> RunAsync(ClientRequest? first)
    {
        _fanout.Post(new ConnectCommand(_client));
        if (first is not null) Begin(first);
        Task sending = SendAsync();
        string why;
        try
        {
            why = await ReceiveAsync();
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException or IOException)
        {
            why = end.Message;
            _outbound.Abort();
        }
        finally
        {
            _fanout.Post(new DisconnectCommand(_client));
            _outbound.End(new CloseRequest(CloseCode.Normal, ""));
            await sending;
        }

        return why;
    }

    /// <summary>Ends the connection in order; what it has been promised is sent first.</summary>
    /// <param name="request">How.</param>
    public void Close(CloseRequest request) => _fanout.Post(new CloseCommand(_client, request));

    /// <summary>Ends the connection at once.</summary>
    public void Abort() => _outbound.Abort();

    /// <inheritdoc/>
    public void Dispose() => _outbound.Dispose();

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                // Looked at before the queue is drained: whatever was put in before the end is then sent before it.
                CloseRequest? close = _outbound.Close;
                while (_outbound.TryDequeue(out OutboundBatch? batch))
                {
                    for (int i = 0; i < batch!.FrameCount; i++)
                    {
                        WebSocketMessageType type = batch.Kind(i) == FrameKind.Text ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
                        await _socket.SendAsync(batch.Frame(i), type, endOfMessage: true, _aborted);
                    }

                    _outbound.Sent(batch);
                    _pool.Return(batch);
                }

                if (close is not null)
                {
                    await CloseAsync(close);
                    return;
                }

                await _outbound.WaitAsync();
            }
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The peer is gone, or too late. The receive loop must not wait for it either.
            _outbound.Abort();
        }
    }

    private async Task CloseAsync(CloseRequest close)
    {
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await _socket.CloseOutputAsync((WebSocketCloseStatus)(int)close.Code, close.Reason, _aborted);
    }

    private async Task<string> ReceiveAsync()
    {
        while (true)
        {
            int length = 0;
            ValueWebSocketReceiveResult result;
            do
            {
                result = await _socket.ReceiveAsync(_inbound.AsMemory(length), _aborted);
                if (result.MessageType == WebSocketMessageType.Close) return "closed by the client";
                length += result.Count;
                if (length == _inbound.Length) return await RefuseLargeAsync();
            }
            while (!result.EndOfMessage);
            if (_outbound.Close is not null) continue;
            Handle(result.MessageType, _inbound.AsMemory(0, length));
        }
    }

    private void Handle(WebSocketMessageType type, ReadOnlyMemory<byte> text)
    {
        if (!_tokens.TryTake(_clock.MonotonicNs()))
        {
            if (_tokens.Refused <= _maxRefused) Reply(ControlMessages.Error(null, ErrorCode.TooMany, "too many messages; slow down"));
            if (_tokens.Refused == _maxRefused) Close(new CloseRequest(CloseCode.Rate, "too many messages, and no end of it"));
            return;
        }

        if (type != WebSocketMessageType.Text)
        {
            Reply(ControlMessages.Error(null, ErrorCode.BadRequest, "a message is text, not binary"));
            return;
        }

        byte[]? id = null;
        try
        {
            Handle(RequestParser.Parse(text, ref id), id);
        }
        catch (RequestException mistake)
        {
            Reply(ControlMessages.Error(id, mistake.Code, mistake.Message));
        }
    }

    private void Begin(ClientRequest first)
    {
        try
        {
            Handle(first, null);
        }
        catch (RequestException mistake)
        {
            Reply(ControlMessages.Error(null, mistake.Code, mistake.Message));
        }
    }

    private void Handle(ClientRequest request, byte[]? id)
    {
        switch (request.Action)
        {
            case RequestAction.Subscribe:
                _fanout.Post(new SubscribeCommand(_client, _resolver.Resolve(request, id)));
                break;
            case RequestAction.Unsubscribe:
                _fanout.Post(new UnsubscribeCommand(_client, _resolver.Resolve(request, id)));
                break;
            case RequestAction.Resume:
                StreamRequest resumed = _resolver.Resolve(request, id);
                Reply(ControlMessages.Error(id, ErrorCode.CannotResume, "what was missed is not kept; a fresh snapshot follows"));
                _fanout.Post(new SubscribeCommand(_client, resumed));
                break;
            case RequestAction.Auth:
                Reply(ControlMessages.Answer("success", id, "authenticated: no keys are configured, any token will do", _client.Unit, _clock.EpochNs()));
                break;
            default:
                Reply(ControlMessages.Answer("pong", id, null, _client.Unit, _clock.EpochNs()));
                break;
        }
    }

    private async Task<string> RefuseLargeAsync()
    {
        string text = $"a message has at most {_inbound.Length - 1} bytes";
        Reply(ControlMessages.Error(null, ErrorCode.TooLarge, text));
        Close(new CloseRequest(CloseCode.TooBig, text));
        // What is left of the message is read and thrown away: a socket closed with unread bytes would lose our last words.
        while (true)
        {
            ValueWebSocketReceiveResult result = await _socket.ReceiveAsync(_inbound.AsMemory(), _aborted);
            if (result.MessageType == WebSocketMessageType.Close) return text;
        }
    }

    private void Reply(byte[] message) => _fanout.Post(new ReplyCommand(_client, message));
}
