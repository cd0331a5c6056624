using LowLatency.Storage.QuestDb.Protocol;
using LowLatency.Storage.QuestDb.Schema;
using LowLatency.Storage.QuestDb.Sending;
using LowLatency.Storage.QuestDb;

namespace LowLatency.Storage.Tests.QuestDb.Schema;

/// <summary>The SQL, as old and new servers get it.</summary>
public sealed class SchemaFilesTests
{
    private static readonly ServerCapabilities Old = new(IlpVersion.V1, false, false, false);
    private static readonly ServerCapabilities New = new(IlpVersion.V3, true, true, true);

    [Fact]
    public void Should_Be_Numbered() =>
        Assert.Equal(Enumerable.Range(1, SchemaFiles.Names.Count).Select(i => $"{i:D3}_"), SchemaFiles.Names.Select(n => n[..4]));

    [Fact]
    public void Should_Be_Run_Again_Without_Harm() =>
        Assert.All(SchemaFiles.Statements(New, new RetentionSettings()), s => Assert.StartsWith("CREATE TABLE IF NOT EXISTS ", s, StringComparison.Ordinal));

    [Fact]
    public void Should_Give_Old_Servers_The_Same_Tables_Without_What_They_Do_Not_Know()
    {
        IReadOnlyList<string> old = SchemaFiles.Statements(Old, new RetentionSettings());
        Assert.DoesNotContain(old, s => s.Contains("TTL", StringComparison.Ordinal) || s.Contains("TIMESTAMP_NS", StringComparison.Ordinal) || s.Contains('$', StringComparison.Ordinal));
        IEnumerable<string> stripped = SchemaFiles.Statements(New, new RetentionSettings()).Select(s => System.Text.RegularExpressions.Regex.Replace(s.Replace("TIMESTAMP_NS", "TIMESTAMP", StringComparison.Ordinal), @" TTL \d+ \w+", ""));
        Assert.Equal(old.Select(s => s.Replace("  ", " ", StringComparison.Ordinal)), stripped);
    }

    [Theory]
    [InlineData("trades", "HOUR", "timestamp,symbol,seq", "TTL 5 DAYS")]
    [InlineData("quotes", "HOUR", "timestamp,symbol,seq", "TTL 5 DAYS")]
    [InlineData("bbo", "HOUR", "timestamp,symbol,seq", "TTL 5 DAYS")]
    [InlineData("bars", "MONTH", "timestamp,symbol,interval,rev,ordinal", "TTL 24 MONTHS")]
    [InlineData("bars_1d", "YEAR", "timestamp,symbol,interval,rev,ordinal", "")]
    [InlineData("indicators", "DAY", "timestamp,symbol,interval,name,rev,ordinal", "TTL 90 DAYS")]
    [InlineData("indicators_1d", "YEAR", "timestamp,symbol,interval,name,rev,ordinal", "")]
    [InlineData("intensity", "HOUR", "timestamp,symbol,seq", "TTL 1 HOURS")]
    [InlineData("spikes", "YEAR", "timestamp,symbol,seq", "")]
    [InlineData("reversals", "YEAR", "timestamp,symbol,seq", "")]
    [InlineData("alerts", "YEAR", "timestamp,symbol,seq", "")]
    [InlineData("gaps", "YEAR", "timestamp,symbol,seq", "")]
    [InlineData("imbalances", "YEAR", "timestamp,symbol,seq", "")]
    public void Should_Have_The_Keys_The_Partitions_And_The_Life_Of_The_Design(string name, string partition, string keys, string ttl)
    {
        string statement = SchemaFiles.Statements(New, new RetentionSettings()).Single(s => s.StartsWith($"CREATE TABLE IF NOT EXISTS {name} (", StringComparison.Ordinal));
        TableDefinition table = TableDefinition.Parse(statement);
        Assert.Equal((partition, "timestamp"), (table.PartitionBy, table.Timestamp));
        Assert.Equal(keys.Split(','), table.Columns.Where(c => c.IsKey).Select(c => c.Name));
        Assert.Equal(ttl.Length == 0, !statement.Contains("TTL", StringComparison.Ordinal));
        Assert.Contains(ttl, statement, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Keep_For_Ever_What_The_Settings_Say()
    {
        var retention = new RetentionSettings { TickDays = 0, BarMonths = 0, IndicatorDays = 0, IntensityHours = 0 };
        Assert.DoesNotContain(SchemaFiles.Statements(New, retention), s => s.Contains("TTL", StringComparison.Ordinal));
    }

    [Fact]
    public void Should_Drop_Partitions_Where_There_Is_No_Ttl_And_Turn_Old_Ones_Into_Parquet_Where_There_Is()
    {
        using var connection = new QuestDbConnection(new QuestDbSettings());
        Assert.Equal(
        [
            "ALTER TABLE trades DROP PARTITION WHERE timestamp < dateadd('d', -5, now())",
            "ALTER TABLE quotes DROP PARTITION WHERE timestamp < dateadd('d', -5, now())",
            "ALTER TABLE bbo DROP PARTITION WHERE timestamp < dateadd('d', -5, now())",
            "ALTER TABLE bars DROP PARTITION WHERE timestamp < dateadd('M', -24, now())",
            "ALTER TABLE indicators DROP PARTITION WHERE timestamp < dateadd('d', -90, now())",
            "ALTER TABLE intensity DROP PARTITION WHERE timestamp < dateadd('h', -1, now())",
        ], new PartitionCare(connection, new RetentionSettings()).Statements(Old));
        IReadOnlyList<string> parquet = new PartitionCare(connection, new RetentionSettings()).Statements(New);
        Assert.Equal(9, parquet.Count);
        Assert.Contains("ALTER TABLE bars CONVERT PARTITION TO PARQUET WHERE timestamp < dateadd('d', -3, now())", parquet);
        Assert.Contains("ALTER TABLE indicators_1d CONVERT PARTITION TO PARQUET WHERE timestamp < dateadd('d', -30, now())", parquet);
        Assert.Empty(new PartitionCare(connection, new RetentionSettings { Parquet = false }).Statements(New));
    }

    [Theory]
    [InlineData("trades", 5, "DAY", true)]
    [InlineData("trades", 120, "HOUR", true)]
    [InlineData("trades", 1, "WEEK", false)]
    [InlineData("trades", 0, "HOUR", false)]
    [InlineData("bars", 2, "YEAR", true)]
    [InlineData("bars", 2, "MONTH", false)]
    [InlineData("bars_1d", 0, "HOUR", true)]
    [InlineData("bars_1d", 3, "YEAR", false)]
    public void Should_Know_A_Time_To_Live_In_Other_Units(string table, int value, string unit, bool isSame) =>
        Assert.Equal(isSame, TableLife.All(new RetentionSettings()).Single(l => l.Table == table).IsSame(value, unit));

    [Fact]
    public void Should_Refuse_Another_Statement() => Assert.Throws<FormatException>(() => TableDefinition.Parse("CREATE TABLE trades (a INT)"));
}
