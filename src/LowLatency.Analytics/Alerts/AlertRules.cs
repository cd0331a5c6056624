using System.Buffers;
using System.Globalization;
using LowLatency.Market.Instruments;
using LowLatency.Market.Settings;
using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Alerts;

/// <summary>Rules, read, checked and laid out in flat arrays. It never changes, so that any thread may make it and hand it over.</summary>
public sealed class AlertRules
{
    /// <summary>The most rules there can be.</summary>
    public const int Most = 1000;

    private const int LongestName = 64;
    private const int LongestRule = 240;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create([.. Enumerable.Range(' ', 95).Select(c => (char)c).Except(['"', '\\'])]);

    private readonly AlertSettings[] _settings;

    private AlertRules(AlertSettings[] settings, AlertRule[] rules, AlertSources sources, AlertTable table)
    {
        _settings = settings;
        Slots = [.. rules.SelectMany(r => r.Values).Distinct()];
        int SlotOf(AlertValue value) => Array.IndexOf(Slots, value);
        Rules = new CompiledRule[rules.Length];
        var comparisons = new List<CompiledComparison>();
        var values = new List<int>();
        for (int i = 0; i < rules.Length; i++)
        {
            AlertKinds kinds = rules[i].Values.Aggregate(AlertKinds.None, (all, v) => all | sources.KindOf(v));
            Rules[i] = new CompiledRule
            {
                Alert = (uint)table.Set(NameOf(settings[i]), TextOf(settings[i])),
                FirstComparison = comparisons.Count,
                Comparisons = rules[i].Comparisons.Count,
                FirstValue = values.Count,
                Values = rules[i].Values.Count(),
                Events = rules[i].Events,
                IsMoment = rules[i].IsMoment,
                ForNs = rules[i].ForNs,
                CooldownNs = (long)(settings[i].CooldownSeconds * 1e9),
                Passes = ((kinds & AlertKinds.OfTrades) != 0 ? AlertKinds.OfTrades : 0) | (kinds & AlertKinds.Quotes),
            };
            comparisons.AddRange(rules[i].Comparisons.Select(c => CompiledComparison.Of(c, SlotOf)));
            values.AddRange(rules[i].Values.Select(SlotOf));
        }

        Waiting = [.. Enumerable.Range(0, Rules.Length).Where(i => Rules[i].ForNs > 0)];
        Comparisons = [.. comparisons];
        Values = [.. values];
        Reads = new AlertReads(Slots, sources);
        Touches = new AlertTouches(rules, sources);
    }

    /// <summary>How many there are.</summary>
    public int Count => Rules.Length;

    internal CompiledRule[] Rules { get; }

    /// <summary>Places of the rules that must hold for a time.</summary>
    internal int[] Waiting { get; }

    internal CompiledComparison[] Comparisons { get; }

    /// <summary>The slots of what the rules compare, rule after rule.</summary>
    internal int[] Values { get; }

    /// <summary>What an instrument keeps: each value once.</summary>
    internal AlertValue[] Slots { get; }

    /// <summary>Where they are read.</summary>
    internal AlertReads Reads { get; }

    /// <summary>Which rules to look at when.</summary>
    internal AlertTouches Touches { get; }

    /// <summary>Finds what is wrong with settings.</summary>
    /// <param name="settings">The rules.</param>
    /// <param name="sources">What can be named.</param>
    /// <param name="mistakes">Receives a line for each mistake.</param>
    /// <param name="keys">How configuration names each rule in the list, where that is not its position.</param>
    public static void Check(IReadOnlyList<AlertSettings> settings, AlertSources sources, ICollection<string> mistakes, IReadOnlyList<string>? keys = null) =>
        Read(settings, sources, mistakes, keys);

