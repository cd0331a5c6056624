using LowLatency.Analytics.Alerts;
using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Intensity;
using LowLatency.Analytics.Reversals;
using LowLatency.Market.Records;
using static LowLatency.Analytics.Tests.Ticks;

namespace LowLatency.Analytics.Tests.Alerts;

/// <summary>What rules mean, on markets of a few ticks.</summary>
public sealed class AlertBuilderTests
{
    private const long Start = AlertMarket.Start;

    [Fact]
    public void Should_Fire_When_It_Turns_True_And_Again_After_It_Was_False() =>
        Assert.Equal([(0L, 102.0), (4L, 103.0)], Prices("price > 101", [102, 103, 102, 100, 103, 104]));

    [Theory]
    [InlineData("price crosses_above 101", new long[] { 1, 6 })]
    [InlineData("price crosses_below 101", new long[] { 5 })]
    [InlineData("price crosses 101", new long[] { 1, 5, 6 })]
    [InlineData("101 crosses_above price", new long[] { 5 })]
    [InlineData("price == 101", new long[] { 2 })]
    [InlineData("price != 101", new long[] { 0, 4 })]
    [InlineData("price >= 101", new long[] { 1, 6 })]
    [InlineData("price <= 100", new long[] { 0, 5 })]
    public void Should_Cross_From_One_Side_To_The_Other_And_Not_By_Touching(string rule, long[] inputs) =>
        Assert.Equal(inputs, Prices(rule, [100, 102, 101, 101, 102, 100, 103]).Select(p => p.Input));

    [Fact]
    public void Should_Not_Take_The_First_Value_For_A_Crossing() => Assert.Empty(Prices("price crosses 101", [102, 103, 101, 104]));

    [Fact]
    public void Should_Fire_At_The_Time_At_Which_It_Has_Held_Long_Enough_Whatever_The_Clock_Events()
    {
        // True from 10.0 to 12.5: for two seconds; true again at 13, for one only.
        TickRecord[] quotes = [Wide(10_000), Narrow(12_500), Wide(13_000), Narrow(14_000)];
        for (long everyMs = 1; everyMs < 3000; everyMs = (everyMs * 3) + 1)
        {
            var run = new AlertRun([new AlertSettings { Rule = "spread_bps > 5 for 2s" }]);
            long clockMs = 0;
            foreach (TickRecord quote in quotes)
            {
                for (; Start + (clockMs * 1_000_000) < quote.Header.EventNs; clockMs += everyMs) run.Add(Clock(Start + (clockMs * 1_000_000)));
                run.Add(quote);
            }

            AlertRecord alert = Assert.Single(run.Alerts);
            Assert.Equal((Start + (12 * Second), Start + (10 * Second)), (alert.Header.EventNs, alert.BeginNs));
            Assert.True(alert.Values[0] > 5);
        }
    }

    [Fact]
    public void Should_Fire_For_A_Quiet_Instrument_By_The_Clock_Alone()
    {
        var run = new AlertRun([new AlertSettings { Rule = "spread_bps > 5 for 2s" }]);
        run.Add(Wide(0), Clock(Start + (2 * Second) - 1));
        Assert.Empty(run.Alerts);
        // Other instruments' ticks are not its time.
        run.Add(Quote(Start + (9 * Second), 1, 2, instrument: 1), Clock(Start + (2 * Second)));
        AlertRecord alert = Assert.Single(run.Alerts);
        Assert.Equal((Start + (2 * Second), 3L, 0u), (alert.Header.EventNs, alert.Input, alert.Header.Instrument));
        run.Add(Clock(Start + (60 * Second)), Wide(61_000));
        Assert.Equal(2, run.Alerts.Count);
        Assert.Equal((1u, Start + (11 * Second)), (run.Alerts[1].Header.Instrument, run.Alerts[1].Header.EventNs));
    }

    [Fact]
    public void Should_Say_What_Is_Due_In_The_Order_Of_Its_Times_And_Then_Of_The_Rules()
    {
        var run = new AlertRun([.. new[] { "ask > 1 for 3s", "ask > 2 for 1s", "ask > 3 for 2s", "ask > 4 for 1s" }.Select(r => new AlertSettings { Rule = r })]);
        run.Add(Wide(0), Clock(Start + (9 * Second)));
        Assert.Equal([(1u, 1L), (3u, 1L), (2u, 2L), (0u, 3L)], run.Alerts.Select(a => (a.Alert, (a.Header.EventNs - Start) / Second)));
    }

