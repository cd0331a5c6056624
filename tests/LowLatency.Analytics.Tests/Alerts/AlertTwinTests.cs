using FsCheck;
using FsCheck.Fluent;
using LowLatency.Analytics.Alerts;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Tests.Alerts;

/// <summary>The streaming alerts against a twin that looks at the whole history at every moment.</summary>
public sealed class AlertTwinTests
{
    [Fact]
    public void Should_Equal_The_Twin_On_Any_Market_And_Rules_In_Any_Batches()
    {
        var found = new Dictionary<string, int>();
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue - 1).Zip(Gen.Choose(1, 40).ArrayOf(20)).ToArbitrary(),
            c =>
            {
                var random = new Random(c.Item1);
                NaiveRule[] rules = [.. Enumerable.Range(0, 12).Select(_ => NaiveRule.Make(random))];
                var run = new AlertRun([.. rules.Select((r, i) => r.Settings(i))], random.Next(3) == 0 ? 200_000_000 : 0, restate: random.Next(2) == 0, provisional: random.Next(2) == 0);
                run.AddInBatches(AlertMarket.Make(random, 200), c.Item2.Length == 0 ? [1] : c.Item2);
                found["restated"] = found.GetValueOrDefault("restated") + run.Restated;
                found["provisional"] = found.GetValueOrDefault("provisional") + run.Provisional;
                for (uint instrument = 0; instrument < AlertRun.Symbols.Length; instrument++)
                {
                    var twin = new NaiveAlerts(run, instrument);
                    for (int rule = 0; rule < rules.Length; rule++) Compare(twin, rules[rule], rule, instrument, run, found);
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(25).WithReplay(20261120, 7));

        // A comparison of nothing with nothing would prove nothing.
        string counts = string.Join(", ", found.Select(f => $"{f.Key} {f.Value}"));
        foreach (string kind in (string[])["level", "crossing", "for", "event", "suppressed", "several", "restated", "provisional"]) Assert.True(found.GetValueOrDefault(kind) > 40, counts);
    }

    [Fact]
    public void Should_Say_The_Same_Whatever_The_Batches()
    {
        var random = new Random(5);
        TickRecord[] market = AlertMarket.Make(random, 3000);
        AlertSettings[] rules = [.. Enumerable.Range(0, 60).Select(i => NaiveRule.Make(random).Settings(i))];
        List<AlertRecord>? expected = null;
        foreach (int[] batches in new int[][] { [1], [7], [3000], [64, 1, 500] })
        {
            var run = new AlertRun(rules);
            run.AddInBatches(market, batches);
            expected ??= run.Alerts;
            Assert.True(expected.Count > 1000, $"{expected.Count}");
            Assert.Equal(expected.Select(Text), run.Alerts.Select(Text));
        }
    }

    [Fact]
    public void Should_Say_The_Same_Of_A_Market_In_Order_However_Many_Clock_Events_There_Are()
    {
        int alerts = 0;
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
            seed =>
            {
                var random = new Random(seed);
                AlertSettings[] rules = [.. Enumerable.Range(0, 40).Select(_ => NaiveRule.Make(random)).Where(IsOfOneKind).Select((r, i) => r.Settings(i))];
                long graceNs = random.Next(2) * 200_000_000;
                TickRecord[] market = [.. AlertMarket.Make(random, 400).Where(t => t.Header.Type != RecordType.Clock && !(t.Trade.Price > 120)).OrderBy(t => t.Header.EventNs)];
                TickRecord end = Ticks.Clock(market[^1].Header.EventNs + (20 * Ticks.Second));
                HashSet<string>? expected = null;
                foreach (long everyNs in (long[])[long.MaxValue, 2 * Ticks.Second, 130_000_000, 30_000_000])
                {
                    var run = new AlertRun(rules, graceNs);
                    run.AddInBatches([.. WithClocks(market, everyNs), end], [50]);
                    HashSet<string> said = [.. run.Alerts.Select(a => $"{a.Header.Instrument} {a.Alert} {Text(a with { Input = 0 })}")];
                    expected ??= said;
                    Assert.True(expected.SetEquals(said), $"every {everyNs} ns: {string.Join('\n', expected.Except(said).Select(e => $"-{e}").Concat(said.Except(expected).Select(e => $"+{e}")).Concat(rules.Select(r => r.Rule)))}");
                    alerts += said.Count;
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(15).WithReplay(20261121, 9));
        Assert.True(alerts > 5000, $"{alerts}");
    }

    // Quotes and gaps close no bar: a rule over them and bars sees a bar when the next trade or clock event has closed it.
    private static bool IsOfOneKind(NaiveRule rule) =>
        rule.Names.Any() && rule.Names.All(NaiveAlerts.IsOfQuotes) ? rule.Event is null or "gap" : rule.Event != "gap" && !rule.Names.Any(NaiveAlerts.IsOfQuotes);

    private static IEnumerable<TickRecord> WithClocks(TickRecord[] market, long everyNs)
    {
        long next = everyNs == long.MaxValue ? everyNs : AlertMarket.Start;
        foreach (TickRecord tick in market)
        {
            for (; next <= tick.Header.EventNs; next += everyNs) yield return Ticks.Clock(next);
            yield return tick;
        }
    }

    private static void Compare(NaiveAlerts twin, NaiveRule rule, int number, uint instrument, AlertRun run, Dictionary<string, int> found)
    {
        bool isFor = rule.Symbols.Length == 0 || rule.Symbols.Any(s => s == AlertRun.Symbols[instrument] || (s == "*USDT" && AlertRun.Symbols[instrument].EndsWith("USDT", StringComparison.Ordinal)));
        List<NaiveAlert> expected = isFor ? twin.Find(rule) : [];
        List<AlertRecord> actual = [.. run.Alerts.Where(a => a.Header.Instrument == instrument && a.Alert == number)];
        Assert.True(
            expected.Select(e => Text(e.EventNs, e.BeginNs, e.Input, e.Suppressed, e.Values)).SequenceEqual(actual.Select(Text)),
            $"{rule.Text} of instrument {instrument}\n  expected {string.Join("\n           ", expected.Select(e => Text(e.EventNs, e.BeginNs, e.Input, e.Suppressed, e.Values)))}\n  found    {string.Join("\n           ", actual.Select(Text))}");
        string kind = rule.Event is not null ? "event" : rule.IsMoment ? "crossing" : rule.ForMs > 0 ? "for" : "level";
        found[kind] = found.GetValueOrDefault(kind) + actual.Count;
        found["suppressed"] = found.GetValueOrDefault("suppressed") + (int)actual.Sum(a => a.Suppressed);
        if (rule.Comparisons.Length > 1) found["several"] = found.GetValueOrDefault("several") + actual.Count;
    }

    private static string Text(AlertRecord alert)
    {
        ReadOnlySpan<double> values = alert.Values;
        return Text(alert.Header.EventNs, alert.BeginNs, alert.Input, (int)alert.Suppressed, values[..alert.Count].ToArray());
    }

    private static string Text(long eventNs, long beginNs, long input, int suppressed, double[] values) => $"{eventNs} {beginNs} {input} {suppressed} {string.Join(' ', values.Select(v => v.ToString("R")))}";
}
