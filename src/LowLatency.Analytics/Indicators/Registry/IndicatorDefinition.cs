using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Indicators;

/// <summary>An entry of the registry.</summary>
public sealed class IndicatorDefinition
{
    private readonly Func<IndicatorSpec, IReadOnlyList<double>, BarField, Indicator> _make;

    internal IndicatorDefinition(
        string name,
        string summary,
        IReadOnlyList<IndicatorParameter> parameters,
        IReadOnlyList<string> outputs,
        BarColumns reads,
        Func<IndicatorSpec, IReadOnlyList<double>, BarField, Indicator> make)
    {
        Name = name;
        Summary = summary;
        Parameters = parameters;
        Outputs = outputs;
        Reads = reads;
        _make = make;
    }

    /// <summary>As it is written before the parenthesis.</summary>
    public string Name { get; }

    /// <summary>What it is, in a line.</summary>
    public string Summary { get; }

    /// <summary>Its parameters, in order.</summary>
    public IReadOnlyList<IndicatorParameter> Parameters { get; }

    /// <summary>The names of its values, in order.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>What it reads of a bar; <see cref="BarColumns.Close"/> alone means that it can be computed on any series.</summary>
    public BarColumns Reads { get; }

    /// <summary>Whether it can be computed on any series: another number of the bar, or another indicator.</summary>
    public bool IsOfOneSeries => Reads == BarColumns.Close;

    /// <summary>How it is written, with the names of its parameters.</summary>
    public string Usage => Parameters.Count == 0 ? Name : $"{Name}({string.Join(", ", Parameters.Select(p => p.Name))})";

    /// <summary>How it is written with the defaults of its parameters.</summary>
    public string Example => TextOf([.. Parameters.Select(p => p.Default)], null);

    internal string TextOf(IReadOnlyList<double> values, string? of)
    {
        IEnumerable<string> arguments = values.Select(v => $"{v}");
        if (of is not null) arguments = arguments.Append(of);
        string text = string.Join(",", arguments);
        return text.Length == 0 ? Name : $"{Name}({text})";
    }

    internal Indicator Make(string name, IReadOnlyList<double> values, BarField field) => _make(new IndicatorSpec(name, Outputs), values, field);
}
