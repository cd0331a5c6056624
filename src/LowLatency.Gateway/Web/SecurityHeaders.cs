using Microsoft.AspNetCore.Http;

namespace LowLatency.Gateway.Web;

/// <summary>What every answer tells a browser.</summary>
internal static class SecurityHeaders
{
    // The chart library puts a style element into the page; scripts, connections and everything else come from here alone.
    // 'self' covers the WebSocket of the same host and port.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
        "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Sets the headers.</summary>
    /// <param name="response">The answer, not begun.</param>
    public static void Apply(HttpResponse response)
    {
        IHeaderDictionary headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
