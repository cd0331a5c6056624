using LowLatency.Analytics.Intensity;
using LowLatency.Analytics.Reversals;
using LowLatency.Market.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace LowLatency.Engine.Settings;

/// <summary>
/// Follows the host's configuration while the engine runs: what can change at run time is applied, the rest is told with its path, and settings that are
/// wrong are refused whole. Each thing is told once, however often the configuration says that it has changed.
/// </summary>
internal sealed class SettingsReload : IDisposable
{
    private static readonly string[] Timeframes = ["v3.low", "v3.high", "v4.interval"];

    private readonly MarketEngine _engine;
    private readonly IConfiguration _configuration;
    private readonly ILogger _logger;
    private readonly Lock _reloading = new();
    private readonly Dictionary<string, string?> _others;
    private readonly GroupSources _sources;
    // What the configuration said last of what can change, beside what the engine was started with.
    private LowLatencySettings _taken;
    private IDisposable? _following;
    private string _told = "";

    /// <param name="engine">The engine.</param>
    /// <param name="configuration">The configuration that the engine's settings were read from.</param>
    /// <param name="logger">For what has changed and what has not.</param>
    public SettingsReload(MarketEngine engine, IConfiguration configuration, ILogger<MarketEngine> logger)
    {
        _engine = engine;
        _configuration = configuration;
        _logger = logger;
        _taken = engine.Settings;
        _others = ReadOthers();
        _sources = new GroupSources(configuration, LowLatencySettings.Section);
    }

    /// <summary>What came of each change; on the thread that brought it.</summary>
    public event Action<SettingsReloadResult>? Reloaded;

    /// <summary>From now on changes count.</summary>
    public void Start() => _following = ChangeToken.OnChange(_configuration.GetReloadToken, Reload);

    public void Dispose() => _following?.Dispose();

    private void Reload()
    {
        lock (_reloading)
        {
            SettingsReloadResult result;
            try
            {
                result = _sources.Lost() is { } lost ? new SettingsReloadResult([], [], []) { Ignored = lost } : Apply(LowLatencySettings.Read(_configuration));
            }
            catch (SettingsException thrown)
            {
                result = new SettingsReloadResult([], [], thrown.Mistakes);
            }

            Tell(result);
            Reloaded?.Invoke(result);
        }
    }

    private SettingsReloadResult Apply(LowLatencySettings wanted)
    {
        IReadOnlyList<SettingsDifference> differences = SettingsDifference.Between(_taken, wanted);
        bool sameClasses = !differences.Any(d => d.Path == "instrument_classes" || (d.Path.StartsWith("instrument_classes.", StringComparison.Ordinal) && d.Path.EndsWith(".symbols", StringComparison.Ordinal)));
        List<SettingsDifference> changeable = [.. differences.Where(d => _engine.Signals is not null && CanChange(d.Path, sameClasses))];
        IReadOnlyList<SettingsDifference> rest = [.. differences.Except(changeable), .. OtherDifferences()];
        IReadOnlyList<SettingsDifference> applied = [];
        if (changeable.Count > 0)
        {
            // What the configuration says anew counts on top of what the engine uses now: what a desk has set of the rest stays.
            applied = _engine.SignalLine!.Edit((intensity, reversals, classes) => SetAll(changeable, intensity, reversals, classes));
            (IntensitySettings ofFile, ReversalSettings reversalsOfFile, InstrumentClassSettings[] classesOfFile) = (_taken.Intensity.Copy(), _taken.Reversals.Copy(), [.. _taken.InstrumentClasses.Select(c => c.Copy())]);
            SetAll(changeable, ofFile, reversalsOfFile, classesOfFile);
            _taken = _taken.With(ofFile, reversalsOfFile, classesOfFile);
        }

        List<SettingsDifference> alerts = ApplyAlerts(differences, wanted);
        return new SettingsReloadResult([.. applied, .. alerts], [.. rest.Except(alerts)], []);
    }

    // All rules change at once, or none. They are right beside the settings that are wanted: if they are wrong beside those that run, they too wait for the restart.
    private List<SettingsDifference> ApplyAlerts(IEnumerable<SettingsDifference> differences, LowLatencySettings wanted)
    {
        List<SettingsDifference> found = [.. differences.Where(d => d.Path == "alerts" || d.Path.StartsWith("alerts.", StringComparison.Ordinal))];
        if (_engine.Alerts is null || found.Count == 0) return [];
        try
        {
            _engine.ChangeAlerts(wanted.Alerts);
        }
        catch (SettingsException)
        {
            return [];
        }

        _taken = _taken.With(wanted.Alerts);
        return found;
    }

    // instrument_classes.2.reversals.v3.bars is, for its class, what reversals.v3.bars is for all.
    private static bool CanChange(string path, bool sameClasses)
    {
        string[] names = path.Split('.');
        if (names[0] == "instrument_classes") return sameClasses && names.Length > 2 && CanChange(string.Join('.', names[2..]), sameClasses);
        string inGroup = string.Join('.', names[1..]);
        return (names[0] == "intensity" && inGroup != "enabled") || (names[0] == "reversals" && !Timeframes.Contains(inGroup));
    }

    private static void SetAll(List<SettingsDifference> differences, IntensitySettings intensity, ReversalSettings reversals, InstrumentClassSettings[] classes)
    {
        foreach (SettingsDifference difference in differences) Set(difference, intensity, reversals, classes);
    }

    private static void Set(SettingsDifference difference, IntensitySettings intensity, ReversalSettings reversals, InstrumentClassSettings[] classes)
    {
        string[] names = difference.Path.Split('.');
        if (names[0] == "instrument_classes")
        {
            InstrumentClassSettings ofClass = classes[int.Parse(names[1], System.Globalization.CultureInfo.InvariantCulture)];
            SettingsOverrides overrides = names[2] == "intensity" ? ofClass.Intensity : ofClass.Reversals;
            overrides[string.Join('.', names[3..])] = difference.After;
            return;
        }

        SettingsBinder.TrySet(names[0] == "intensity" ? intensity : reversals, string.Join('.', names[1..]), difference.After!, names[0], []);
    }

    private void Tell(SettingsReloadResult result)
    {
        if (result.Applied.Count > 0) EngineLog.SettingsChanged(_logger, string.Join("; ", result.Applied));
        string told = result.Ignored ?? (result.Mistakes.Count > 0 ? string.Join("; ", result.Mistakes) : string.Join("; ", result.NeedRestart));
        if (told == _told) return;
        _told = told;
        if (result.Ignored is not null) EngineLog.SettingsIgnored(_logger, told);
        else if (result.Mistakes.Count > 0) EngineLog.SettingsRefused(_logger, told);
        else if (result.NeedRestart.Count > 0) EngineLog.SettingsNeedRestart(_logger, told);
    }

    // Groups that are not the engine's, the gateway's for one, are compared as they are written.
    private Dictionary<string, string?> ReadOthers()
    {
        IConfigurationSection section = _configuration.GetSection(LowLatencySettings.Section);
        return LowLatencySettings.OtherGroups.SelectMany(group => section.GetSection(group).AsEnumerable()).ToDictionary(s => s.Key[(section.Path.Length + 1)..].Replace(':', '.'), s => s.Value);
    }

    private IEnumerable<SettingsDifference> OtherDifferences()
    {
        Dictionary<string, string?> now = ReadOthers();
        return from path in _others.Keys.Union(now.Keys)
               let before = _others.GetValueOrDefault(path)
               let after = now.GetValueOrDefault(path)
               where before != after
               select new SettingsDifference(path, before ?? "the default", after ?? "the default");
    }
}
