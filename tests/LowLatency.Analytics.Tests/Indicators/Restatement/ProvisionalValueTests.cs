using FsCheck;
using FsCheck.Fluent;
using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Indicators;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;
using static LowLatency.Analytics.Tests.Ticks;

namespace LowLatency.Analytics.Tests.Indicators.Restatement;

public sealed class ProvisionalValueTests
{
    [Fact]
    public void Should_Leave_The_Values_Of_Closed_Bars_As_They_Are() =>
        Prop.ForAll<Guid>(drawn =>
        {
            int seed = drawn.GetHashCode();
            bool restates = seed % 2 == 0;
            IndicatorSay[] without = [.. Run(seed, new IndicatorSettings { Restate = restates }).OfClosedBars];
            RestatementRun with = Run(seed, new IndicatorSettings { Restate = restates, Provisional = true });
            Assert.Equal(without, with.OfClosedBars);
            Assert.NotEqual(without.Length, with.Said.Count);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Should_Be_What_The_Open_Bar_Would_Give_If_It_Closed_So() =>
        Prop.ForAll<Guid>(drawn =>
        {
            int seed = drawn.GetHashCode();
            RestatementRun run = Run(seed, new IndicatorSettings { Restate = seed % 2 == 0, Provisional = true });
            Assert.Equal(run.Twin.Provisional, run.Said.Where(s => s.Provisional && s.HasValue));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Should_Never_Stand_When_The_Bar_Has_Closed() =>
        Prop.ForAll<Guid>(drawn =>
        {
            int seed = drawn.GetHashCode();
            RestatementRun run = Run(seed, new IndicatorSettings { Restate = seed % 2 == 0, Provisional = true });
            Dictionary<(uint, int, int, long), IndicatorSay> last = run.Said.GroupBy(s => s.Key).ToDictionary(g => g.Key, g => g.Last());
            foreach (((uint, int, int, long) key, string values) in run.Twin.Final())
            {
                if (last.TryGetValue(key, out IndicatorSay? said)) Assert.Equal(values, said.Values);
                else Assert.True(values.All(c => c is '-' or ' '));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Should_Be_Taken_Back_When_The_Bar_Closes_Without_A_Value()
    {
        var builder = new IndicatorBuilder([IndicatorRegistry.Create("rsi(2)"), IndicatorRegistry.Create("obv")], [new BarSpec("1m", 60 * Second)], new IndicatorSettings { Provisional = true });
        var output = new EmittedList<IndicatorRecord>(1);
        BarRecord[] bars = [Bar(0, 10, BarState.Closed), Bar(1, 10, BarState.Closed), Bar(2, 12, BarState.Open), Bar(2, 10, BarState.Open), Bar(2, 10, BarState.Closed), Bar(3, 10, BarState.Closed)];
        builder.Build(bars, [0, 1, 2, 3, 4, 5], output);
        Assert.Equal(
            [(2, true, 100), (3, true, double.NaN), (4, true, double.NaN)],
            output.Items.ToArray().Select((r, i) => (Record: r, Cause: output.Causes[i])).Where(p => p.Record.Indicator == 0)
                .Select(p => (p.Cause, (p.Record.Header.Flags & RecordFlags.Provisional) != 0, p.Record.Values[0])));
        Assert.Equal(
            [(0, false, 0), (1, false, 0), (2, true, 5), (3, true, 0), (4, false, 0), (5, false, 0)],
            output.Items.ToArray().Select((r, i) => (Record: r, Cause: output.Causes[i])).Where(p => p.Record.Indicator == 1)
                .Select(p => (p.Cause, (p.Record.Header.Flags & RecordFlags.Provisional) != 0, p.Record.Values[0])));
    }

    [Fact]
    public void Should_Build_On_A_Bar_That_Waits_In_Its_Grace()
    {
        var builder = new IndicatorBuilder([IndicatorRegistry.Create("sma(2)")], [new BarSpec("1m", 60 * Second)], new IndicatorSettings { Provisional = true });
        var output = new EmittedList<IndicatorRecord>(1);
        builder.Build([Bar(0, 10, BarState.Closed), Bar(1, 20, BarState.Open), Bar(2, 40, BarState.Open)], [0, 1, 1], output);
        Assert.Equal([15, 30], output.Items.ToArray().Select(r => r.Values[0]));
    }

    private static RestatementRun Run(int seed, IndicatorSettings settings)
    {
        var random = new System.Random(seed);
        string[] names = [.. RestatementRun.Names];
        random.Shuffle(names);
        return new RestatementRun(seed, new BarSettings { OpenEveryMs = 500, Intervals = ["1s", "1m", "1d"], Tick = 9, GraceNs = random.Next(3) * 7 * Second }, settings, names[..5]);
    }

    private static BarRecord Bar(int minute, double price, BarState state) =>
        new() { StartNs = minute * 60 * Second, Open = price, High = price, Low = price, Close = price, Volume = 5, State = state };
}
