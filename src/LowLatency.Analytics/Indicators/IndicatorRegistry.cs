using System.Globalization;
using LowLatency.Market.Settings;
using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Indicators;

/// <summary>The indicators that there are, and how their names in settings are read: <c>name(parameters)</c>.</summary>
public static class IndicatorRegistry
{
    private const int MaxLength = 10_000;

    /// <summary>The indicators, in alphabetical order.</summary>
    public static IReadOnlyList<IndicatorDefinition> Definitions { get; } =
    [
        Series("ema", "exponential moving average of the closes", 1, n => new EmaKernel(n)),
        Series("rsi", "relative strength index (Wilder) of the closes", 2, n => new RsiKernel(n)),
        Series("sma", "simple moving average of the closes", 1, n => new SmaKernel(n)),
    ];

    /// <summary>Makes the indicator that a name describes.</summary>
    /// <param name="name">For example <c>rsi(14)</c>; spaces do not matter.</param>
    /// <param name="indicator">The indicator, under its name without spaces.</param>
    /// <param name="mistake">What is wrong with the name, and what is allowed.</param>
    public static bool TryCreate(string name, out Indicator? indicator, out string? mistake)
    {
        indicator = null;
        string text = string.Concat(name.Where(c => !char.IsWhiteSpace(c)));
        int open = text.IndexOf('(', StringComparison.Ordinal);
        if (open <= 0 || text[^1] != ')')
        {
            mistake = $"'{name}' is not an indicator; write name(parameters), for example rsi(14)";
            return false;
        }

        string[] arguments = text.Length == open + 2 ? [] : text[(open + 1)..^1].Split(',');
        IndicatorDefinition? definition = Definitions.FirstOrDefault(d => d.Name == text[..open]);
        if (definition is null)
        {
            string names = string.Join(", ", Definitions.Select(d => d.Name));
            string? nearest = NearestName.Find(text[..open], Definitions.Select(d => d.Name));
            mistake = $"there is no indicator '{text[..open]}'; {(nearest is null ? string.Empty : $"did you mean {nearest}? ")}known: {names}";
            return false;
        }

        mistake = ReadArguments(definition, arguments, out int[] values);
        if (mistake is not null) return false;
        string canonical = $"{definition.Name}({string.Join(",", values)})";
        indicator = definition.Create(new IndicatorSpec(canonical, definition.Outputs), values);
        return true;
    }

    private static string? ReadArguments(IndicatorDefinition definition, string[] arguments, out int[] values)
    {
        values = new int[definition.Parameters.Count];
        string usage = $"{definition.Name}({string.Join(", ", definition.Parameters.Select(p => p.Name))})";
        if (arguments.Length != values.Length) return $"{usage} takes {values.Length} parameter(s), not {arguments.Length}";
        for (int i = 0; i < values.Length; i++)
        {
            IndicatorParameter parameter = definition.Parameters[i];
            if (!int.TryParse(arguments[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out values[i]) || values[i] < parameter.Min || values[i] > parameter.Max)
                return $"{usage}: {parameter.Name} is a whole number from {parameter.Min} to {parameter.Max}, not '{arguments[i]}'";
        }

        return null;
    }

    private static IndicatorDefinition Series<TKernel>(string name, string summary, int minLength, Func<int, TKernel> make)
        where TKernel : struct, ISeriesKernel =>
        new(name, summary, [new IndicatorParameter("length", minLength, MaxLength)], ["value"], (spec, values) => new SeriesIndicator<TKernel>(spec, () => make(values[0])));
}
