using System.Globalization;
using LowLatency.Analytics.Alerts;

namespace LowLatency.Analytics.Tests.Alerts;

/// <summary>A comparison: names as the twin's moments have them (<c>close on 1s</c>); null for a number.</summary>
internal sealed record NaiveComparison(string Left, double LeftFactor, string Operator, string? Right, double RightFactor)
{
    public bool IsCrossing => Operator.StartsWith("crosses", StringComparison.Ordinal);

    public IEnumerable<string> Names => Right is null ? [Left] : [Left, Right];

    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Side(Left, LeftFactor)} {Operator} {Side(Right, RightFactor)}");

    private static string Side(string? name, double factor) =>
        name is null ? factor.ToString("R", CultureInfo.InvariantCulture) : factor == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{factor:R} * {name}");
}

/// <summary>A rule as the twin takes it.</summary>
internal sealed record NaiveRule(NaiveComparison[] Comparisons, string? Event, int ForMs, double CooldownSeconds, string[] Symbols)
{
    private static readonly string[] PriceLike =
    [
        "price", "bid", "ask", "mid", "close on 1s", "open on 5s", "high on t3", "low on 1s", "vwap on ib", "close on k0.05", "sma(2) on 1s", "ema(3) on 5s", "sma(2) on k0.05", "bbands(3,1).upper on 1s",
        "bbands(3,1).lower on t3", "ema(3) on ib", "sma(2) on 5s",
    ];

    private static readonly (string Name, double[] Around)[] Others =
    [
        ("size", [1, 2, 5]), ("spread", [0.02, 0.05]), ("spread_bps", [2, 5, 10]), ("bid_size", [3, 4]), ("ask_size", [3]), ("volume on 1s", [2, 10]), ("count on 5s", [1, 4]), ("buy_volume on ib", [3]),
        ("theta on ib", [0, 3, -3]), ("threshold on ib", [5]), ("intensity", [1, 10]), ("smoothed", [1, 10]), ("efficiency", [0, 0.5, -0.5]), ("base", [2]), ("buffer", [5]),
    ];

    private static readonly string[] Levels = [">", ">=", "<", "<=", "==", "!="];
    private static readonly string[] Crossings = ["crosses_above", "crosses_below", "crosses"];
    private static readonly string[] Events = ["spike begins", "spike ends", "reversal v1", "reversal v2", "reversal v3", "reversal v4", "reversal any", "gap"];

    public IEnumerable<string> Names => Comparisons.SelectMany(c => c.Names);

    public bool IsMoment => Event is not null || Comparisons.Any(c => c.IsCrossing);

    public string Text => string.Join(" and ", Comparisons.Select(c => c.Text).Concat(Event is null ? [] : [Event])) + (ForMs > 0 ? $" for {ForMs}ms" : "");

    public AlertSettings Settings(int number) => new() { Name = $"rule {number}", Rule = Text, CooldownSeconds = CooldownSeconds, Symbols = Symbols };

    public static NaiveRule Make(Random random)
    {
        string? waited = random.Next(5) == 0 ? Events[random.Next(Events.Length)] : null;
        int count = random.Next(waited is null ? 1 : 0, 4);
        // One crossing at most: two of different sources are refused.
        int crossing = waited is null && random.Next(3) == 0 ? random.Next(count) : -1;
        NaiveComparison[] comparisons = [.. Enumerable.Range(0, count).Select(i => Compare(random, i == crossing))];
        int forMs = waited is null && crossing < 0 && random.Next(2) == 0 ? new[] { 1, 100, 700, 1000, 2500, 6000 }[random.Next(6)] : 0;
        return new NaiveRule(comparisons, waited, forMs, random.Next(3) == 0 ? 0.5 * random.Next(1, 10) : 0, random.Next(4) switch { 0 => ["*USDT"], 1 => ["BUSDT", "C"], _ => [] });
    }

    private static NaiveComparison Compare(Random random, bool crossing)
    {
        string comparison = crossing ? Crossings[random.Next(Crossings.Length)] : Levels[random.Next(random.Next(4) == 0 ? 6 : 4)];
        if (random.Next(3) == 0)
        {
            (string name, double[] around) = Others[random.Next(Others.Length)];
            return new NaiveComparison(name, 1, comparison, null, around[random.Next(around.Length)]);
        }

        string left = PriceLike[random.Next(PriceLike.Length)];
        if (random.Next(3) == 0) return new NaiveComparison(left, 1, comparison, null, 100 + (0.01 * random.Next(-10, 11)));
        double factor = random.Next(4) == 0 ? 1.0005 : 1;
        return new NaiveComparison(left, factor, comparison, PriceLike[random.Next(PriceLike.Length)], random.Next(4) == 0 ? 0.9998 : 1);
    }
}
