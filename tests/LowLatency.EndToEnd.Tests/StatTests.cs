using System.Text.Json;
using LowLatency.EndToEnd.Tests.Hosting;

namespace LowLatency.EndToEnd.Tests;

/// <summary>One process runs, another shows its counters.</summary>
public sealed class StatTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stat-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Should_Show_The_Counters_Of_A_Running_Host()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using HostProcess host = await HostProcess.StartAsync("--port", "0", "--set", $"counters.directory={_folder.FullName}");
        Assert.Contains(host.Output, line => line.StartsWith($"counters   {Path.Combine(_folder.FullName, "all-")}", StringComparison.Ordinal));
        using StreamClient reader = await StreamClient.ConnectAsync(host, cancellation);
        // What has come out at the one end has been counted at the other.
        await reader.ReadUntilAsync("t", cancellation);

        await using HostProcess stat = await HostProcess.RunToEndAsync("stat", "--directory", _folder.FullName, "--once", "--json");
        await stat.WaitForExitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, stat.ExitCode);
        JsonElement source = Assert.Single(JsonDocument.Parse(Assert.Single(stat.Output)).RootElement.GetProperty("sources").EnumerateArray());
        Assert.Equal(("all", "running"), (source.GetProperty("role").GetString(), source.GetProperty("state").GetString()));
        Dictionary<string, long> values = source.GetProperty("counters").EnumerateArray().ToDictionary(c => c.GetProperty("label").GetString()!, c => c.GetProperty("value").GetInt64());
        Assert.True(values["pipeline: records handled"] > 0);
        Assert.True(values["stage publish: busy ns"] > 0);
        Assert.Equal(65_536, values["input ring: slots"]);
        Assert.Equal(0, values["errors"]);

        await host.SignalAsync("TERM");
        await host.WaitForExitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, host.ExitCode);
        Assert.Empty(_folder.GetFiles());
    }
}