    /// <summary>Makes rules of settings.</summary>
    /// <param name="settings">The rules; copied here.</param>
    /// <param name="sources">What can be named.</param>
    /// <param name="table">Receives the names.</param>
    /// <exception cref="SettingsException">Something is wrong with them.</exception>
    public static AlertRules Compile(IReadOnlyList<AlertSettings> settings, AlertSources sources, AlertTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var mistakes = new List<string>();
        AlertRule[] rules = Read(settings, sources, mistakes);
        if (mistakes.Count > 0) throw new SettingsException(mistakes);
        AlertSettings[] copies = [.. settings.Select(s => new AlertSettings { Name = s.Name, Rule = s.Rule, Symbols = [.. s.Symbols], CooldownSeconds = s.CooldownSeconds })];
        return new AlertRules(copies, rules, sources, table);
    }

    /// <summary>Whether a rule is one for an instrument.</summary>
    /// <param name="rule">The rule's place.</param>
    /// <param name="symbol">The instrument's symbol.</param>
    internal bool IsFor(int rule, string symbol) => _settings[rule].Symbols.Length == 0 || SymbolPatterns.Match(_settings[rule].Symbols, symbol);

    /// <summary>The place of the rule here that is the same as another's, so that it can go on from what that one has seen; -1 when there is none.</summary>
    /// <param name="other">The other rules.</param>
    /// <param name="rule">The rule's place among them.</param>
    internal int IndexOf(AlertRules other, int rule)
    {
        AlertSettings wanted = other._settings[rule];
        // Names are unique; a cooldown may differ: it counts from the next alert on.
        return Array.FindIndex(_settings, s => NameOf(s) == NameOf(wanted) && TextOf(s) == TextOf(wanted));
    }

    private static string NameOf(AlertSettings settings) => settings.Name.Length > 0 ? settings.Name : TextOf(settings);

    // Names stand in files and messages: a rule can be written over several lines, its name is one.
    private static string TextOf(AlertSettings settings) => string.Join(' ', settings.Rule.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string? MistakeOf(string name)
    {
        if (name.Length > LongestName) return $"it has {name.Length} characters";
        int at = name.AsSpan().IndexOfAnyExcept(NameCharacters);
        return at < 0 ? null : $"there is {(char.IsControl(name[at]) ? $"the control character U+{(int)name[at]:X4}" : name[at])} at character {at + 1}";
    }

    private static AlertRule[] Read(IReadOnlyList<AlertSettings> settings, AlertSources sources, ICollection<string> mistakes, IReadOnlyList<string>? keys = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(mistakes);
        if (settings.Count > Most) mistakes.Add($"alerts: there are at most {Most} rules, not {settings.Count}");
        var rules = new List<AlertRule>();
        for (int i = 0; i < settings.Count; i++)
        {
            AlertSettings alert = settings[i];
            string path = "alerts." + (keys?[i] ?? i.ToString(CultureInfo.InvariantCulture));
            if (MistakeOf(alert.Name) is { } wrong)
                mistakes.Add($"{path}.name: '{alert.Name}' is not allowed: {wrong}; allowed are 1 to {LongestName} printable ASCII characters without \" and \\. Without a name a rule is called by its text, however long that is");
            if (settings.Take(i).Any(other => NameOf(other) == NameOf(alert)))
                mistakes.Add($"{path}{(alert.Name.Length > 0 ? ".name" : "")}: '{NameOf(alert)}' is there twice; give each a name of its own");
            if (!(alert.CooldownSeconds is >= 0 and <= 31_536_000)) mistakes.Add($"{path}.cooldown_seconds: {alert.CooldownSeconds} is out of range; allowed is 0 to 31536000");
            foreach (string mistake in SymbolPatterns.Mistakes(alert.Symbols, path + ".symbols")) mistakes.Add(mistake);
            if (alert.Rule.Length > LongestRule)
            {
                mistakes.Add($"{path}.rule: it is {alert.Rule.Length} characters long; allowed are {LongestRule}");
                continue;
            }

            try
            {
                rules.Add(new AlertParser(alert.Rule, sources).Parse());
            }
            catch (AlertRuleException thrown)
            {
                mistakes.Add($"{path}.rule: {thrown.Message}");
            }
        }

        return [.. rules];
    }
}
