namespace LowLatency.Gateway.Protocol;

/// <summary>A client's message that cannot be carried out; becomes an error message to that client. Internal: never leaves the connection.</summary>
/// <param name="code">One of <see cref="ErrorCode"/>.</param>
/// <param name="message">What, where, and what to do.</param>
internal sealed class RequestException(int code, string message) : Exception(message)
{
    /// <summary>One of <see cref="ErrorCode"/>.</summary>
    public int Code { get; } = code;
}
