using System.Net;
using System.Net.Sockets;
using LowLatency.EndToEnd.Tests.Hosting;

namespace LowLatency.EndToEnd.Tests;

/// <summary>What is wrong at the start is said in one line, and the shell is told.</summary>
public sealed class StartMistakesTests
{
    [Fact]
    public async Task Should_Name_The_Taken_Port_In_One_Line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await using HostProcess host = await HostProcess.RunToEndAsync("--port", $"{port}");

        Assert.Equal(1, host.ExitCode);
        string line = Assert.Single(host.Errors);
        Assert.Contains($"port {port}", line, StringComparison.Ordinal);
        Assert.Contains("in use", line, StringComparison.Ordinal);
        Assert.Contains("--port", line, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Output, text => text.Contains("   at ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gateway.prot=1", "gateway.prot")]
    [InlineData("nonsense=1", "nonsense")]
    [InlineData("gateway.port=70000", "gateway.port")]
    [InlineData("bars.grace_ns=soon", "bars.grace_ns")]
    [InlineData("gateway.port", "NAME=VALUE")]
    public async Task Should_Name_The_Wrong_Setting(string set, string expected)
    {
        await using HostProcess host = await HostProcess.RunToEndAsync("--set", set);

        Assert.Equal(2, host.ExitCode);
        Assert.Contains(expected, host.Errors.First(), StringComparison.Ordinal);
        Assert.All(host.Errors, line => Assert.DoesNotContain("   at ", line, StringComparison.Ordinal));
        Assert.Empty(host.Output);
    }
}
