using Microsoft.Extensions.Logging;

namespace LowLatency.Gateway;

/// <summary>Everything that the gateway logs.</summary>
internal static partial class GatewayLog
{
    [LoggerMessage(1, LogLevel.Information, "The gateway listens on {Url}. No keys are configured: it serves this machine only, and checks none.")]
    public static partial void Listening(ILogger logger, string url);

    [LoggerMessage(2, LogLevel.Warning, "The gateway fell a whole ring behind the engine ({Laps} times so far, {LostBytes} bytes unseen); its lossless clients are closed as they meet the gap.")]
    public static partial void Lapped(ILogger logger, long laps, long lostBytes);

    [LoggerMessage(3, LogLevel.Error, "{Command} of connection {Session} failed; the connection is closed, the others go on.")]
    public static partial void CommandFailed(ILogger logger, string command, string session, Exception mistake);

    [LoggerMessage(4, LogLevel.Critical, "The gateway's fanout thread ended; no client gets anything any more. Restart the process.")]
    public static partial void FanoutEnded(ILogger logger, Exception mistake);

    [LoggerMessage(5, LogLevel.Warning, "Connection {Session} from {Address} failed.")]
    public static partial void ConnectionFailed(ILogger logger, string session, string address, Exception mistake);

    [LoggerMessage(6, LogLevel.Debug, "Connection {Session} from {Address} ended: {Why}")]
    public static partial void ConnectionEnded(ILogger logger, string session, string address, string why);

    [LoggerMessage(7, LogLevel.Warning, "The dashboard's folder {Path} has no index.html: the page says how to build it, everything else works.")]
    public static partial void DashboardMissing(ILogger logger, string path);
}