    [Fact]
    public void Should_Have_Held_When_It_Turns_False_At_The_Very_Time()
    {
        var run = new AlertRun([new AlertSettings { Rule = "spread_bps > 5 for 2s" }]);
        run.Add(Wide(0), Narrow(1999), Wide(3000), Narrow(5000));
        Assert.Equal(Start + (5 * Second), Assert.Single(run.Alerts).Header.EventNs);
    }

    [Theory]
    [InlineData("spread_bps > 1", false, new[] { 0, 3 })]
    [InlineData("spread > 0.1", false, new[] { 0, 3 })]
    [InlineData("mid > 1", false, new[] { 0, 3 })]
    [InlineData("bid > 1", false, new[] { 0, 3 })]
    [InlineData("bid_size >= 0", false, new[] { 0, 3 })]
    [InlineData("ask > 1", false, new[] { 0 })]
    [InlineData("ask > 1", true, new[] { 0, 3 })]
    [InlineData("ask_size >= 0", true, new[] { 0, 3 })]
    [InlineData("spread_bps > 1", true, new[] { 0, 3 })]
    public void Should_Count_A_Side_As_None_That_Its_Only_Source_Has_Withdrawn(string rule, bool ask, int[] inputs)
    {
        var run = new AlertRun([new AlertSettings { Rule = rule }]);
        TickRecord other = OneSided(2000, !ask);
        // Withdrawn in the second; the third says something of the other side alone.
        run.Add(Sized(0, 5, 5), ask ? Sized(1000, 5, 0) : Sized(1000, 0, 5), other, Sized(3000, 5, 5));
        Assert.Equal(inputs, run.Alerts.Select(a => (int)a.Input));
    }

    [Fact]
    public void Should_End_A_Waiting_For_When_A_Side_Is_Withdrawn()
    {
        var run = new AlertRun([new AlertSettings { Rule = "spread_bps > 1 for 2s" }, new AlertSettings { Rule = "bid_size > 1 for 2s" }, new AlertSettings { Rule = "ask_size > 1 for 2s" }]);
        run.Add(Sized(0, 5, 5), Sized(1000, 0, 5), Clock(Start + (9 * Second)));
        Assert.Equal(2u, Assert.Single(run.Alerts).Alert);
    }

    [Fact]
    public void Should_Count_A_Size_As_None_When_All_Sources_Have_Withdrawn_The_Side()
    {
        var run = new AlertRun([new AlertSettings { Rule = "bid_size < 1" }, new AlertSettings { Rule = "ask_size > 9" }]);
        TickRecord[] quotes = [Sized(0, 5, 5), Sized(1, 5, 5), Sized(2, 0, 5), Sized(3, 0, 5)];
        quotes[1].Header.Source = quotes[3].Header.Source = 2;
        run.Add(quotes);
        Assert.Equal(1u, Assert.Single(run.Alerts).Alert);
    }

    [Fact]
    public void Should_Be_Silent_In_Its_Cooldown_And_Say_How_Often()
    {
        var run = new AlertRun([new AlertSettings { Rule = "price > 100", CooldownSeconds = 3 }]);
        for (int i = 0; i < 10; i++) run.Add(Trade(Start + (i * Second), i % 2 == 0 ? 101 : 100));
        // True at 0, 2, 4, 6 and 8 seconds.
        Assert.Equal([(0L, 0u), (4L, 1u), (8L, 1u)], run.Alerts.Select(a => ((a.Header.EventNs - Start) / Second, a.Suppressed)));
        Assert.Equal((3, 2), (run.Builder.Counters.Said, run.Builder.Counters.Suppressed));
        Assert.Equal((3, 0), (run.Builder.Counters.Of(0), run.Builder.Counters.Of(1)));
    }

