using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Intensity;
using LowLatency.Analytics.Reversals;
using LowLatency.Market.Records;
using static LowLatency.Analytics.Tests.Ticks;

namespace LowLatency.Analytics.Tests.Signals;

public sealed class SignalBuilderTests
{
    private const long Start = 1_700_000_000 * Second;

    [Fact]
    public void Should_Not_Take_A_Market_Like_Clockwork_For_A_Spike()
    {
        // Base, buffer and intensity are the same number here, but for the rounding of each.
        IntensitySettings settings = Small();
        settings.CvLambda = 0;
        for (int i = 1; i <= 50; i++)
        {
            settings.RecentWeight = i / 51.0;
            var run = new SignalRun(settings, Fast());
            for (int k = 0; k < 200; k++) run.Add([Trade(Start + (k * 123_456_789L), 100 + (k % 2 * i / 70.0))]);
            Assert.Empty(run.Spikes);
        }
    }

    [Fact]
    public void Should_Warm_Up_When_The_Rules_Say_So()
    {
        // 100 moves; 50 intensities; 1000 values before the trade.
        SignalRun run = Run(new IntensitySettings { PublishEveryTrades = 1 }, Fast(), Walk(1, 1_200));
        Assert.Equal(100, run.Samples.FindIndex(s => !double.IsNaN(s.Intensity)));
        Assert.Equal(149, run.Samples.FindIndex(s => !double.IsNaN(s.Smoothed)));
        Assert.Equal(1149, run.Samples.FindIndex(s => !double.IsNaN(s.Buffer)));
        run = Run(new IntensitySettings { PublishEveryTrades = 1, Smoothing = Smoothing.Zlma }, Fast(), Walk(1, 300));
        Assert.Equal(173, run.Samples.FindIndex(s => !double.IsNaN(s.Smoothed)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(7)]
    public void Should_Publish_Every_So_Many_Trades(int every)
    {
        IntensitySettings settings = Small();
        settings.PublishEveryTrades = every;
        SignalRun run = Run(settings, Fast(), Walk(2, 100));
        Assert.Equal(Enumerable.Range(0, 100).Where(k => k % every == 0).Select(k => (long)k), run.Samples.Select(s => s.K));
    }

    [Fact]
    public void Should_Say_A_Spike_That_Is_Still_On_At_The_End()
    {
        TickRecord[] ticks = Walk(3, 2_000);
        var run = new SignalRun(Small(), Fast());
        var open = new SignalList(1, 1);
        for (int i = 0; i < ticks.Length; i++)
        {
            run.Add([ticks[i]]);
            open.Clear();
            run.Builder.SayOpenSpikes(open);
            bool on = run.Spikes.Count % 2 == 1;
            Assert.Equal(on ? 1 : 0, open.Spikes.Count);
            if (!on) continue;
            SpikeRecord spike = open.Spikes.Items[0];
            Assert.Equal((SpikeState.Open, i, -1, run.Spikes[^1].StartNs, ticks[i].Header.EventNs), (spike.State, (int)spike.K, (int)spike.Input, spike.StartNs, spike.Header.EventNs));
        }

        Assert.True(run.Spikes.Count > 4);
    }

    [Fact]
    public void Should_See_A_Bar_After_A_Released_Trade_When_The_Trade_Behind_It_Closed_It()
    {
        // One input record releases a trade within the bar and brings one beyond it: the bar, with the same cause, comes between the two.
        ReversalSettings settings = Fast();
        var apart = new SignalRun(Small(), settings);
        TickRecord[] ticks = Walk(4, 3_000);
        apart.AddInBatches(ticks, [7]);

        var bars = new TimeBarBuilder(new BarSettings { OpenEveryMs = 0 }, apart.Specs);
        var builder = new SignalBuilder(Small(), settings, apart.Specs, 0);
        var reversals = new List<(int, double, long)>();
        for (int at = 0; at < ticks.Length; at += 3)
        {
            var closed = new EmittedList<BarRecord>(1);
            var output = new SignalList(1, 1);
            int length = Math.Min(3, ticks.Length - at);
            int[] causes = new int[length];
            bars.Build(ticks.AsSpan(at, length), causes, at, closed);
            builder.Build(ticks.AsSpan(at, length), causes, closed.Items, closed.Causes, at, output);
            foreach (ReversalRecord r in output.Reversals.Items) reversals.Add((r.Version, r.Price, r.Header.EventNs));
        }

        Assert.True(reversals.Count > 10);
        Assert.Equal(apart.Reversals.Select(r => ((int)r.Version, r.Price, r.Header.EventNs)), reversals);
    }

    [Fact]
    public void Should_Allocate_Nothing_A_Trade()
    {
        TickRecord[] ticks = Walk(5, 20_000);
        int[] causes = [.. Enumerable.Range(0, ticks.Length)];
        ReversalSettings settings = Fast();
        IReadOnlyList<Market.Streams.BarSpec> specs = SignalTimeframes.Of(settings);
        var bars = new EmittedList<BarRecord>(1);
        new TimeBarBuilder(new BarSettings { OpenEveryMs = 0 }, specs).Build(ticks, causes, 0, bars);
        var builder = new SignalBuilder(Small(), settings, specs, 0);
        var output = new SignalList(1, 1);
        builder.Build(ticks, causes, bars.Items, bars.Causes, 0, output);
        long bytes = Allocations.Least(() =>
        {
            output.Clear();
            builder.Build(ticks, causes, bars.Items, bars.Causes, 0, output);
        });
        Assert.Equal(0, bytes);
        Assert.True(output.Spikes.Count > 20 && output.Reversals.Count > 20);
    }

    [Fact]
    public void Should_Count_What_It_Says()
    {
        SignalRun run = Run(Small(), Fast(), Walk(6, 5_000));
        Assert.Equal(run.Spikes.Count(s => s.State == SpikeState.Begin), run.Builder.Counters.Spikes);
        for (int version = 1; version <= SignalCounters.Versions; version++) Assert.Equal(run.Reversals.Count(r => r.Version == version), run.Builder.Counters.Reversals(version));
        Assert.Throws<IndexOutOfRangeException>(() => run.Builder.Counters.Reversals(5));
    }

    [Fact]
    public void Should_Keep_Signals_Within_What_They_Promise()
    {
        SignalRun run = Run(Small(), Fast(), Walk(7, 10_000));
        Assert.All(run.Reversals, r => Assert.True(r.Strength is > 0 and <= 1, $"{r.Strength}"));
        Assert.All(run.Reversals.Where(r => r.Version != 4), r => Assert.Equal(r.Direction, Math.Sign(r.Extreme - r.Invalidation)));
        Assert.All(run.Reversals.Where(r => r.Version != 4).GroupBy(r => (r.Spike, r.Version)), g => Assert.Single(g));
    }

    [Fact]
    public void Should_Tell_Timeframes_That_There_Are_No_Bars_Of()
    {
        ReversalSettings settings = Fast();
        settings.V3.High = "5m";
        Assert.Contains("reversals.v3.high: there are no bars of 5m", Assert.Throws<ArgumentException>(() => new SignalBuilder(Small(), settings, SignalTimeframes.Of(Fast()), 0)).Message, StringComparison.Ordinal);
        settings.V3.High = "5x";
        Assert.Contains("'5x' is no interval", Assert.Throws<ArgumentException>(() => SignalTimeframes.Of(settings)).Message, StringComparison.Ordinal);
        settings.V3.High = "1s";
        Assert.Contains("is not shorter", Assert.Throws<ArgumentException>(() => SignalTimeframes.Of(settings)).Message, StringComparison.Ordinal);
    }

    /// <summary>A walk with sweeps: bursts of trades in one direction, then back.</summary>
    internal static TickRecord[] Walk(int seed, int count)
    {
        var random = new Random(seed);
        var ticks = new TickRecord[count];
        long now = Start;
        double price = 100;
        int burst = 0;
        int direction = 1;
        for (int i = 0; i < count; i++)
        {
            if (burst == 0 && random.Next(60) == 0) (burst, direction) = (40, random.Next(2) == 0 ? 1 : -1);
            bool back = burst is > 0 and < 20;
            now += burst > 0 ? random.Next(40_000_000) : random.Next(500_000_000);
            price = Math.Round(price + (burst > 0 ? (back ? -direction : direction) * 0.01 * random.Next(4) : 0.01 * random.Next(-1, 2)), 2);
            if (burst > 0) burst--;
            ticks[i] = Trade(now, price, random.Next(1, 100) * (burst > 0 ? 5 : 1));
        }

        return ticks;
    }

    internal static IntensitySettings Small() => new() { PathTrades = 10, SmoothingLength = 5, Window = 60, Recent = 6, PublishEveryTrades = 1 };

    internal static ReversalSettings Fast() => new() { EmaFast = 3, EmaSlow = 6, VolumeSma = 5, V3 = { Low = "1s", High = "5s", VolumeRatio = 0.8 }, V4 = { Interval = "1s", VolumeRatio = 1 } };

    private static SignalRun Run(IntensitySettings intensity, ReversalSettings reversals, TickRecord[] ticks)
    {
        var run = new SignalRun(intensity, reversals);
        run.AddInBatches(ticks, [64]);
        return run;
    }
}
