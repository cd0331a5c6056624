namespace LowLatency.Gateway;

/// <summary>The gateway cannot listen where its settings say; the message says why and what to change.</summary>
public sealed class GatewayStartException : Exception
{
    /// <summary>Makes one without a reason.</summary>
    public GatewayStartException()
        : this("the gateway cannot listen")
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">Why, and what to change.</param>
    public GatewayStartException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its cause.</summary>
    /// <param name="message">Why, and what to change.</param>
    /// <param name="innerException">What led to it.</param>
    public GatewayStartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
