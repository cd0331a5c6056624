using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using LowLatency.EndToEnd.Tests.Hosting;

namespace LowLatency.EndToEnd.Tests;

/// <summary>Ctrl-C and a service manager's signal end the host soon and cleanly, clients or not.</summary>
public sealed class ShutdownTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Should_End_Within_Two_Seconds_With_Clients_Connected(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using HostProcess host = await HostProcess.StartAsync("--port", "0", "--set", "feed.simulator.ticks_per_second=20000");
        using StreamClient reader = await StreamClient.ConnectAsync(host, cancellation);
        using StreamClient idler = await StreamClient.ConnectAsync(host, cancellation);
        await reader.ReadUntilAsync("t", cancellation);
        await idler.ReadUntilAsync("t", cancellation);
        int port = host.Url.Port;
        Assert.Contains(Listeners(), listener => listener.Port == port);

        long start = Stopwatch.GetTimestamp();
        await host.SignalAsync(signal);
        Task<int> closing = reader.ReadToCloseAsync(cancellation);
        await host.WaitForExitAsync(TimeSpan.FromSeconds(15));
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);

        Assert.True(elapsed < Limit, $"it took {elapsed.TotalMilliseconds:F0} ms to end");
        Assert.Equal(0, host.ExitCode);
        Assert.Equal(4013, await closing);
        Assert.DoesNotContain(Listeners(), listener => listener.Port == port);
        Assert.Empty(host.Errors);
    }

    private static IPEndPoint[] Listeners() => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
}