    [Fact]
    public void Should_Mean_The_Same_Whether_For_Or_The_Last_On_Comes_First()
    {
        var run = new AlertRun([new AlertSettings { Rule = "close > 100 on 1s for 2s" }, new AlertSettings { Rule = "close > 100 for 2s on 1s" }, new AlertSettings { Rule = "close > 100 on 1s" }]);
        for (int i = 0; i < 9; i++) run.Add(Trade(Start + (i * Second), i is 1 or 2 or 3 or 6 ? 101 : 99));
        // The bars of 1 to 3 close at 2 to 4 and that of the next at 5; the one of 6 is true for a second only.
        Assert.Equal([(2u, 2L, 2L), (0u, 4L, 2L), (1u, 4L, 2L), (2u, 7L, 7L)], run.Alerts.Select(a => (a.Alert, (a.Header.EventNs - Start) / Second, (a.BeginNs - Start) / Second)));
    }

    [Fact]
    public void Should_See_A_Bar_And_All_Its_Indicators_At_Once()
    {
        // Closes 100, 102, 101, 104: with sma(2) of 101, 101.5, 102.5. A close looked at against the average before would cross at each bar.
        double[] closes = [100, 102, 101, 104, 104];
        var run = new AlertRun([new AlertSettings { Rule = "close crosses sma(2) on 1s" }, new AlertSettings { Rule = "close > 103 and close > sma(2) on 1s" }]);
        for (int i = 0; i < closes.Length; i++) run.Add(Trade(Start + (i * Second), closes[i]));
        Assert.Equal([(0u, 3L, 101.0, 101.5), (0u, 4L, 104.0, 102.5), (1u, 4L, 104.0, 104.0)], run.Alerts.Select(a => (a.Alert, (a.Header.EventNs - Start) / Second, a.Values[0], a.Values[1])));
        Assert.Equal(3, run.Alerts[^1].Count);
    }

    [Fact]
    public void Should_See_Each_Brick_That_A_Trade_Lays_With_Its_Own_Indicators()
    {
        // Trades of one time lay bricks of 0.05 from 100 to 100.2, which all begin alike. The first has no sma(2) yet, the second no bands.
        var run = new AlertRun(
            [new AlertSettings { Rule = "close > sma(2) on k0.05" }, new AlertSettings { Rule = "close crosses_above 100.12 on k0.05" }, new AlertSettings { Rule = "close > 0 and bbands(3,1).upper > 0 on k0.05" }]);
        run.Add(Trade(Start, 100), Trade(Start, 100.2), Trade(Start, 100.25));
        Assert.Equal([(0u, 100.1, 100.075), (1u, 100.15, 0), (2u, 100.15, 100.140825)], run.Alerts.Select(a => (a.Alert, Math.Round(a.Values[0], 6), Math.Round(a.Values[1], 6))));
    }

    [Fact]
    public void Should_Forget_An_Indicator_That_Says_Nothing_Of_The_Newest_Bar()
    {
        var run = new AlertRun([new AlertSettings { Rule = "sma(2) > 5 on 1s" }]);
        var output = new EmittedList<AlertRecord>(1);
        foreach (double value in (double[])[7, 7, double.NaN, 7, 7])
        {
            var ticks = new EmittedList<TickRecord>(1);
            ticks.Add(0) = Trade(Start + Second, 10);
            var bars = new EmittedList<BarRecord>(1);
            bars.Add(0) = new BarRecord { Header = ticks.Items[0].Header, StartNs = Start, EndNs = Start + Second, State = BarState.Closed };
            var indicators = new EmittedList<IndicatorRecord>(1);
            var record = new IndicatorRecord { Header = ticks.Items[0].Header, StartNs = Start, Count = 1 };
            record.Values[0] = value;
            if (!double.IsNaN(value)) indicators.Add(0) = record;
            run.Builder.Build(new AlertInput(0, ticks, bars, indicators, new EmittedList<ImbalanceRecord>(0), new SignalList(0, 0)), output);
        }

        Assert.Equal(2, output.Count);
    }

    [Fact]
    public void Should_Look_At_The_Instruments_Of_Its_Symbols_Only()
    {
        var run = new AlertRun([new AlertSettings { Rule = "price > 1", Symbols = ["*USDT"] }, new AlertSettings { Rule = "price > 2", Symbols = ["C"] }]);
        run.Add(Trade(Start, 100), Trade(Start, 100, instrument: 1), Trade(Start, 100, instrument: 2));
        Assert.Equal([(0u, 0u), (0u, 1u), (1u, 2u)], run.Alerts.Select(a => (a.Alert, a.Header.Instrument)));
    }

