using System.CommandLine;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LowLatency.Engine.Settings;
using LowLatency.Gateway;
using LowLatency.Market.Settings;
using LowLatency.Publishing;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Host.Commands;

/// <summary><c>doctor</c>: what is installed, what the settings choose, and what is missing.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var configuration = new ConfigurationOptions("dev.json");
        var command = new Command("doctor", "Tell what is installed and what the settings choose; exit code 2 when the settings are wrong.");
        configuration.AddTo(command);
        command.SetAction(parsed =>
        {
            Tell("runtime", $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
            Tell("processors", $"{Environment.ProcessorCount}");
            Tell("vectors", $"512-bit {YesNo(Vector512.IsHardwareAccelerated)}, 256-bit {YesNo(Vector256.IsHardwareAccelerated)}");
            Tell("memory", $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20} MiB available to the process");
            string page = Path.Combine(AppContext.BaseDirectory, "dashboard", "index.html");
            Tell("dashboard", File.Exists(page) ? "built" : "not built: run.sh builds it when npm is installed");
            try
            {
                IConfigurationRoot root = configuration.Read(parsed, []);
                var gateway = new List<string>();
                SettingsBinder.Bind<GatewaySettings>(root.GetSection($"{LowLatencySettings.Section}:gateway"), gateway);
                foreach (string mistake in gateway) Tell("settings", mistake);
                LowLatencySettings settings = LowLatencySettings.Read(root);
                foreach ((string what, string how) in PlacementReport.Lines(settings.Engine)) Tell(what, how);
                Tell("aeron", $"publishing {SettingsBinder.SnakeCase(settings.Publishing.Kind.ToString())}, driver {SettingsBinder.SnakeCase(settings.Aeron.Driver.ToString())}, folder {AeronLink.DirectoryOf(settings.Aeron)}");
                Tell("journal", settings.Journal.Dir.Length == 0 ? "none (journal.dir)" : Path.GetFullPath(settings.Journal.Dir));
                if (gateway.Count > 0) return ExitCodes.Usage;
                Tell("settings", $"in order; feed {SettingsBinder.SnakeCase(settings.Feed.Kind.ToString())}, {settings.Bars.Intervals.Length} intervals, {settings.Indicators.Length} indicators");
                return ExitCodes.Done;
            }
            catch (SettingsException thrown)
            {
                foreach (string mistake in thrown.Mistakes) Tell("settings", mistake);
                return ExitCodes.Usage;
            }
        });
        return command;
    }

    private static void Tell(string what, string how) => Console.Out.WriteLine($"{what,-12}{how}");

    private static string YesNo(bool value) => value ? "yes" : "no";
}
