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

    /// <summary>A time to live in hours, or in months, which have no length in hours: servers tell 24 months as 2 years.</summary>
    /// <param name="keep">How many units; 0 for ever.</param>
    /// <param name="unit">HOUR, DAY, WEEK, MONTH or YEAR.</param>
    public static (int Hours, int Months) Length(int keep, string unit) => unit switch
    {
        "HOUR" => (keep, 0),
        "DAY" => (keep * 24, 0),
        "WEEK" => (keep * 168, 0),
        "MONTH" => (0, keep),
        "YEAR" => (0, keep * 12),
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
