namespace LowLatency.Storage.QuestDb.Schema;

/// <summary>How long a table's rows live.</summary>
/// <param name="Table">The table.</param>
/// <param name="Keep">How many units; 0 for ever.</param>
/// <param name="Unit">HOUR, DAY or MONTH.</param>
/// <param name="ParquetDays">After how many days a partition becomes Parquet; 0 never.</param>
internal sealed record TableLife(string Table, int Keep, string Unit, int ParquetDays)
{
    /// <summary>The letter that dateadd has for the unit.</summary>
    public char Letter => Unit switch { "HOUR" => 'h', "DAY" => 'd', "MONTH" => 'M', _ => throw new InvalidOperationException($"{Unit} is no unit.") };

    // 9.3.6 refuses to set 0 where partitions are months: a hundred years, then.
    private const int ForEverMonths = 1200;

    /// <summary>Its TTL, for ALTER TABLE.</summary>
    public string Ttl => Keep != 0 ? $"{Keep} {Unit}S" : Unit == "MONTH" ? $"{ForEverMonths} MONTHS" : "0 HOURS";

    /// <summary>Whether a server's TTL is ours: it tells 24 months as 2 years.</summary>
    /// <param name="value">How many units; 0: none.</param>
    /// <param name="unit">HOUR, DAY, WEEK, MONTH or YEAR.</param>
    public bool IsSame(int value, string unit) =>
        Keep == 0 ? value == 0 || Length(value, unit) == (0, ForEverMonths) : Length(value, unit) == Length(Keep, Unit);

    // In hours, or in months, which have no length in hours.
    private static (int Hours, int Months) Length(int value, string unit) => unit switch
    {
        "HOUR" => (value, 0),
        "DAY" => (value * 24, 0),
        "WEEK" => (value * 168, 0),
        "MONTH" => (0, value),
        "YEAR" => (0, value * 12),
        _ => (-1, -1),
    };

    /// <summary>The lives of all tables.</summary>
    /// <param name="settings">The settings.</param>
    public static IReadOnlyList<TableLife> All(RetentionSettings settings)
    {
        int Parquet(int days) => settings.Parquet ? days : 0;
        return
        [
            new("trades", settings.TickDays, "DAY", 0),
            new("quotes", settings.TickDays, "DAY", 0),
            new("bbo", settings.TickDays, "DAY", 0),
            new("bars", settings.BarMonths, "MONTH", Parquet(3)),
            new("bars_1d", 0, "DAY", Parquet(7)),
            new("indicators", settings.IndicatorDays, "DAY", Parquet(7)),
            new("indicators_1d", 0, "DAY", Parquet(30)),
            new("intensity", settings.IntensityHours, "HOUR", 0),
            new("spikes", 0, "DAY", Parquet(30)),
            new("reversals", 0, "DAY", Parquet(30)),
            new("alerts", 0, "DAY", Parquet(30)),
            new("gaps", 0, "DAY", Parquet(30)),
            new("imbalances", 0, "DAY", Parquet(30)),
        ];
    }
}
