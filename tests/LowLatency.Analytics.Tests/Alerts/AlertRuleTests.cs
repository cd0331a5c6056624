using LowLatency.Analytics.Alerts;
using LowLatency.Market.Settings;
using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Tests.Alerts;

/// <summary>How rules are read, and what is said of those that are wrong.</summary>
public sealed class AlertRuleTests
{
    private static readonly AlertSources Sources = new(
        [new("1s", 1_000_000_000), new("1m", 60_000_000_000), BarSpec.OfEvents(BarKind.Tick, 100), BarSpec.OfEvents(BarKind.Imbalance, 50)],
        [new("rsi(14)", ["value"]), new("macd(12,26,9)", ["macd", "signal", "histogram"]), new("ema(9,rsi(14))", ["value"]), new("vwap(0)", ["value"])],
        hasSignals: true);

    private const string Names = "allowed are 1 to 64 printable ASCII characters without \" and \\. Without a name a rule is called by its text, however long that is";

    [Theory]
    [InlineData("rsi(14) crosses_above 70 on 1m")]
    [InlineData("  RSI( 14 )\tcrosses_above\n70   ON 1m  ")]
    [InlineData("rsi > 70 on 60s")]
    [InlineData("spread_bps > 5 for 10s")]
    [InlineData("spread_bps>5 for 1500ms")]
    [InlineData("rsi(14) on 1s >= rsi(14) on 1m")]
    [InlineData("rsi(14) > 70 and close < vwap on 1m for 2m")]
    [InlineData("rsi(14) > 70 for 2m on 1m")]
    [InlineData("rsi(14) > 70 on 1m and rsi(14) > 60 on 1s and price > 10")]
    [InlineData("macd(12,26,9).signal crosses macd(12,26,9) on t100")]
    [InlineData("ema(9, of: rsi(14)) <= -1.5e3 on 1m")]
    [InlineData("volume > 1.5 * buy_volume on 1m")]
    [InlineData("vwap() != vwap on 1m")]
    [InlineData("5 < bid and ask == 7 and mid > 0 and spread > 0 and bid_size > 1 and ask_size > 1")]
    [InlineData("spike begins and intensity > base and smoothed > buffer and efficiency > 0.5")]
    [InlineData("reversal v3 and spread_bps < 2")]
    [InlineData("reversal any")]
    [InlineData("spike ends")]
    [InlineData("gap")]
    [InlineData("theta > threshold on ib")]
    [InlineData("open > 1 and high > 1 and low > 1 and count > 1 on 1m and size > 3")]
    [InlineData("close crosses_above 5 on 1s and close crosses_above 5 on 1m")]
    public void Should_Take_What_Is_Right(string rule) => Assert.Empty(Mistakes(rule));

