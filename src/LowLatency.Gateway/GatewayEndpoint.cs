namespace LowLatency.Gateway;

/// <summary>Where the gateway's own web server listens. A singleton of the desk's services.</summary>
public sealed class GatewayEndpoint
{
    private volatile string? _url;

    /// <summary>The base URL, for example http://127.0.0.1:8080; null until the server has started.</summary>
    public string? Url
    {
        get => _url;
        internal set => _url = value;
    }
}
