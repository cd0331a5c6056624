using LowLatency.EndToEnd.Tests.Browsing;
using LowLatency.EndToEnd.Tests.Hosting;
using Microsoft.Playwright;

namespace LowLatency.EndToEnd.Tests;

/// <summary>The page against the real engine: simulator, pipeline, gateway, browser.</summary>
public sealed class DashboardTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private static readonly string[] BusyMarket = ["--port", "0", "--set", "feed.simulator.ticks_per_second=20000"];

    [Fact]
    public async Task Should_Draw_Candles_That_Move()
    {
        chromium.Require();
        await using HostProcess host = await HostProcess.StartAsync(BusyMarket);
        await using DashboardPage page = await chromium.OpenAsync(host, "ALFA/1s");

        PageState first = await page.WaitAsync("s => s.candles >= 2 && s.updates > 0 && s.lastClose !== null");
        CandlePixels before = await page.CandlePixelsAsync();
        PageState later = await page.WaitAsync($"s => s.candles >= {first.Candles + 2} && s.updates >= {first.Updates + 20} && s.lastClose !== {first.LastClose:R}");
        CandlePixels after = await page.CandlePixelsAsync();

        Assert.True(before.CandlePixelCount > 0, "no pixel has a candle's colour");
        Assert.True(after.CandlePixelCount > 0, "no pixel has a candle's colour");
        Assert.NotEqual(before.Checksum, after.Checksum);
        Assert.True(later.Messages > first.Messages);
        await AssertCleanAsync(page, host);
    }

    [Fact]
    public async Task Should_Show_The_Alerts_Of_The_Symbol()
    {
        chromium.Require();
        await using HostProcess host = await HostProcess.StartAsync([.. BusyMarket, "--set", "alerts.0.name=across the middle", "--set", "alerts.0.rule=price crosses mid", "--set", "alerts.0.symbols=ALFA"]);
        await using DashboardPage page = await chromium.OpenAsync(host, "ALFA/1s");
        await page.WaitAsync("s => s.candles >= 1 && s.updates > 0");
        ILocator alerts = page.Page.GetByRole(AriaRole.Region, new() { Name = "Last alerts" });
        await Assertions.Expect(alerts.GetByText("across the middle").First).ToBeVisibleAsync();

        await using DashboardPage other = await chromium.OpenAsync(host, "COIN-USD/1s");
        await other.WaitAsync("s => s.candles >= 1 && s.updates > 0");
        await Assertions.Expect(other.Page.GetByRole(AriaRole.Region, new() { Name = "Last alerts" })).ToBeHiddenAsync();
        await AssertCleanAsync(page, host);
    }

    [Fact]
    public async Task Should_Switch_Symbol_And_Interval()
    {
        chromium.Require();
        await using HostProcess host = await HostProcess.StartAsync(BusyMarket);
        await using DashboardPage page = await chromium.OpenAsync(host, "ALFA/1m");
        PageState alfa = await page.WaitAsync("s => s.symbol === 'ALFA' && s.interval === '1m' && s.candles >= 1 && s.updates > 0");

        ILocator field = page.Page.GetByRole(AriaRole.Combobox);
        await field.ClickAsync();
        await field.FillAsync("coin");
        await field.PressAsync("Enter");
        PageState coin = await page.WaitAsync("s => s.symbol === 'COIN-USD' && s.candles >= 1 && s.updates > 0");
        await page.Page.GetByRole(AriaRole.Radio, new() { Name = "1s", Exact = true }).CheckAsync();
        PageState seconds = await page.WaitAsync("s => s.interval === '1s' && s.candles >= 3 && s.updates > 0");

        Assert.True(coin.LastPrice > 10 * alfa.LastPrice, $"COIN-USD at {coin.LastPrice} is ALFA's {alfa.LastPrice}");
        Assert.Equal("COIN-USD", seconds.Symbol);
        Assert.EndsWith("#COIN-USD/1s", page.Page.Url, StringComparison.Ordinal);
        await AssertCleanAsync(page, host);
    }

    [Fact]
    public async Task Should_Say_Disconnected_And_Recover_By_Itself()
    {
        chromium.Require();
        await using HostProcess first = await HostProcess.StartAsync(BusyMarket);
        await using DashboardPage page = await chromium.OpenAsync(first, "ALFA/1s");
        await page.WaitAsync("s => s.candles >= 1 && s.updates > 0");

        await first.SignalAsync("TERM");
        await first.WaitForExitAsync(TimeSpan.FromSeconds(10));
        await page.WaitAsync("s => s.state === 'waiting'");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Disconnected");

        await using HostProcess second = await HostProcess.StartAsync(["--port", $"{first.Url.Port}", .. BusyMarket[2..]]);
        PageState state = await page.WaitAsync("s => s.state === 'connected' && s.reconnects >= 1 && s.candles >= 2 && s.updates > 0");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToBeHiddenAsync();

        Assert.Equal("ALFA", state.Symbol);
        Assert.Equal(0, state.Losses);
        Assert.Empty(await page.PolicyViolationsAsync());
        // The browser itself reports each attempt that found nobody; the page must add nothing to it.
        Assert.All(page.Complaints, complaint => Assert.Contains("net::ERR_", complaint, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(1280, 720)]
    [InlineData(390, 844)]
    public async Task Should_Fit_The_Window(int width, int height)
    {
        chromium.Require();
        await using HostProcess host = await HostProcess.StartAsync(BusyMarket);
        await using DashboardPage page = await chromium.OpenAsync(host, "EURUSD/1s");
        await page.Page.SetViewportSizeAsync(width, height);
        await page.WaitAsync("s => s.candles >= 2 && s.updates >= 4 && s.ticksPerSecond > 0");

        string[] overflowing = await page.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('header *, aside *, footer *')]
              .filter(e => { const box = e.getBoundingClientRect(); return box.width > 0 && (box.left < -0.5 || box.right > innerWidth + 0.5) && getComputedStyle(e).opacity !== '0'; })
              .map(e => `${e.tagName}.${e.className}: ${e.textContent}`)
            """);

        Assert.Empty(overflowing);
        Assert.True(await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight"));
        Assert.True((await page.CandlePixelsAsync()).CandlePixelCount > 0, "no pixel has a candle's colour");
        await AssertCleanAsync(page, host);
    }

    private static async Task AssertCleanAsync(DashboardPage page, HostProcess host)
    {
        Assert.Equal(0, (await page.StateAsync()).Losses);
        Assert.Empty(page.Complaints);
        Assert.Empty(await page.PolicyViolationsAsync());
        Assert.Contains(page.Requests, request => request.Scheme == "ws");
        Assert.All(page.Requests, request => Assert.Equal(host.Url.Authority, request.Authority));
    }
}
