namespace LowLatency.Market.Instruments;

/// <summary>Symbols as settings name them: each with at most one * for any characters, SPY, *USDT, ES*.</summary>
public static class SymbolPatterns
{
    /// <summary>Whether one of them names a symbol.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <param name="symbol">The symbol.</param>
    public static bool Match(IReadOnlyList<string> patterns, string symbol)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        ArgumentNullException.ThrowIfNull(symbol);
        foreach (string pattern in patterns)
        {
            int star = pattern.IndexOf('*', StringComparison.Ordinal);
            if (star < 0 ? pattern == symbol : symbol.Length >= pattern.Length - 1 && symbol.StartsWith(pattern[..star], StringComparison.Ordinal) && symbol.EndsWith(pattern[(star + 1)..], StringComparison.Ordinal)) return true;
        }

        return false;
    }

    /// <summary>Says which of them cannot be.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <param name="path">Their path in the settings.</param>
    public static IEnumerable<string> Mistakes(IEnumerable<string> patterns, string path) =>
        patterns.Where(s => s.Count(c => c == '*') > 1).Select(s => $"{path}: '{s}' has more than one *");
}
