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
        IReadOnlyList<IndicatorOption> options,
        IReadOnlyList<string> outputs,
        BarColumns reads,
        Func<IndicatorSpec, IReadOnlyList<double>, BarField, Indicator> make)
    {
        Name = name;
        Summary = summary;
        Parameters = parameters;
        Options = options;
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

    /// <summary>Its choices between conventions.</summary>
    public IReadOnlyList<IndicatorOption> Options { get; }

    /// <summary>The names of its values, in order.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>What it reads of a bar; <see cref="BarColumns.Close"/> alone means that it can be computed on any series.</summary>
    public BarColumns Reads { get; }

    /// <summary>Whether it can be computed on any series: another number of the bar, or another indicator.</summary>
    public bool IsOfOneSeries => Reads == BarColumns.Close;

    /// <summary>How it is written, with the names of its parameters and its choices.</summary>
    public string Usage => Parameters.Count + Options.Count == 0 ? Name : $"{Name}({string.Join(", ", Parameters.Select(p => p.Name).Concat(Options.Select(o => o.Usage)))})";

    /// <summary>How it is written with the defaults of its parameters.</summary>
    public string Example => TextOf([.. Parameters.Select(p => p.Default), .. Options.Select(_ => 0.0)], null);

    /// <summary>The same with every other convention there is, one at a time.</summary>
    public IEnumerable<string> OtherConventions =>
        Options.SelectMany((option, o) => Enumerable.Range(1, option.Choices.Count - 1).Select(c => TextOf([.. Parameters.Select(p => p.Default), .. Options.Select((_, i) => i == o ? (double)c : 0)], null)));


    // The values are the numbers, and behind them for each option the index of its choice.
    internal string TextOf(IReadOnlyList<double> values, string? of)
    {
        IEnumerable<string> arguments = values.Take(Parameters.Count).Select(v => $"{v}");
        arguments = arguments.Concat(Options.Select((o, i) => (Option: o, Choice: (int)values[Parameters.Count + i])).Where(c => c.Choice > 0).Select(c => $"{c.Option.Name}={c.Option.Choices[c.Choice]}"));
        if (of is not null) arguments = arguments.Append(of);
        string text = string.Join(",", arguments);
        return text.Length == 0 ? Name : $"{Name}({text})";
    }

    internal Indicator Make(string name, IReadOnlyList<double> values, BarField field) => _make(new IndicatorSpec(name, Outputs), values, field);
}