    [Theory]
    [InlineData("", "at character 1: there is no rule; write for example rsi(14) crosses_above 70 on 1m")]
    [InlineData("rssi(14) > 70 on 1m", "at character 1: there is no value 'rssi(14)'; did you mean rsi(14)? there are price, size, bid,")]
    [InlineData("price > spred_bps", "at character 9: there is no value 'spred_bps'; did you mean spread_bps? there are price,")]
    [InlineData("price > price.open", "at character 9: there is no value 'price'; did you mean price? there are")]
    [InlineData("rsi(21) > 70 on 1m", "at character 1: rsi(21) is not computed: add it to the setting indicators, or take one of rsi(14), macd(12,26,9), ema(9,rsi(14)), vwap(0)")]
    [InlineData("rsi(0) > 70 on 1m", "at character 1: 'rsi(0)': rsi(length): length is ")]
    [InlineData("rsi(14 > 70", "at character 4: this '(' has no ')'")]
    [InlineData("macd.signl > 0 on 1m", "at character 1: macd(12,26,9) has no output 'signl'; did you mean signal? its outputs are macd, signal, histogram")]
    [InlineData("rsi(14) > 70", "at character 1: rsi(14) is a value of bars: write on and one of 1s, 1m, t100, ib behind it")]
    [InlineData("rsi(14) > 70 on 1m and close > 5", "at character 24: close is a value of bars: write on and one of")]
    [InlineData("rsi(14) > 70 on 2m", "at character 17: bars of 2m are not built: add 2m to the setting bars.intervals, or take one of 1s, 1m, t100, ib")]
    [InlineData("rsi(14) > 70 on t10", "at character 17: 't10' is no kind of bar that is built; did you mean t100? take one of 1s, 1m, t100, ib")]
    [InlineData("rsi(14) > 70 on", "at character 16: the end is no kind of bar that is built; ")]
    [InlineData("price > 5 on 1m", "at character 11: before this on there is no value of bars; leave it out")]
    [InlineData("close > 5 on 1m on 1s", "at character 17: before this on there is no value of bars that has none yet; leave it out")]
    [InlineData("theta > 5 on 1m", "at character 1: theta is a value of imbalance bars: write on ib, and set bars.imbalance_t0")]
    [InlineData("price = 5", "at character 7: '=' stands behind price where a comparison should; did you mean ==? there are >=, <=, ==, !=, >, <, crosses_above, crosses_below, crosses")]
    [InlineData("price => 5", "at character 7: '=>' stands behind price where a comparison should; did you mean >=? ")]
    [InlineData("price =< 5", "at character 7: '=<' stands behind price where a comparison should; did you mean <=? ")]
    [InlineData("price crosses_abov 5", "at character 7: 'crosses_abov' stands behind price where a comparison should; did you mean crosses_above? ")]
    [InlineData("price", "at character 6: the end stands behind price where a comparison should; ")]
    [InlineData("price >", "at character 8: the end stands where a value or a number should, such as price, spread_bps or rsi(14)")]
    [InlineData("price > 2 * ", "at character 13: the end stands where a value should")]
    [InlineData("price > 5x", "at character 9: '5x' is no number")]
    [InlineData("price > 1e999", "at character 9: '1e999' is no number")]
    [InlineData("5 > 3", "at character 1: two numbers are compared; at least one side is a value")]
    [InlineData("price > 5 & bid > 3", "at character 11: '&' stands where and, on, for or the end should")]
    [InlineData("price > 5 or bid > 3", "at character 11: 'or' is not known: there is no or; write two rules")]
    [InlineData("rsi(14) > 5 on 1m || bid > 3", "at character 19: '||' is not known: there is no or; write two rules")]
    [InlineData("reversal v1 or reversal v2", "at character 13: 'or' is not known: there is no or; write two rules")]
    [InlineData("price > 5 for 10s\tor bid > 3", "at character 19: 'or' is not known: there is no or; write two rules")]
    [InlineData("price > 5 then\tbid > 3", "at character 11: 'then' stands where")]
    [InlineData("rsi(14) crosses above 70 on 1m", "at character 9: 'crosses above' is written as one word: crosses_above")]
    [InlineData("rsi(14) crosses  BELOW 70 on 1m", "at character 9: 'crosses below' is written as one word: crosses_below")]
    [InlineData("macd(12,26,9).sig > 0 on 1m", "at character 1: macd(12,26,9) has no output 'sig'; did you mean signal? its outputs are macd, signal, histogram")]
    [InlineData("close > 0 on v1000", "at character 14: bars of v1000 are not built: set bars.volume, or take one of 1s, 1m, t100, ib")]
    [InlineData("price > 5 for 10s and bid > 3", "at character 19: 'and' stands behind for, which comes last and is about the whole rule")]
    [InlineData("price > 5 for 10", "at character 15: '10' is no time; write a whole number and ms, s, m, h or d")]
    [InlineData("price > 5 for", "at character 14: the end is no time; ")]
    [InlineData("price > 5 for 0s", "at character 15: '0s' is out of range; allowed is 1ms to 7d")]
    [InlineData("price > 5 for 8d", "at character 15: '8d' is out of range; allowed is 1ms to 7d")]
    [InlineData("price > 5 for 9223372036854775807s", "at character 15: '9223372036854775807s' is out of range")]
    [InlineData("price crosses 5 for 10s", "at character 17: a crossing or an event is over at once and cannot hold for a time; ")]
    [InlineData("gap for 10s", "at character 5: a crossing or an event is over at once")]
    [InlineData("spike starts", "at character 7: 'starts' stands behind spike; write spike begins or spike ends")]
    [InlineData("reversal v5", "at character 10: 'v5' stands behind reversal; write reversal v1, v2, v3, v4 or any")]
    [InlineData("reversal", "at character 9: which reversal? Write reversal v1, v2, v3, v4 or any")]
    [InlineData("gap and spike ends", "at character 9: two events never come at the same moment; make two rules of it")]
    [InlineData("gap and price crosses 5", "at character 15: a crossing and an event never come at the same moment; ")]
    [InlineData("price crosses 5 and bid crosses 4", "at character 25: this crossing and the one before never come at the same moment: their values change apart; make two rules of it")]
    [InlineData("bid>1 and bid>2 and bid>3 and bid>4 and bid>5 and bid>6 and bid>7 and bid>8 and bid>9", "at character 1: a rule compares at most 8 values")]
    public void Should_Say_What_Is_Wrong_Where_And_What_Is_Allowed(string rule, string mistake) =>
        Assert.StartsWith($"alerts.0.rule: {mistake}", Assert.Single(Mistakes(rule)), StringComparison.Ordinal);

