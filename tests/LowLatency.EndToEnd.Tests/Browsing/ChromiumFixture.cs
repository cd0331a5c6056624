using LowLatency.EndToEnd.Tests.Hosting;
using Microsoft.Playwright;

namespace LowLatency.EndToEnd.Tests.Browsing;

/// <summary>The installed Chromium, headless; one for all tests of a class.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private static readonly string[] Places =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];

    // What would reach for the network besides the page, or needs what a container has not.
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        string? executable = Array.Find(Places, File.Exists);
        if (executable is null) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = executable, Headless = true, Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>Opens the page that a host serves; skips the test where there is no browser or no page.</summary>
    /// <param name="host">The host.</param>
    /// <param name="route">What follows #, for example ALFA/1s.</param>
    internal async Task<DashboardPage> OpenAsync(HostProcess host, string route)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 720 } });
        return await DashboardPage.OpenAsync(context, host.Url, route);
    }

    /// <summary>Skips the test where there is no browser or no page.</summary>
    internal void Require()
    {
        if (_browser is null) Assert.Skip($"No Chromium is installed (looked for {string.Join(", ", Places)})");
        if (!HostBuild.HasDashboard) Assert.Skip($"The page was not built into {HostBuild.Dashboard}: ./run.sh builds it where npm is installed");
    }
}
