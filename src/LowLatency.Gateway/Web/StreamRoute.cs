using System.Net;
using System.Net.WebSockets;
using LowLatency.Gateway.Connections;
using LowLatency.Gateway.Fanout;
using LowLatency.Gateway.Json;
using LowLatency.Gateway.Protocol;
using LowLatency.Gateway.Server;
using LowLatency.Market.Streams;
using Microsoft.AspNetCore.Http;

namespace LowLatency.Gateway.Web;

/// <summary>Turns requests into WebSocket connections.</summary>
/// <param name="runtime">The gateway.</param>
internal sealed class StreamRoute(GatewayRuntime runtime)
{
    private const string Json = "mdstream.v1.json";
    private const string Binary = "mdstream.v1.bin";

    /// <summary>/v1/stream: the client says what it wants.</summary>
    public Task StreamAsync(HttpContext context) => ServeAsync(context, null);

    /// <summary>/ws/prices/{symbol}: trades and quotes.</summary>
    public Task PricesAsync(HttpContext context) => ServeAsync(context, Request(context, ["trades", "quotes"]));

    /// <summary>/ws/analytics/{symbol}: every indicator of every interval, spikes and reversals.</summary>
    public Task AnalyticsAsync(HttpContext context) =>
        ServeAsync(context, Request(context, [.. runtime.Streams.Channels.Channels.Where(c => c.Kind is ChannelKind.Indicator or ChannelKind.Spikes or ChannelKind.Reversals).Select(c => c.Name)]));

    private static ClientRequest Request(HttpContext context, List<string> channels) => new()
    {
        Action = RequestAction.Subscribe,
        Channels = channels,
        Symbols = [(string)context.Request.RouteValues["symbol"]!],
        Snapshot = new SnapshotWindow(SnapshotKind.LastState, 0),
    };

    private static Task RefuseAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }

    private async Task ServeAsync(HttpContext context, ClientRequest? first)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            await RefuseAsync(context, StatusCodes.Status426UpgradeRequired, "This is a WebSocket; connect to it with the scheme ws.");
        }
        else if (!runtime.Origins.AllowsOrigin(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Pages of this origin may not connect; gateway.allowed_origins names those that may.");
        }
        else if (runtime.IsStopping)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "The gateway shuts down; connect again later.");
        }
        else if (Negotiate(context, out StreamOptions options, out string? protocol) is { } mistake)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, mistake);
        }
        else
        {
            await LimitAsync(context, first, options, protocol);
        }
    }

    private async Task LimitAsync(HttpContext context, ClientRequest? first, StreamOptions options, string? protocol)
    {
        IPAddress address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (!runtime.Limiter.TryEnter(address))
        {
            context.Response.Headers.RetryAfter = "5";
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, $"An address may have {runtime.Settings.ConnectionsPerAddress} connections (gateway.connections_per_address); close one first.");
            return;
        }

        try
        {
            await AcceptAsync(context, first, options, protocol, address);
        }
        finally
        {
            runtime.Limiter.Leave(address);
        }
    }

    private async Task AcceptAsync(HttpContext context, ClientRequest? first, StreamOptions options, string? protocol, IPAddress address)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = protocol,
            KeepAliveInterval = TimeSpan.FromSeconds(15),
            KeepAliveTimeout = TimeSpan.FromSeconds(30),
            DangerousEnableCompression = runtime.Settings.PermessageDeflate && !options.Binary,
        });
        using var connection = new ClientConnection(socket, options, runtime.Streams, runtime.Fanout, runtime.Settings, runtime.Pool, runtime.Clock);
        runtime.Add(connection);
        try
        {
            string why = await connection.RunAsync(first);
            GatewayLog.ConnectionEnded(runtime.Logger, connection.Session, address.ToString(), why);
        }
        catch (Exception mistake)
        {
            GatewayLog.ConnectionFailed(runtime.Logger, connection.Session, address.ToString(), mistake);
        }
        finally
        {
            runtime.Remove(connection);
        }
    }

    private static string? Negotiate(HttpContext context, out StreamOptions options, out string? protocol)
    {
        options = default;
        string? encoding = context.Request.Query["enc"];
        string? times = context.Request.Query["ts"];
        IList<string> offered = context.WebSockets.WebSocketRequestedProtocols;
        protocol = encoding switch
        {
            "bin" => offered.Contains(Binary) ? Binary : null,
            "json" => offered.Contains(Json) ? Json : null,
            _ => offered.FirstOrDefault(p => p is Json or Binary),
        };
        if (encoding is not (null or "json" or "bin")) return "enc is json or bin.";
        if (times is not (null or "us" or "ns")) return "ts is us or ns.";
        if (offered.Count != 0 && protocol is null) return $"The subprotocols are {Json} and {Binary}, and enc must not contradict them.";
        options = new StreamOptions(encoding == "bin" || protocol == Binary, times == "ns" ? TimeUnit.Nanoseconds : TimeUnit.Microseconds);
        return null;
    }
}