    [Fact]
    public void Should_Go_On_From_What_It_Has_Seen_When_Rules_Change()
    {
        AlertSettings kept = new() { Rule = "price > 100 for 3s" };
        AlertSettings said = new() { Rule = "price > 50" };
        var run = new AlertRun([kept, said]);
        run.Add(Trade(Start, 101, 7));
        run.Change(new AlertSettings { Rule = "gap" }, said, kept, new AlertSettings { Rule = "price > 99" }, new AlertSettings { Rule = "size > 1" });
        // What was true stays so; what is new is looked at when its value comes next.
        run.Add(Trade(Start + Second, 101, 7));
        Assert.Equal([1u, 3u, 4u], run.Alerts.Select(a => a.Alert));
        run.Add(Trade(Start + (3 * Second), 101, 7));
        Assert.Equal((0u, Start, Start + (3 * Second)), (run.Alerts[^1].Alert, run.Alerts[^1].BeginNs, run.Alerts[^1].Header.EventNs));
        run.Change();
        run.Add(Trade(Start + (4 * Second), 1), Trade(Start + (5 * Second), 200));
        Assert.Equal(4, run.Alerts.Count);
        run.Change(said);
        run.Add(Trade(Start + (6 * Second), 200));
        Assert.Equal(5, run.Alerts.Count);
    }

    [Fact]
    public void Should_Allocate_Nothing_A_Tick()
    {
        TickRecord[] market = AlertMarket.Make(new Random(3), 20_000);
        AlertSettings[] rules = [.. Enumerable.Range(0, 30).Select(i => NaiveRule.Make(new Random(i)).Settings(i))];
        var run = new AlertRun(rules);
        var ticks = new EmittedList<TickRecord>(market.Length);
        for (int i = 0; i < market.Length; i++) ticks.Add(i) = market[i];
        var bars = new EmittedList<BarRecord>(1);
        new TimeBarBuilder(new BarSettings(), [run.Bars[0], run.Bars[1]]).Build(ticks.Items, ticks.Causes, 0, bars);
        var signals = new SignalList(1, 1);
        new SignalBuilder(new IntensitySettings { PathTrades = 3, SmoothingLength = 2, Window = 10, Recent = 2 }, new ReversalSettings { V3 = { Low = "1s", High = "5s" }, V4 = { Interval = "1s" } }, run.Bars, 0)
            .Build(ticks.Items, ticks.Causes, bars.Items, bars.Causes, 0, signals);
        var indicators = new EmittedList<IndicatorRecord>(1);
        var imbalances = new EmittedList<ImbalanceRecord>(1);
        var output = new EmittedList<AlertRecord>(1);
        long bytes = Allocations.Least(() =>
        {
            output.Clear();
            run.Builder.Build(new AlertInput(0, ticks, bars, indicators, imbalances, signals), output);
        });
        Assert.Equal(0, bytes);
        Assert.True(output.Count > 1000, $"{output.Count}");
    }

    private static IEnumerable<(long Input, double Price)> Prices(string rule, double[] prices)
    {
        var run = new AlertRun([new AlertSettings { Rule = rule }]);
        for (int i = 0; i < prices.Length; i++) run.Add(Trade(Start + (i * Second), prices[i]));
        return run.Alerts.Select(a => (a.Input, a.Values[0]));
    }

    private static TickRecord Wide(long ms) => Quote(Start + (ms * 1_000_000), 99, 101);

    private static TickRecord Sized(long ms, double bidSize, double askSize)
    {
        TickRecord quote = Wide(ms);
        (quote.Quote.BidSize, quote.Quote.AskSize) = (bidSize, askSize);
        return quote;
    }

    private static TickRecord OneSided(long ms, bool ask)
    {
        TickRecord quote = Sized(ms, 5, 5);
        if (ask) quote.Quote.Bid = double.NaN;
        else quote.Quote.Ask = double.NaN;
        return quote;
    }

    private static TickRecord Narrow(long ms) => Quote(Start + (ms * 1_000_000), 99.99, 100.01);
}
