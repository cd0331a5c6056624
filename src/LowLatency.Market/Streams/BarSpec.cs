using System.Globalization;

namespace LowLatency.Market.Streams;

/// <summary>A kind of bar that the engine builds.</summary>
/// <param name="Name">As channels name it: 1s, 10s, 1m …; t100 (tick), v10000 (volume), d1000000 (dollar), r0.05 (range), k0.1 (Renko), ib (imbalance).</param>
/// <param name="IntervalNs">Length of a time bar in nanoseconds; 0 of others.</param>
public sealed record BarSpec(string Name, long IntervalNs)
{
    private static readonly (char Unit, long Ns)[] Units =
    [
        ('s', 1_000_000_000), ('m', 60_000_000_000), ('h', 3_600_000_000_000), ('d', 86_400_000_000_000),
    ];

    /// <summary>What ends it.</summary>
    public BarKind Kind { get; private init; }

    /// <summary>
    /// How large a bar is that is not of time: trades (tick and imbalance), the instrument's units (volume), its currency (dollar), price (range and Renko). 0
    /// of time bars.
    /// </summary>
    public double Size { get; private init; }

    /// <summary>A kind of bar that is not of time.</summary>
    /// <param name="kind">What ends it.</param>
    /// <param name="size">How large it is, above 0: <see cref="Size"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is of time, or the size is not a finite number above 0.</exception>
    public static BarSpec OfEvents(BarKind kind, double size)
    {
        if (!(size > 0 && double.IsFinite(size))) throw new ArgumentOutOfRangeException(nameof(size), size, "A bar's size is a finite number above 0.");
        string letter = kind switch
        {
            BarKind.Tick => "t",
            BarKind.Volume => "v",
            BarKind.Dollar => "d",
            BarKind.Range => "r",
            BarKind.Renko => "k",
            BarKind.Imbalance => "ib",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A time bar has an interval: use TryParse."),
        };
        string text = kind == BarKind.Imbalance ? "" : ((decimal)size).ToString(CultureInfo.InvariantCulture);
        return new BarSpec(letter + text, 0) { Kind = kind, Size = size };
    }

    /// <summary>Reads a time interval: a whole number and s, m, h or d.</summary>
    /// <param name="text">For example 5m.</param>
    /// <param name="spec">The interval.</param>
    /// <returns>False when it is not such a text, is 0, or is longer than 7 days.</returns>
    public static bool TryParse(string text, out BarSpec? spec)
    {
        spec = null;
        if (text.Length < 2 || text[0] == '0' || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, null, out int number)) return false;
        foreach ((char unit, long ns) in Units)
        {
            if (text[^1] != unit || number * (double)ns > 7 * 86_400_000_000_000.0) continue;
            spec = new BarSpec(text, number * ns);
            return true;
        }

        return false;
    }
}
