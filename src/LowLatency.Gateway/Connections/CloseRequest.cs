using System.Text;
using LowLatency.Gateway.Protocol;

namespace LowLatency.Gateway.Connections;

/// <summary>How a connection is to be closed.</summary>
internal sealed class CloseRequest
{
    /// <summary>The most UTF-8 bytes of a reason: what a control frame of a WebSocket holds.</summary>
    public const int MaxReasonBytes = 123;

    /// <summary>Makes a request; a reason that is too long is cut.</summary>
    /// <param name="code">The status code.</param>
    /// <param name="reason">Why, in a sentence.</param>
    public CloseRequest(CloseCode code, string reason)
    {
        Code = code;
        while (Encoding.UTF8.GetByteCount(reason) > MaxReasonBytes) reason = reason[..^1];
        Reason = reason;
    }

    /// <summary>The status code.</summary>
    public CloseCode Code { get; }

    /// <summary>Why.</summary>
    public string Reason { get; }
}
