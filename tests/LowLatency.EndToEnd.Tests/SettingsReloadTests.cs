using LowLatency.EndToEnd.Tests.Hosting;

namespace LowLatency.EndToEnd.Tests;

/// <summary>The settings file is saved again while the host runs.</summary>
public sealed class SettingsReloadTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("settings-");

    private string Settings => Path.Combine(_folder.FullName, "settings.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Should_Follow_The_Settings_File_And_Survive_A_Broken_One()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Save("\"intensity\": { \"cv_lambda\": 1 }");
        await using HostProcess host = await HostProcess.StartAsync("--port", "0", "--config", Settings);
        Task<string> broken = host.LineWithAsync("The settings stay as they are.", cancellation);
        Save("\"intensity\": { \"cv_lambda\": oops }");
        Assert.StartsWith($"{Settings}: ", await broken, StringComparison.Ordinal);
        Task<string> changed = host.LineWithAsync("Settings changed while it runs", cancellation);
        Task<string> rest = host.LineWithAsync("Settings that count when the engine is started again", cancellation);
        Save("\"intensity\": { \"cv_lambda\": 2 }, \"engine\": { \"batch\": 64 }");
        Assert.Contains("intensity.cv_lambda from 1 to 2", await changed, StringComparison.Ordinal);
        Assert.Contains("engine.batch from 256 to 64", await rest, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Output, line => line.Contains("Unhandled", StringComparison.Ordinal));
    }

    private void Save(string groups)
    {
        string next = Path.Combine(_folder.FullName, "next");
        File.WriteAllText(next, $"{{ \"LowLatency\": {{ \"gateway\": {{ \"port\": 0 }}, {groups} }} }}");
        File.Move(next, Settings, overwrite: true);
    }
}
