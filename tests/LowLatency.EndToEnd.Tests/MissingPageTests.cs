using System.Net;
using LowLatency.EndToEnd.Tests.Hosting;

namespace LowLatency.EndToEnd.Tests;

/// <summary>Where npm was missing, everything but the page works, and the page says so.</summary>
public sealed class MissingPageTests
{
    [Fact]
    public async Task Should_Say_That_Npm_Is_Missing_And_Serve_The_Rest()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        DirectoryInfo empty = Directory.CreateTempSubdirectory("lowlatency-");
        try
        {
            await using HostProcess host = await HostProcess.StartAsync("--port", "0", "--set", $"gateway.dashboard_path={empty.FullName}");
            using var http = new HttpClient { BaseAddress = host.Url };

            using HttpResponseMessage page = await http.GetAsync(new Uri("/", UriKind.Relative), cancellation);
            using HttpResponseMessage health = await http.GetAsync(new Uri("/health", UriKind.Relative), cancellation);
            using StreamClient stream = await StreamClient.ConnectAsync(host, cancellation);
            await stream.ReadUntilAsync("t", cancellation).WaitAsync(TimeSpan.FromSeconds(10), cancellation);

            Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
            string text = await page.Content.ReadAsStringAsync(cancellation);
            Assert.Contains("npm was not found", text, StringComparison.Ordinal);
            Assert.Contains("run.sh", text, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, health.StatusCode);
            Assert.Contains("\"status\":\"healthy\"", await health.Content.ReadAsStringAsync(cancellation), StringComparison.Ordinal);
            Assert.Contains(host.Output, line => line.Contains(empty.FullName, StringComparison.Ordinal));
        }
        finally
        {
            empty.Delete(recursive: true);
        }
    }
}
