using System.Text.Json;
using LowLatency.EndToEnd.Tests.Hosting;

namespace LowLatency.EndToEnd.Tests;

/// <summary>Rules on the command line, alerts on the WebSocket.</summary>
public sealed class AlertTests
{
    [Fact]
    public async Task Should_Send_The_Alerts_Of_A_Rule_On_The_Command_Line()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using HostProcess host = await HostProcess.StartAsync("--port", "0", "--set", "counters.enabled=false", "--set", "alerts=price crosses mid; price > 1e9");
        using StreamClient client = await StreamClient.ConnectAsync(host, cancellation, "alerts");
        JsonElement alert = await client.ReadUntilAsync("alert", cancellation);
        Assert.Equal("price crosses mid", alert.GetProperty("n").GetString());
        double[] values = [.. alert.GetProperty("v").EnumerateArray().Select(v => v.GetDouble())];
        Assert.Equal(2, values.Length);
        Assert.NotEqual(values[0], values[1]);

        using var http = new HttpClient();
        using JsonDocument schema = JsonDocument.Parse(await http.GetStringAsync(new Uri(host.Url, "/v1/schema"), cancellation));
        Assert.Equal(["price crosses mid", "price > 1e9"], schema.RootElement.GetProperty("alerts").EnumerateArray().Select(a => a.GetProperty("rule").GetString()));
    }

    [Fact]
    public async Task Should_Not_Start_With_A_Wrong_Rule()
    {
        await using HostProcess host = await HostProcess.RunToEndAsync("--port", "0", "--set", "alerts=gap; rsi(14) crosses_abov 70 on 1m");
        Assert.Equal(2, host.ExitCode);
        Assert.StartsWith("alerts.1.rule: at character 9: 'crosses_abov' stands behind rsi(14) where a comparison should; did you mean crosses_above?", Assert.Single(host.Errors), StringComparison.Ordinal);
    }
}
