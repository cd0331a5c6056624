namespace LowLatency.Market.Streams;

/// <summary>A kind of bar that the engine builds.</summary>
/// <param name="Name">As channels name it: 1s, 10s, 1m …</param>
/// <param name="IntervalNs">Length of a bar in nanoseconds.</param>
public sealed record BarSpec(string Name, long IntervalNs)
{
    private static readonly (char Unit, long Ns)[] Units =
    [
        ('s', 1_000_000_000), ('m', 60_000_000_000), ('h', 3_600_000_000_000), ('d', 86_400_000_000_000),
    ];

    /// <summary>Reads a time interval: a whole number and s, m, h or d.</summary>
    /// <param name="text">For example 5m.</param>
    /// <param name="spec">The interval.</param>
    /// <returns>False when it is not such a text, is 0, or is longer than 7 days.</returns>
    public static bool TryParse(string text, out BarSpec? spec)
    {
        spec = null;
        if (text.Length < 2 || text[0] == '0' || !int.TryParse(text.AsSpan(0, text.Length - 1), System.Globalization.NumberStyles.None, null, out int number)) return false;
        foreach ((char unit, long ns) in Units)
        {
            if (text[^1] != unit || number * (double)ns > 7 * 86_400_000_000_000.0) continue;
            spec = new BarSpec(text, number * ns);
            return true;
        }

        return false;
    }
}
