using System.Text.Json;
using LowLatency.EndToEnd.Tests.Hosting;

namespace LowLatency.EndToEnd.Tests;

/// <summary>Driver, engine and fanout as processes of their own, each of which may die and come again.</summary>
public sealed class RoleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lowlatency-roles-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Dead is whoever has been silent for a second.
    private string[] Common =>
    [
        "--set", $"aeron.dir={Path.Combine(_folder.FullName, "aeron")}", "--set", "aeron.driver_timeout_ms=1000", "--set", "aeron.client_liveness_timeout_ms=1000", "--set", "publishing.term_bytes=1048576",
        "--set", $"counters.directory={_folder.FullName}",
    ];

    [Fact]
    public async Task Should_Serve_Clients_From_An_Engine_In_Another_Process_And_Outlive_It()
    {
        await using HostProcess driver = await StartDriverAsync();
        // Whoever comes first waits for the others.
        await using HostProcess fanout = await HostProcess.StartRoleAsync("waiting for an engine", ["fanout", "--port", "0", .. Common]);
        HostProcess engine = await StartEngineAsync();
        Uri url = await fanout.UrlAsync(Token);
        using StreamClient client = await StreamClient.ConnectAsync(fanout, Token);
        uint epoch = await EpochAsync(client);
        await AssertNoGapAsync(client, 500);
        Assert.Equal("healthy", (await HealthAsync(url)).GetProperty("components").GetProperty("engine").GetProperty("status").GetString());

        await engine.SignalAsync("KILL");
        await engine.DisposeAsync();
        Task<string> served = fanout.LineWithAsync("the engine has begun another epoch", Token);
        await using HostProcess next = await StartEngineAsync();
        Assert.Equal(4013, await client.ReadToCloseAsync(Token));
        await served;

        // The same address, another epoch.
        using StreamClient again = await ConnectAgainAsync(fanout);
        Assert.True(await EpochAsync(again) > epoch);
        await AssertNoGapAsync(again, 500);
        await next.SignalAsync("TERM");
        await next.WaitForExitAsync(TimeSpan.FromSeconds(15));
        Assert.Equal(0, next.ExitCode);
        await fanout.SignalAsync("INT");
        await fanout.WaitForExitAsync(TimeSpan.FromSeconds(15));
        Assert.Equal(0, fanout.ExitCode);
        await driver.SignalAsync("TERM");
        await driver.WaitForExitAsync(TimeSpan.FromSeconds(15));
        Assert.Equal(0, driver.ExitCode);
        Assert.Empty(driver.Errors);
    }

    [Fact]
    public async Task Should_Go_On_When_The_Driver_Is_Killed_And_Started_Again()
    {
        HostProcess driver = await StartDriverAsync();
        await using HostProcess engine = await StartEngineAsync();
        await using HostProcess fanout = await HostProcess.StartAsync(["fanout", "--port", "0", .. Common]);
        using StreamClient client = await StreamClient.ConnectAsync(fanout, Token, "bars.1s");
        await client.ReadUntilAsync("b", Token);
        await driver.SignalAsync("KILL");
        await driver.DisposeAsync();
        await using HostProcess again = await StartDriverAsync();
        JsonElement heard = await HealthUntilAsync(fanout.Url, health => health.GetProperty("missed").GetInt64() > 0 && health.GetProperty("phase").GetString() == "Live");
        Assert.Equal("Running", heard.GetProperty("engine").GetString());
        await client.ReadUntilAsync("b", Token);
    }

    [Fact]
    public async Task Should_Go_On_When_The_Engine_That_Has_The_Driver_Is_Killed_And_Started_Again()
    {
        HostProcess engine = await StartEngineWithDriverAsync();
        await using HostProcess fanout = await HostProcess.StartAsync(["fanout", "--port", "0", .. Common]);
        using StreamClient client = await StreamClient.ConnectAsync(fanout, Token);
        await client.ReadUntilAsync("t", Token);
        await engine.SignalAsync("KILL");
        await engine.DisposeAsync();
        await using HostProcess again = await StartEngineWithDriverAsync();
        Assert.Contains(again.Output, line => line.Contains("driver in this process", StringComparison.Ordinal));
        Assert.Equal(4013, await client.ReadToCloseAsync(Token));
        using StreamClient next = await ConnectAgainAsync(fanout);
        await AssertNoGapAsync(next, 100);
    }

    [Fact(Timeout = 60_000)]
    public async Task Should_Show_The_Drivers_Counters()
    {
        await using HostProcess driver = await StartDriverAsync();
        await using HostProcess engine = await StartEngineAsync();
        string[] labels = [];
        // Its publications come when it has made sure that no other engine has the streams.
        while (!labels.Any(l => l.StartsWith("pub-pos", StringComparison.Ordinal) && l.Contains("1001", StringComparison.Ordinal)))
        {
            Token.ThrowIfCancellationRequested();
            await using HostProcess stat = await HostProcess.RunToEndAsync("stat", "--once", "--json", "--file", Path.Combine(_folder.FullName, "aeron", "cnc.dat"));
            using JsonDocument shown = JsonDocument.Parse(stat.Output.Single());
            labels = [.. shown.RootElement.GetProperty("sources")[0].GetProperty("counters").EnumerateArray().Select(c => c.GetProperty("label").GetString()!)];
        }

        Assert.Contains(labels, l => l.StartsWith("Bytes sent", StringComparison.Ordinal));

        // Without a file: every engine, and every driver in the default folder or beside it.
        await using HostProcess all = await HostProcess.StartAsync("--port", "0");
        await using HostProcess statOfAll = await HostProcess.RunToEndAsync("stat", "--once", "--json");
        using JsonDocument sources = JsonDocument.Parse(statOfAll.Output.Single());
        Assert.Contains(sources.RootElement.GetProperty("sources").EnumerateArray(), s => s.GetProperty("path").GetString()!.EndsWith("cnc.dat", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<HostProcess> StartDriverAsync() => HostProcess.StartRoleAsync("The driver runs", ["driver", .. Common]);

    private Task<HostProcess> StartEngineAsync() =>
        HostProcess.StartRoleAsync("The engine runs", ["engine", "--set", "aeron.driver=external", "--set", "feed.simulator.ticks_per_second=5000", .. Common]);

    private Task<HostProcess> StartEngineWithDriverAsync() => HostProcess.StartRoleAsync("The engine runs", ["engine", "--set", "feed.simulator.ticks_per_second=5000", .. Common]);

    private static async Task<uint> EpochAsync(StreamClient client) => (await client.ReadUntilAsync("success", Token)).GetProperty("ep").GetUInt32();

    private static async Task AssertNoGapAsync(StreamClient client, int trades)
    {
        var last = new Dictionary<string, ulong>();
        foreach (JsonElement trade in await client.ReadManyAsync("t", trades, Token))
        {
            string symbol = trade.GetProperty("S").GetString()!;
            ulong q = trade.GetProperty("q").GetUInt64();
            if (last.TryGetValue(symbol, out ulong before)) Assert.Equal(before + 1, q);
            last[symbol] = q;
        }

        Assert.NotEmpty(last);
    }

    private static async Task<StreamClient> ConnectAgainAsync(HostProcess fanout)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                return await StreamClient.ConnectAsync(fanout, patience.Token);
            }
            catch (System.Net.WebSockets.WebSocketException)
            {
                // Between two epochs nobody listens: again, after a pause that spares the machine.
                await Task.Delay(20, patience.Token);
            }
        }
    }

    private static async Task<JsonElement> HealthAsync(Uri url)
    {
        using var http = new HttpClient();
        return JsonDocument.Parse(await http.GetStringAsync(new Uri(url, "/health"), Token)).RootElement.Clone();
    }

    private static async Task<JsonElement> HealthUntilAsync(Uri url, Predicate<JsonElement> isSo)
    {
        using var http = new HttpClient();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            // Unhealthy is 503, and says why all the same.
            using HttpResponseMessage answer = await http.GetAsync(new Uri(url, "/health"), patience.Token);
            JsonElement engine = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(patience.Token)).RootElement.GetProperty("components").GetProperty("engine").Clone();
            if (isSo(engine)) return engine;
            await Task.Delay(20, patience.Token);
        }
    }
}
