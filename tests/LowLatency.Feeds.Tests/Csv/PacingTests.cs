using LowLatency.Feeds.Csv;
using LowLatency.Feeds.Settings;

namespace LowLatency.Feeds.Tests.Csv;

public sealed class PacingTests : IDisposable
{
    private const long Ms = 1_000_000;
    private const string Rows = "ts_ns,symbol,price,size\n1000000000,A,1,1\n2000000000,A,1,1\n1500000000,A,1,1\n1600000000,A,1,1\nbad,A,1,1\n101600000000,A,1,1\n";

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Should_Publish_Rows_When_They_Are_Due()
    {
        (FeedRig rig, TickCsvFeed feed) = Start("2x", 0);
        Expect(feed, 1);
        rig.Clock.Advance(500 * Ms - 1);
        Expect(feed, 1);
        rig.Clock.Advance(1);
        // The third goes back in time and is due with the second; the fourth is 100 ms after the third.
        Expect(feed, 3);
        rig.Clock.Advance(50 * Ms);
        Expect(feed, 5);
        rig.Clock.Advance(49_999 * Ms);
        Expect(feed, 5);
        Assert.False(feed.Completed);
        rig.Clock.Advance(1 * Ms);
        Expect(feed, 6);
        Finish(feed);
    }

    [Fact]
    public void Should_Shorten_Long_Gaps()
    {
        (FeedRig rig, TickCsvFeed feed) = Start("1x", 2);
        Expect(feed, 1);
        rig.Clock.Advance(1100 * Ms);
        Expect(feed, 5);
        rig.Clock.Advance(1999 * Ms);
        Expect(feed, 5);
        rig.Clock.Advance(1 * Ms);
        Expect(feed, 6);
        Finish(feed);
    }

    [Fact]
    public void Should_Keep_Pace_When_The_Ring_Was_Full()
    {
        var rig = new FeedRig(capacity: 2);
        string file = _files.Text("ts_ns,symbol,price,size\n" + string.Concat(Enumerable.Range(1, 6).Select(i => $"{i}000000000,A,1,1\n")));
        TickCsvFeed feed = new(rig.Context, new ReplaySettings { Files = [file], Speed = "1x" });
        feed.OnStart();
        FeedRig.RunUntil(feed, 1);
        rig.Clock.Advance(2_000 * Ms);
        Expect(feed, 1);
        Assert.Single(rig.Take());
        Expect(feed, 3);
        rig.Clock.Advance(1_000 * Ms);
        Expect(feed, 3);
        Assert.Equal(2, rig.Take().Count);
        Expect(feed, 4);
        rig.Clock.Advance(999 * Ms);
        Expect(feed, 4);
        rig.Clock.Advance(1 * Ms);
        Expect(feed, 5);
        feed.OnClose();
    }

    [Theory]
    [InlineData("max", true, 0.0)]
    [InlineData("MAX", true, 0.0)]
    [InlineData("1x", true, 1.0)]
    [InlineData("0.5x", true, 0.5)]
    [InlineData("10X", true, 10.0)]
    [InlineData("x", false, 0.0)]
    [InlineData("0x", false, 0.0)]
    [InlineData("-1x", false, 0.0)]
    [InlineData("10", false, 0.0)]
    [InlineData("nanx", false, 0.0)]
    [InlineData("", false, 0.0)]
    public void Should_Read_Speeds(string text, bool valid, double factor)
    {
        Assert.Equal(valid, ReplaySpeed.TryParse(text, out ReplaySpeed speed));
        if (valid) Assert.Equal(factor, speed.Factor);
    }

    private (FeedRig Rig, TickCsvFeed Feed) Start(string speed, double maxGapSeconds)
    {
        var rig = new FeedRig();
        TickCsvFeed feed = new(rig.Context, new ReplaySettings { Files = [_files.Text(Rows)], Speed = speed, MaxGapSeconds = maxGapSeconds });
        feed.OnStart();
        FeedRig.RunUntil(feed, 1);
        return (rig, feed);
    }

    private static void Finish(TickCsvFeed feed)
    {
        SpinWait.SpinUntil(() => feed.DoWork() >= 0 && feed.Completed, TimeSpan.FromSeconds(30));
        Assert.True(feed.Completed);
        feed.OnClose();
    }

    private static void Expect(TickCsvFeed feed, long published)
    {
        FeedRig.RunUntil(feed, published);
        for (int i = 0; i < 10; i++) feed.DoWork();
        Assert.Equal(published, feed.Published);
    }
}
