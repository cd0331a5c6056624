using System.CommandLine;
using System.CommandLine.Parsing;
using LowLatency.Engine.Settings;
using LowLatency.Market.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;

namespace LowLatency.Host.Commands;

/// <summary>The options that every command reads its settings from: a file, the environment, single settings; later ones win.</summary>
internal sealed class ConfigurationOptions
{
    private readonly string _defaultFile;

    /// <summary>Makes the options.</summary>
    /// <param name="defaultFile">The file in the folder configs that is read when no other is named.</param>
    public ConfigurationOptions(string defaultFile) => _defaultFile = defaultFile;

    public Option<FileInfo?> File { get; } = new("--config") { Description = "Settings file (JSON); without it configs/ has the defaults", HelpName = "FILE" };

    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "A single setting, for example --set bars.grace_ns=250000000; can be repeated",
        HelpName = "NAME=VALUE",
        AllowMultipleArgumentsPerToken = true,
    };

    public void AddTo(Command command)
    {
        Set.Validators.Add(CheckSet);
        command.Options.Add(File);
        command.Options.Add(Set);
    }

    /// <summary>The configuration.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="flags">What other flags stand for, by setting.</param>
    /// <param name="follow">Whether the file counts again whenever it is saved.</param>
    /// <exception cref="SettingsException">The file is missing or no JSON.</exception>
    public IConfigurationRoot Read(ParseResult parsed, IEnumerable<KeyValuePair<string, string?>> flags, bool follow = false)
    {
        string path = parsed.GetValue(File)?.FullName ?? Path.Combine(AppContext.BaseDirectory, "configs", _defaultFile);
        if (!System.IO.File.Exists(path)) throw new SettingsException($"{path}: there is no such settings file");
        IEnumerable<KeyValuePair<string, string?>> sets = parsed.GetValue(Set)!.Select(Split);
        try
        {
            bool started = false;
            IConfigurationRoot configuration = new ConfigurationBuilder()
                .AddJsonFile(source =>
                {
                    source.Path = Path.GetFileName(path);
                    // Looked at every few seconds: the system's watches are few, do not see every file system, and would take in all folders below this one.
                    source.FileProvider = new PhysicalFileProvider(Path.GetDirectoryName(path)!, ExclusionFilters.None) { UsePollingFileWatcher = follow, UseActivePolling = follow };
                    source.ReloadOnChange = follow;
                    // A file that is no JSON when it is saved is told here; it brings no change, and so the running settings stay.
                    source.OnLoadException = failed =>
                    {
                        if (Volatile.Read(ref started)) Console.Error.WriteLine($"{path}: {failed.Exception.GetBaseException().Message} The settings stay as they are.");
                    };
                })
                .AddEnvironmentVariables()
                .AddInMemoryCollection(LastOfEach(sets.Concat(flags)))
                .Build();
            if (!new ConfigurationBuilder().AddJsonFile(path).Build().GetSection(LowLatencySettings.Section).Exists())
                throw new SettingsException($"{path}: there is no group {LowLatencySettings.Section}; all settings but Logging belong into it");
            Volatile.Write(ref started, true);
            return configuration;
        }
        catch (InvalidDataException thrown)
        {
            throw new SettingsException($"{path}: {thrown.GetBaseException().Message}", thrown);
        }
    }

    // The collection takes each key once.
    private static Dictionary<string, string?> LastOfEach(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var last = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string? value) in settings) last[KeyOf(name)] = value;
        return last;
    }

    private static string KeyOf(string name) => $"{LowLatencySettings.Section}:{name.Replace('.', ':')}";

    private static KeyValuePair<string, string?> Split(string set)
    {
        int equals = set.IndexOf('=', StringComparison.Ordinal);
        return KeyValuePair.Create(set[..equals].Trim(), (string?)set[(equals + 1)..]);
    }

    private static void CheckSet(OptionResult result)
    {
        foreach (string value in result.Tokens.Select(t => t.Value).Where(v => v.IndexOf('=', StringComparison.Ordinal) <= 0))
            result.AddError($"--set takes NAME=VALUE, not '{value}'");
    }
}
