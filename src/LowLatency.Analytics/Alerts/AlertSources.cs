using LowLatency.Analytics.Indicators;
using LowLatency.Market.Settings;
using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Alerts;

/// <summary>What is published, and so can be named in rules.</summary>
/// <param name="bars">The kinds of bars; a record's spec is an index into it.</param>
/// <param name="indicators">The indicators; a record's indicator is an index into it.</param>
/// <param name="hasSignals">Whether there are intensity, spikes and reversals: the setting <c>intensity.enabled</c>.</param>
public sealed class AlertSources(IReadOnlyList<BarSpec> bars, IReadOnlyList<IndicatorSpec> indicators, bool hasSignals)
{
    private static readonly Dictionary<string, AlertField> Fields =
        Enum.GetValues<AlertField>().Where(f => f != AlertField.Indicator).ToDictionary(f => SettingsBinder.SnakeCase(f.ToString()), StringComparer.Ordinal);

    /// <summary>The kinds of bars.</summary>
    public IReadOnlyList<BarSpec> Bars { get; } = [.. bars];

    /// <summary>The indicators.</summary>
    public IReadOnlyList<IndicatorSpec> Indicators { get; } = [.. indicators];

    /// <summary>Whether there are intensity, spikes and reversals.</summary>
    public bool HasSignals { get; } = hasSignals;

    /// <summary>Where a value comes from.</summary>
    internal AlertKinds KindOf(AlertValue value) => value.Field switch
    {
        AlertField.Price or AlertField.Size => AlertKinds.Trades,
        <= AlertField.SpreadBps => AlertKinds.Quotes,
        <= AlertField.Threshold or AlertField.Indicator => Bars[value.Spec].Kind == BarKind.Time ? AlertKinds.TimeBars : AlertKinds.EventBars,
        _ => AlertKinds.Intensity,
    };

    /// <summary>The value of a name; its kind of bar is still open.</summary>
    /// <param name="name">The name, for example <c>spread_bps</c> or <c>macd(12,26,9)</c>, in small letters.</param>
    /// <param name="output">The output that is named behind it; null for the first.</param>
    /// <param name="at">Where the name stands.</param>
    internal AlertValue Find(string name, string? output, int at)
    {
        if (output is null && Fields.TryGetValue(name, out AlertField field))
        {
            if (field >= AlertField.Intensity) CheckSignals(name, at);
            return new AlertValue(field, 0, 0, 0);
        }

        string word = name.Split('(')[0];
        bool isIndicator = IndicatorRegistry.Definitions.Any(d => d.Name == word) || IndicatorRegistry.Aliases.ContainsKey(word);
        if (!isIndicator) throw new AlertRuleException(at, $"there is no value '{name}'; {Nearest(name, [.. Fields.Keys, .. Indicators.Select(i => i.Name)])}{Known()}");
        if (!IndicatorRegistry.TryCreate(name, out Indicator? indicator, out string? mistake)) throw new AlertRuleException(at, mistake!);
        int index = Enumerable.Range(0, Indicators.Count).FirstOrDefault(i => Indicators[i].Name == indicator!.Spec.Name, -1);
        if (index < 0)
            throw new AlertRuleException(at, $"{indicator!.Spec.Name} is not computed: add it to the setting indicators, or take one of {Listed(Indicators.Select(i => i.Name))}");
        return new AlertValue(AlertField.Indicator, 0, index, output is null ? 0 : FindOutput(Indicators[index], output, at));
    }

    /// <summary>The kind of bar of a name.</summary>
    /// <param name="name">For example <c>1m</c>; an interval can be written in any unit.</param>
    /// <param name="at">Where the name stands.</param>
    internal int FindBar(string name, int at)
    {
        bool isTime = BarSpec.TryParse(name, out BarSpec? wanted);
        for (int i = 0; i < Bars.Count; i++)
        {
            if (Bars[i].Name == name || (isTime && Bars[i].Kind == BarKind.Time && Bars[i].IntervalNs == wanted!.IntervalNs)) return i;
        }

        string known = $"one of {Listed(Bars.Select(b => b.Name))}";
        if (isTime) throw new AlertRuleException(at, $"bars of {name} are not built: add {name} to the setting bars.intervals, or take {known}");
        if (SettingOf(name) is { } setting && !Bars.Any(b => SettingOf(b.Name) == setting)) throw new AlertRuleException(at, $"bars of {name} are not built: set {setting}, or take {known}");
        throw new AlertRuleException(at, $"{(name.Length == 0 ? "the end" : $"'{name}'")} is no kind of bar that is built; {Nearest(name, Bars.Select(b => b.Name))}take {known}");
    }

    /// <summary>Throws when there are no signals.</summary>
    internal void CheckSignals(string name, int at)
    {
        if (!HasSignals) throw new AlertRuleException(at, $"there is no {name} while the setting intensity.enabled is off");
    }

    /// <summary>"did you mean …? ", or nothing.</summary>
    internal static string Nearest(string name, IEnumerable<string> names) => NearestName.Find(name, names) is { } nearest ? $"did you mean {nearest}? " : "";

    private static int FindOutput(IndicatorSpec indicator, string output, int at)
    {
        for (int i = 0; i < indicator.Outputs.Count; i++)
        {
            if (indicator.Outputs[i] == output) return i;
        }

        throw new AlertRuleException(at, $"{indicator.Name} has no output '{output}'; {Nearest(output, indicator.Outputs)}its outputs are {string.Join(", ", indicator.Outputs)}");
    }

    /// <summary>The setting that builds bars which are not of time, by their name as <see cref="BarSpec"/> makes it; null of other names.</summary>
    private static string? SettingOf(string name) => name switch
    {
        "ib" => "bars.imbalance_t0",
        ['t', >= '0' and <= '9', ..] => "bars.tick",
        ['v', >= '0' and <= '9', ..] => "bars.volume",
        ['d', >= '0' and <= '9', ..] => "bars.dollar",
        ['r', >= '0' and <= '9', ..] => "bars.range",
        ['k', >= '0' and <= '9', ..] => "bars.renko",
        _ => null,
    };

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("none"));

    private string Known() => $"there are {string.Join(", ", Fields.Keys)}, and the indicators {Listed(Indicators.Select(i => i.Name))}";
}
