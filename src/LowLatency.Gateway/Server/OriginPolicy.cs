using System.Net;
using Microsoft.AspNetCore.Http;

namespace LowLatency.Gateway.Server;

/// <summary>
/// Which web pages may use the gateway. A browser lets any page open a WebSocket anywhere and tells only where the page came from; without keys that
/// origin is all that keeps a stranger's page from a desk's data.
/// </summary>
/// <param name="allowedOrigins">Origins besides the gateway's own.</param>
internal sealed class OriginPolicy(IEnumerable<string> allowedOrigins)
{
    private readonly HashSet<string> _origins = allowedOrigins.Select(o => o.TrimEnd('/')).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a request comes from a page that may connect, or from no page at all.</summary>
    /// <param name="request">The request.</param>
    public bool AllowsOrigin(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        if (string.IsNullOrEmpty(origin) || _origins.Contains(origin)) return true;
        return Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri)
            && uri.Scheme is "http" or "https"
            && string.Equals(uri.Authority, Authority(request, uri), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Whether a request to a loopback address names one. A foreign name that leads here is a page whose owner pointed it at this machine
    /// to pass for the same origin (DNS rebinding).
    /// </summary>
    /// <param name="request">The request.</param>
    public bool AllowsHost(HttpRequest request)
    {
        string host = request.Host.Host;
        if (host.Length == 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)) return true;
        if (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address)) return IPAddress.IsLoopback(address);
        return _origins.Any(o => Uri.TryCreate(o, UriKind.Absolute, out Uri? uri) && uri.Host.Equals(host, StringComparison.OrdinalIgnoreCase));
    }

    // An origin leaves its scheme's default port out, a Host header need not.
    private static string Authority(HttpRequest request, Uri origin) =>
        origin.IsDefaultPort && request.Host.Port == origin.Port ? request.Host.Host : request.Host.Value ?? "";
}
