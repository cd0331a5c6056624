using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace LowLatency.EndToEnd.Tests.Browsing;

/// <summary>The dashboard in a browser, with a record of all that it complained of and all that it asked for.</summary>
internal sealed class DashboardPage : IAsyncDisposable
{
    private const float LimitMs = 20_000;

    private const string WatchPolicy =
        "window.policyViolations = []; document.addEventListener('securitypolicyviolation', e => window.policyViolations.push(`${e.violatedDirective}: ${e.blockedURI}`));";

    // The canvas that shows most of the two candle colours is the candles'; labels and legends are drawn elsewhere. A checksum stands for its pixels.
    // Read from a copy: the browser warns of canvases that are read again and again.
    private const string CandleCanvas =
        """
        () => {
          const near = (data, i, [r, g, b]) => Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 12;
          let best = { candlePixels: 0, checksum: 0 };
          for (const canvas of document.querySelectorAll('.chart-canvas canvas')) {
            if (canvas.width === 0 || canvas.height === 0) continue;
            const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height }).getContext('2d', { willReadFrequently: true });
            copy.drawImage(canvas, 0, 0);
            const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
            let candlePixels = 0, checksum = 0;
            for (let i = 0; i < data.length; i += 4) {
              if (near(data, i, [47, 191, 138]) || near(data, i, [240, 97, 109])) candlePixels++;
              checksum = (checksum * 31 + data[i] * 65536 + data[i + 1] * 256 + data[i + 2]) >>> 0;
            }
            if (candlePixels > best.candlePixels) best = { candlePixels, checksum };
          }
          return JSON.stringify(best);
        }
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<Uri> _requests = new();

    private DashboardPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _complaints.Enqueue($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, text) => _complaints.Enqueue($"exception: {text}");
        page.Request += (_, request) => _requests.Enqueue(new Uri(request.Url));
        page.WebSocket += (_, socket) => _requests.Enqueue(new Uri(socket.Url));
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, and uncaught exceptions.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Everything that was asked for, WebSockets included.</summary>
    public IReadOnlyCollection<Uri> Requests => _requests;

    /// <summary>Opens the page and waits until it is connected.</summary>
    public static async Task<DashboardPage> OpenAsync(IBrowserContext context, Uri url, string route)
    {
        IPage page = await context.NewPageAsync();
        var dashboard = new DashboardPage(page);
        await page.AddInitScriptAsync(WatchPolicy);
        await page.GotoAsync($"{url}#{route}");
        await dashboard.WaitAsync("s => s.state === 'connected'");
        return dashboard;
    }

    /// <summary>Waits until the page's state meets a condition.</summary>
    /// <param name="condition">A JavaScript function of window.lowLatency.</param>
    /// <returns>The state then.</returns>
    public async Task<PageState> WaitAsync(string condition)
    {
        try
        {
            await Page.WaitForFunctionAsync($"() => window.lowLatency !== undefined && ({condition})(window.lowLatency)", options: new() { Timeout = LimitMs });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"not within {LimitMs / 1000} s: {condition}; the page: {await Page.EvaluateAsync<string>("JSON.stringify(window.lowLatency)")}; {string.Join("; ", _complaints)}");
        }

        return await StateAsync();
    }

    public async Task<PageState> StateAsync() =>
        JsonSerializer.Deserialize<PageState>(await Page.EvaluateAsync<string>("JSON.stringify(window.lowLatency)"), Json)!;

    /// <summary>The candles as drawn: how many pixels have a candle's colour, and a checksum of the whole canvas.</summary>
    public async Task<CandlePixels> CandlePixelsAsync() => JsonSerializer.Deserialize<CandlePixels>(await Page.EvaluateAsync<string>(CandleCanvas), Json)!;

    /// <summary>What the content security policy forbade.</summary>
    public Task<string[]> PolicyViolationsAsync() => Page.EvaluateAsync<string[]>("window.policyViolations");

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