    [Theory]
    [InlineData("spike begins", "at character 1: there is no spike or reversal while the setting intensity.enabled is off")]
    [InlineData("reversal v1", "at character 1: there is no spike or reversal")]
    [InlineData("price > 5 and intensity > 3", "at character 15: there is no intensity while")]
    public void Should_Say_That_There_Are_No_Signals(string rule, string mistake)
    {
        var mistakes = new List<string>();
        AlertRules.Check([new AlertSettings { Rule = rule }], new AlertSources(Sources.Bars, Sources.Indicators, hasSignals: false), mistakes);
        Assert.StartsWith($"alerts.0.rule: {mistake}", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("theta > 3 on ib", "at character 14: bars of ib are not built: set bars.imbalance_t0, or take one of 1m")]
    [InlineData("close > 3 on r0.05", "at character 14: bars of r0.05 are not built: set bars.range, or take one of 1m")]
    [InlineData("close > 3 on rx", "at character 14: 'rx' is no kind of bar that is built; ")]
    public void Should_Say_Which_Setting_Builds_The_Bars(string rule, string mistake)
    {
        var mistakes = new List<string>();
        AlertRules.Check([new AlertSettings { Rule = rule }], new AlertSources([Sources.Bars[1]], Sources.Indicators, hasSignals: true), mistakes);
        Assert.StartsWith($"alerts.0.rule: {mistake}", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Call_A_Rule_Without_A_Name_By_Its_Text_However_Long()
    {
        string rule = string.Join(" and ", Enumerable.Range(1, 8).Select(i => $"spread_bps > {i}.125")) + " for 1500ms";
        Assert.InRange(rule.Length, 65, 240);
        var table = new AlertTable();
        AlertRules.Compile([new AlertSettings { Rule = rule }], Sources, table);
        Assert.Equal(rule, Assert.Single(table.Specs).Name);
    }

    [Fact]
    public void Should_Tell_All_Mistakes_Of_All_Rules()
    {
        var mistakes = new List<string>();
        AlertSettings[] alerts =
        [
            new() { Name = "a\"b", Rule = "price > 1" },
            new() { Name = "twice", Rule = "price > 2", Symbols = ["A*B*"] },
            new() { Name = "twice", Rule = "price > ", CooldownSeconds = -1 },
            new() { Rule = "price > 1" },
            new() { Rule = "price  >  1" },
            new() { Rule = "price > 1" + new string(' ', 300) },
            new() { Name = new string('x', 65), Rule = "price > 3" },
        ];
        AlertRules.Check(alerts, Sources, mistakes);
        Assert.Equal(
            [
                $"alerts.0.name: 'a\"b' is not allowed: there is \" at character 2; {Names}",
                "alerts.1.symbols: 'A*B*' has more than one *",
                "alerts.2.name: 'twice' is there twice; give each a name of its own",
                "alerts.2.cooldown_seconds: -1 is out of range; allowed is 0 to 31536000",
                "alerts.2.rule: at character 9: the end stands where a value or a number should, such as price, spread_bps or rsi(14)",
                "alerts.4: 'price > 1' is there twice; give each a name of its own",
                "alerts.5: 'price > 1' is there twice; give each a name of its own",
                "alerts.5.rule: it is 309 characters long; allowed are 240",
                $"alerts.6.name: '{new string('x', 65)}' is not allowed: it has 65 characters; {Names}",
            ],
            mistakes);
        var table = new AlertTable();
        Assert.Equal(mistakes, Assert.Throws<SettingsException>(() => AlertRules.Compile(alerts, Sources, table)).Mistakes);
        Assert.Empty(table.Specs);
    }

    [Fact]
    public void Should_Refuse_More_Rules_Than_There_Can_Be()
    {
        var mistakes = new List<string>();
        AlertRules.Check([.. Enumerable.Range(0, 1001).Select(i => new AlertSettings { Rule = $"price > {i}" })], Sources, mistakes);
        Assert.Equal(["alerts: there are at most 1000 rules, not 1001"], mistakes);
    }

    [Fact]
    public void Should_Name_A_Rule_By_Its_Text_Unless_It_Has_A_Name()
    {
        var table = new AlertTable();
        AlertRules.Compile([new AlertSettings { Rule = " price >\n 1 " }, new AlertSettings { Name = "two, or more", Rule = "price > 2" }], Sources, table);
        AlertRules.Compile([new AlertSettings { Name = "two, or more", Rule = "price > 3" }, new AlertSettings { Rule = "gap" }], Sources, table);
        Assert.Equal([(0, "price > 1", "price > 1"), (1, "two, or more", "price > 3"), (2, "gap", "gap")], table.Specs.Select(s => (s.Id, s.Name, s.Rule)));
    }

    private static List<string> Mistakes(string rule)
    {
        var mistakes = new List<string>();
        AlertRules.Check([new AlertSettings { Rule = rule }], Sources, mistakes);
        return mistakes;
    }
}
