using LowLatency.Market.Streams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LowLatency.Gateway.Tests.Support;

/// <summary>A plain host with the gateway on a free port.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly IHost _host;

    private TestGateway(IHost host, TestPublisher publisher)
    {
        _host = host;
        Publisher = publisher;
        Http = new HttpClient { BaseAddress = new Uri(Url) };
    }

    public TestPublisher Publisher { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _host.Services;

    public string Url => _host.Services.GetRequiredService<GatewayEndpoint>().Url!;

    public static async Task<TestGateway> StartAsync(TestPublisher? publisher = null, params (string Name, string Value)[] settings)
    {
        publisher ??= new TestPublisher();
        IHost host = Build(publisher.Streams, settings);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new TestGateway(host, publisher);
    }

    public static IHost Build(PublishedStreams streams, params (string Name, string Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        var values = new Dictionary<string, string?> { ["LowLatency:gateway:port"] = "0" };
        foreach ((string name, string value) in settings) values[$"LowLatency:gateway:{name}"] = value;
        builder.Configuration.AddInMemoryCollection(values);
        builder.Services.AddSingleton(streams);
        builder.Services.AddLowLatencyGateway(builder.Configuration);
        return builder.Build();
    }

    public Task<TestClient> ConnectAsync(string path = "/v1/stream", string? origin = null, params string[] protocols) =>
        TestClient.ConnectAsync(Url.Replace("http://", "ws://", StringComparison.Ordinal) + path, origin, protocols);

    public Task StopAsync() => _host.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
