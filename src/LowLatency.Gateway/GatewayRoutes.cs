using LowLatency.Gateway.Server;
using LowLatency.Gateway.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LowLatency.Gateway;

/// <summary>Puts the gateway's pages and streams into a web application.</summary>
public static class GatewayRoutes
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Maps /v1/stream, its aliases /ws/prices/{symbol} and /ws/analytics/{symbol}, /v1/instruments, /v1/schema, /health, and the dashboard for what
    /// is left. The services come from <see cref="GatewayServices.AddLowLatencyGatewayServices"/>.
    /// </summary>
    /// <param name="endpoints">The application's endpoints.</param>
    /// <returns>The same, for chaining.</returns>
    public static IEndpointRouteBuilder MapLowLatencyGateway(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        GatewayRuntime runtime = endpoints.ServiceProvider.GetRequiredService<GatewayRuntime>();
        var stream = new StreamRoute(runtime);
        var information = new InformationRoute(runtime);
        MapStream(endpoints, "/v1/stream", stream.StreamAsync);
        MapStream(endpoints, "/ws/prices/{symbol}", stream.PricesAsync);
        MapStream(endpoints, "/ws/analytics/{symbol}", stream.AnalyticsAsync);
        MapPage(endpoints, "/v1/instruments", information.InstrumentsAsync);
        MapPage(endpoints, "/v1/schema", information.SchemaAsync);
        MapPage(endpoints, "/health", new HealthRoute(runtime).HealthAsync);
        MapPage(endpoints, "/{**path}", new DashboardRoute(runtime).FileAsync).Add(endpoint => ((RouteEndpointBuilder)endpoint).Order = int.MaxValue);
        return endpoints;
    }

    private static void MapStream(IEndpointRouteBuilder endpoints, string pattern, RequestDelegate handler)
    {
        // A pipeline of its own, so that a desk's application need not know that WebSockets want a middleware.
        IApplicationBuilder pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseWebSockets();
        pipeline.Run(Secured(handler));
        endpoints.MapGet(pattern, pipeline.Build());
    }

    private static IEndpointConventionBuilder MapPage(IEndpointRouteBuilder endpoints, string pattern, RequestDelegate handler) =>
        endpoints.MapMethods(pattern, Reading, Secured(handler));

    private static RequestDelegate Secured(RequestDelegate handler) => context =>
    {
        SecurityHeaders.Apply(context.Response);
        return handler(context);
    };
}
