using LowLatency.Analytics.Alerts;
using LowLatency.Engine.Replay;
using LowLatency.Engine.Settings;

namespace LowLatency.Engine.Tests.Replay;

public class AlertReplayTests
{
    private const string Rows =
        """
        ts_ns,symbol,type,price,size,bid,bid_size,ask,ask_size
        1700000000000000000,A,T,100,1,,,,
        1700000000100000000,A,Q,,,99,1,101,1
        1700000000500000000,A,T,103,2,,,,
        1700000001200000000,A,T,101,1,,,,
        1700000002300000000,A,T,104,5,,,,
        1700000002400000000,A,Q,,,103.99,1,104.01,1
        1700000003000000000,B,T,7,1,,,,
        1700000005000000000,A,K,,,,,,
        """;

    [Fact]
    public void Should_Write_What_Was_Said_And_Count_It_By_Rule()
    {
        using var folder = new TemporaryFolder();
        LowLatencySettings settings = ReplayRun.Settings(folder.Write("ticks.csv", Rows));
        settings.Bars.Intervals = ["1s"];
        settings.Indicators = ["sma(2)"];
        settings.Alerts =
        [
            new AlertSettings { Name = "up, over the average", Rule = "close > sma(2) on 1s" },
            new AlertSettings { Rule = "spread_bps > 50 for 2s" },
            new AlertSettings { Rule = "price >= 103", CooldownSeconds = 10 },
            new AlertSettings { Rule = "price > 1000" },
        ];
        ReplayResult result = ReplayRun.Run(settings, folder.PathOf("out"));
        // Bars of A close at 103, 101 and 104, with averages 102 and 102.5; its spread is 200 bps from 0.1 s to 2.4 s.
        Assert.Equal(
            [
                "at_row,event_ns,begin_ns,alert,suppressed,value_1,value_2,value_3,value_4,value_5,value_6,value_7,value_8,q",
                "2,1700000000500000000,1700000000500000000,price >= 103,0,103,,,,,,,,1",
                "5,1700000002100000000,1700000000100000000,spread_bps > 50 for 2s,0,200,,,,,,,,2",
                "7,1700000003000000000,1700000003000000000,\"up, over the average\",0,104,102.5,,,,,,,3",
            ],
            File.ReadLines(folder.PathOf("out/A/alerts.csv")));
        Assert.Single(File.ReadLines(folder.PathOf("out/B/alerts.csv")));
        Assert.Equal(
            [("up, over the average", 1L), ("spread_bps > 50 for 2s", 1L), ("price >= 103", 1L), ("price > 1000", 0L)], result.Summary.Alerts.Select(a => (a.Key, a.Value)));
        Assert.True(result.Summary.LatencyNs.ContainsKey("alerts"));
    }

    [Fact]
    public void Should_Write_No_File_And_Have_No_Stage_Without_Rules()
    {
        using var folder = new TemporaryFolder();
        ReplayResult result = ReplayRun.Run(ReplayRun.Settings(folder.Write("ticks.csv", Rows)), folder.PathOf("out"));
        Assert.False(File.Exists(folder.PathOf("out/A/alerts.csv")));
        Assert.Empty(result.Summary.Alerts);
        Assert.False(result.Summary.LatencyNs.ContainsKey("alerts"));
    }
}
