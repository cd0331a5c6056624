namespace LowLatency.Benchmarks.Kernels;

/// <summary>An indicator that the experiments of kernels compute.</summary>
/// <param name="Name">Ours, with its parameters.</param>
/// <param name="Columns">How many of our outputs are computed: those that the peer has too.</param>
/// <param name="TulipName">The peer's function.</param>
/// <param name="TulipInputs">What the peer takes, in its order: h, l and c.</param>
/// <param name="TulipOptions">Its options, in its order.</param>
internal sealed record KernelCase(string Name, int Columns, string TulipName, string TulipInputs, params double[] TulipOptions)
{
    /// <summary>The eight that are compared.</summary>
    public static KernelCase[] All { get; } =
    [
        new("sma(20)", 1, "sma", "c", 20),
        new("ema(20)", 1, "ema", "c", 20),
        new("rsi(14)", 1, "rsi", "c", 14),
        new("macd(12,26,9)", 3, "macd", "c", 12, 26, 9),
        new("bbands(20,2)", 3, "bbands", "c", 20, 2),
        new("atr(14)", 1, "atr", "hlc", 14),
        new("stoch(14,3,3)", 2, "stoch", "hlc", 14, 3, 3),
        new("adx(14)", 1, "adx", "hl", 14),
    ];
}
