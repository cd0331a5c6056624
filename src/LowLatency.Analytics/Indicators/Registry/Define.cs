namespace LowLatency.Analytics.Indicators;

/// <summary>Short words for the lists of definitions.</summary>
internal static class Define
{
    private const int MaxLength = 10_000;

    public static readonly string[] Value = ["value"];

    /// <summary>What an average begins with: the mean of its first n values, or its first value.</summary>
    public static readonly IndicatorOption Seed = Choice("seed", "mean", "first");

    public static IndicatorParameter Length(int usual, int min = 1, string name = "length") => new(name, usual, min, MaxLength, true);

    public static IndicatorParameter Number(string name, double usual, double min, double max) => new(name, usual, min, max, false);

    public static IndicatorOption Choice(string name, params string[] choices) => new(name, choices);

    public static IndicatorDefinition Of<TKernel, TState>(
        string name,
        string summary,
        IndicatorParameter[] parameters,
        string[] outputs,
        Func<IReadOnlyList<double>, TKernel> kernel,
        Func<IReadOnlyList<double>, IBatchForm?>? batch = null,
        IndicatorOption? option = null)
        where TKernel : struct, IKernel<TState>
        where TState : struct =>
        new(name, summary, parameters, option is null ? [] : [option], outputs, TKernel.Reads, (spec, p, field) => new KernelIndicator<TKernel, TState>(spec, kernel(p), batch?.Invoke(p), field));
}
