using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using LowLatency.Gateway.Tests.Support;
using LowLatency.Market.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LowLatency.Gateway.Tests.Server;

public sealed class ServerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0.0.0.0", "no keys")]
    [InlineData("::", "no keys")]
    [InlineData("10.1.2.3", "no keys")]
    [InlineData("somewhere", "not an IP address")]
    public async Task Should_Refuse_An_Address_That_Others_Can_Reach(string address, string hint)
    {
        using IHost host = TestGateway.Build(new TestPublisher().Streams, ("address", address));
        GatewayStartException refusal = await Assert.ThrowsAsync<GatewayStartException>(() => host.StartAsync(Cancel));
        Assert.Contains(hint, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("gateway.address", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Say_That_A_Port_Is_Taken()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using IHost host = TestGateway.Build(new TestPublisher().Streams, ("port", $"{port}"));
        GatewayStartException refusal = await Assert.ThrowsAsync<GatewayStartException>(() => host.StartAsync(Cancel));
        Assert.Equal($"port {port} on 127.0.0.1 is in use; choose another with --port or gateway.port", refusal.Message);
    }

    [Fact]
    public void Should_Name_Every_Mistake_In_The_Settings()
    {
        SettingsException mistakes = Assert.Throws<SettingsException>(() => TestGateway.Build(new TestPublisher().Streams, ("flush_ms", "-1"), ("prt", "1")));
        Assert.Equal(2, mistakes.Mistakes.Count);
    }

    [Fact]
    public async Task Should_Tell_Clients_And_Stop_Within_Two_Seconds()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Publisher.Add("AAPL");
        using TestClient polite = await gateway.ConnectAsync();
        await polite.SubscribeAsync("trades", "AAPL");
        // Never reads, never answers the close.
        using TestClient rude = await gateway.ConnectAsync();
        Task<List<JsonElement>> closed = polite.UntilClosedAsync();
        long start = Stopwatch.GetTimestamp();
        await gateway.StopAsync();
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2), $"It took {Stopwatch.GetElapsedTime(start)}.");
        await closed;
        Assert.Equal(4013, (int?)polite.Socket.CloseStatus);
    }

    [Fact]
    public async Task Should_Tell_How_It_Is()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using TestClient client = await gateway.ConnectAsync();
        await client.UntilAsync("success");
        HttpResponseMessage response = await gateway.Http.GetAsync("/health", Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement health = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
        Assert.Equal(("healthy", 17), (health.Text("status"), health.GetProperty("epoch").GetInt32()));
        Assert.Equal(1, health.GetProperty("components").GetProperty("gateway").GetProperty("clients").GetInt32());
    }

    [Fact]
    public async Task Should_List_Instruments_And_Channels()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Publisher.Add("AAPL");
        string text = await gateway.Http.GetStringAsync("/v1/instruments", Cancel);
        Assert.StartsWith("""{"instruments":[{"id":0,"S":"AAPL"}],"channels":["trades","quotes","bars.1s",""", text, StringComparison.Ordinal);
        Assert.EndsWith("\"epoch\":17}", text, StringComparison.Ordinal);
        Assert.StartsWith("<?xml", await gateway.Http.GetStringAsync("/v1/schema?format=sbe", Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.Http.GetAsync("/v1/schema?format=xsd", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.UpgradeRequired, (await gateway.Http.GetAsync("/v1/stream", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Should_Turn_Away_A_Foreign_Name_For_This_Machine()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/instruments");
        request.Headers.Host = "evil.example";
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await gateway.Http.SendAsync(request, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Should_Say_That_The_Dashboard_Was_Not_Built()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        HttpResponseMessage page = await gateway.Http.GetAsync("/", Cancel);
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType!.ToString());
        Assert.Contains("npm was not found", await page.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Http.GetAsync("/nothing", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Should_Serve_The_Dashboard_And_Nothing_Beside_It()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gateway");
        try
        {
            string site = Path.Combine(folder.FullName, "site");
            Directory.CreateDirectory(Path.Combine(site, "assets"));
            await File.WriteAllTextAsync(Path.Combine(site, "index.html"), "<p>here</p>", Cancel);
            await File.WriteAllTextAsync(Path.Combine(site, "assets", "main-1a2b.js"), "let x;", Cancel);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "secret.txt"), "secret", Cancel);
            await using TestGateway gateway = await TestGateway.StartAsync(null, ("dashboard_path", site));
            HttpResponseMessage index = await gateway.Http.GetAsync("/", Cancel);
            Assert.Equal("<p>here</p>", await index.Content.ReadAsStringAsync(Cancel));
            Assert.Equal("no-cache", index.Headers.CacheControl!.ToString());
            HttpResponseMessage script = await gateway.Http.GetAsync("/assets/main-1a2b.js", Cancel);
            Assert.Equal("text/javascript; charset=utf-8", script.Content.Headers.ContentType!.ToString());
            Assert.Contains("immutable", script.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            Assert.Equal("nosniff", script.Headers.GetValues("X-Content-Type-Options").Single());
            var again = new HttpRequestMessage(HttpMethod.Get, "/");
            again.Headers.IfNoneMatch.Add(index.Headers.ETag!);
            Assert.Equal(HttpStatusCode.NotModified, (await gateway.Http.SendAsync(again, Cancel)).StatusCode);
            foreach (string path in (string[])["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/..%5c..%5csecret.txt", "/assets/%2e%2e/%2e%2e/secret.txt", "//secret.txt"])
                Assert.DoesNotContain("secret", await RawGetAsync(new Uri(gateway.Url).Port, path), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Should_Fit_Into_A_Web_Application_That_Is_There_Already()
    {
        var publisher = new TestPublisher();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(publisher.Streams);
        builder.Services.AddLowLatencyGatewayServices(builder.Configuration);
        await using WebApplication application = builder.Build();
        application.MapGet("/desk", () => "the desk's own");
        application.MapLowLatencyGateway();
        await application.StartAsync(Cancel);
        string url = application.Urls.First();
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        Assert.Equal("the desk's own", await http.GetStringAsync("/desk", Cancel));
        Assert.Contains("healthy", await http.GetStringAsync("/health", Cancel), StringComparison.Ordinal);
        publisher.Trade("AAPL", 1);
        using TestClient client = await TestClient.ConnectAsync(url.Replace("http", "ws", StringComparison.Ordinal) + "/ws/prices/AAPL", null, []);
        Assert.Equal(1ul, (await client.UntilAsync("snap")).Q());
        Task<List<JsonElement>> closed = client.UntilClosedAsync();
        await application.StopAsync(Cancel);
        await closed;
        Assert.Equal(4013, (int?)client.Socket.CloseStatus);
    }

    // A client that sends the path as it is.
    private static async Task<string> RawGetAsync(int port, string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, Cancel);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"), Cancel);
        using var reader = new StreamReader(stream);
        string answer = await reader.ReadToEndAsync(Cancel);
        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        return answer;
    }
}
