using LowLatency.Engine.Settings;
using LowLatency.Engine.Tests.Replay;
using LowLatency.Market.Calendars;
using LowLatency.Market.Settings;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Engine.Tests.Settings;

public class InstrumentClassTests
{
    [Fact]
    public void Should_Give_A_Class_Its_Own_Days_And_Its_Own_Outliers()
    {
        using var folder = new TemporaryFolder();
        // 2024-03-08 20:00, 2024-03-11 13:00 and 13:30 UTC: in New York, where clocks go forward between, the second Monday trade is the first of the new session.
        string[] rows = ["1709928000000000000,{0},T,10,1", "1710162000000000000,{0},T,11.5,1", "1710163800000000000,{0},T,11.6,1"];
        string file = folder.Write("ticks.csv", "ts_ns,symbol,type,price,size\n" + string.Concat(new[] { "SPY", "BTCUSDT" }.SelectMany(s => rows.Select(r => string.Format(System.Globalization.CultureInfo.InvariantCulture, r, s) + "\n"))));
        LowLatencySettings settings = Read(file, ("instrument_classes:0:symbols", "SPY;QQQ*"), ("instrument_classes:0:calendar", "us_equities"), ("instrument_classes:0:outlier_log_return", "0.3"));
        Assert.Equal(CalendarName.UsEquities, settings.InstrumentClasses[0].Calendar);
        ReplayRun.Run(settings, folder.PathOf("out"));
        List<string[]> spy = ReplayRun.Rows(folder.PathOf("out/SPY/bars_1d.csv"));
        Assert.Equal([("1709908200000000000", "2"), ("1710163800000000000", "1")], spy.Select(r => (r[1], r[9])));
        // Without a class: days of UTC, and 15% is an outlier until the third trade agrees.
        List<string[]> btc = ReplayRun.Rows(folder.PathOf("out/BTCUSDT/bars_1d.csv"));
        Assert.Equal([("1709856000000000000", "1"), ("1710115200000000000", "2")], btc.Select(r => (r[1], r[9])));
        Assert.Contains(ReplayRun.Rows(folder.PathOf("out/BTCUSDT/norm.csv")), r => r[1] == "suspect_released");
        Assert.DoesNotContain(ReplayRun.Rows(folder.PathOf("out/SPY/norm.csv")), r => r[1] == "suspect");
    }

    [Fact]
    public void Should_Give_A_Class_Without_A_Calendar_The_Days_Of_All()
    {
        using var folder = new TemporaryFolder();
        // 2024-03-08 20:00, 2024-03-11 13:00 and 13:30 UTC, as above: days of New York begin with the first and the third, days of UTC with the first and the second.
        string[] rows = ["1709928000000000000,{0},T,10,1", "1710162000000000000,{0},T,10.1,1", "1710163800000000000,{0},T,10.2,1"];
        string file = folder.Write("ticks.csv", "ts_ns,symbol,type,price,size\n" + string.Concat(new[] { "SPY", "BTCUSDT", "QQQ" }.SelectMany(s => rows.Select(r => string.Format(System.Globalization.CultureInfo.InvariantCulture, r, s) + "\n"))));
        LowLatencySettings settings = Read(
            file, ("bars:calendar", "us_equities"), ("instrument_classes:0:symbols", "SPY"), ("instrument_classes:0:outlier_log_return", "0.3"), ("instrument_classes:1:symbols", "*USDT"), ("instrument_classes:1:calendar", "utc"));
        Assert.Null(settings.InstrumentClasses[0].Calendar);
        ReplayRun.Run(settings, folder.PathOf("out"));
        foreach (string symbol in new[] { "SPY", "QQQ" }) Assert.Equal(["2", "1"], ReplayRun.Rows(folder.PathOf($"out/{symbol}/bars_1d.csv")).Select(r => r[9]));
        Assert.Equal(["1", "2"], ReplayRun.Rows(folder.PathOf("out/BTCUSDT/bars_1d.csv")).Select(r => r[9]));
        // Which of the two it was is told when it changes.
        Assert.Equal(
            ["instrument_classes.0.calendar from that of all to utc", "instrument_classes.1.calendar from utc to that of all"],
            SettingsDifference.Between(settings, Read(
                file, ("bars:calendar", "us_equities"), ("instrument_classes:0:symbols", "SPY"), ("instrument_classes:0:outlier_log_return", "0.3"), ("instrument_classes:0:calendar", "utc"), ("instrument_classes:1:symbols", "*USDT")))
                .Where(d => d.Path.StartsWith("instrument_classes", StringComparison.Ordinal)).Select(d => d.ToString()));
    }

    [Theory]
    [InlineData("instrument_classes:0:calendar", "us_equitys", "us_equities")]
    [InlineData("instrument_classes:0:symbols", "A*B*", "more than one *")]
    [InlineData("instrument_classes:0:outlier_log_return", "0.5", "there are none")]
    [InlineData("bars:fill", "last", "previous")]
    [InlineData("bars:tick", "-1", "out of range")]
    [InlineData("bars:calendar", "nyse", "us_equities")]
    public void Should_Name_What_Is_Wrong_And_What_Is_Allowed(string key, string value, string told)
    {
        SettingsException thrown = Assert.Throws<SettingsException>(() => Read("none.csv", (key, value)));
        Assert.Contains(thrown.Mistakes, m => m.StartsWith(key.Split(':')[0], StringComparison.Ordinal) && m.Contains(told, StringComparison.Ordinal));
    }

    private static LowLatencySettings Read(string file, params (string Key, string Value)[] sets)
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(sets.Select(s => KeyValuePair.Create($"LowLatency:{s.Key}", (string?)s.Value)).Append(KeyValuePair.Create("LowLatency:feed:kind", (string?)"replay")))
            .Build();
        return LowLatencySettings.Read(configuration, s =>
        {
            s.Feed.Replay.Files = [file];
            s.Bars.OpenEveryMs = 0;
        });
    }
}
