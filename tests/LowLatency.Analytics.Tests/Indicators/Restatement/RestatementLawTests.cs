using FsCheck;
using FsCheck.Fluent;
using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Indicators;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;
using static LowLatency.Analytics.Tests.Ticks;

namespace LowLatency.Analytics.Tests.Indicators.Restatement;

public sealed class RestatementLawTests
{
    private const int Places = 8;

    public static TheoryData<string> Names => IndicatorLawTests.Names;

    [Fact]
    public void Should_Say_What_A_Twin_Computes_Anew_From_The_First_Bar_On() =>
        Prop.ForAll<Guid>(drawn => CheckTwin(drawn.GetHashCode(), new BarSettings { OpenEveryMs = 0, Intervals = ["1s", "10s", "1h", "1d"], Tick = 7 })).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Should_Say_That_With_Other_Numbers_Of_Revisable_Bars_And_Grace() =>
        Prop.ForAll<Guid>(drawn =>
        {
            int seed = drawn.GetHashCode();
            int revisable = new[] { 1, 2, 3, 20 }[(seed & int.MaxValue) % 4];
            return CheckTwin(seed, new BarSettings { OpenEveryMs = 0, Intervals = ["10s", "1m", "1d"], Revisable = revisable, GraceNs = 7 * Second });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Should_Say_That_With_Flat_Bars() =>
        Prop.ForAll<Guid>(drawn => CheckTwin(drawn.GetHashCode(), new BarSettings { OpenEveryMs = 0, Intervals = ["1h", "1d"], Fill = BarFill.Previous }, 100)).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Should_Hear_Nothing_Of_Revisions_When_Off() =>
        Prop.ForAll<Guid>(drawn =>
        {
            int seed = drawn.GetHashCode();
            var run = new RestatementRun(seed, new BarSettings { OpenEveryMs = 0, Intervals = ["1s", "1m"] }, new IndicatorSettings(), Draw(seed));
            Assert.Equal(run.Twin.Output, run.Said);
            Assert.All(run.Said, s => Assert.Equal(0u, s.Revision));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    // All indicators with their usual lengths, over many blocks of their windows: bars revised, inserted and emptied at random among the last eight.
    [Theory]
    [MemberData(nameof(Names))]
    public void Should_Equal_The_Batch_Form_Over_The_Bars_As_They_Finally_Stand(string name) =>
        Prop.ForAll<Guid>(drawn =>
        {
            var random = new System.Random(drawn.GetHashCode());
            var builder = new IndicatorBuilder([IndicatorRegistry.Create(name)], [new BarSpec("1m", 60 * Second)], new IndicatorSettings { Restate = true }, Places);
            var twin = new NaiveIndicators([name], restates: true);
            var last = new Dictionary<(uint, int, int, long), IndicatorSay>();
            foreach (BarRecord[] batch in RandomBars(random, 400))
            {
                int[] causes = [.. batch.Select((_, i) => i)];
                var output = new EmittedList<IndicatorRecord>(1);
                builder.Build(batch, causes, output);
                foreach (IndicatorRecord record in output.Items)
                {
                    IndicatorSay said = IndicatorSay.Of(record, 0);
                    Assert.Equal(last.TryGetValue(said.Key, out IndicatorSay? before) ? before.Revision + 1 : 0, said.Revision);
                    last[said.Key] = said;
                }

                twin.Learn(batch);
            }

            foreach (((uint, int, int, long) key, string values) in twin.Final())
            {
                if (last.TryGetValue(key, out IndicatorSay? said)) Assert.Equal(values, said.Values);
                else Assert.True(values.All(c => c is '-' or ' '), $"{name}: nothing was said of {key}, which has {values}");
            }

            Assert.Contains(last.Values, s => s.Revision > 1);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(4));

    [Fact]
    public void Should_Say_That_A_Value_Is_None_When_Its_Bar_Has_Lost_Its_Last_Trade()
    {
        var run = new Script(["sma(2)"], new IndicatorSettings { Restate = true });
        run.Say(Bar(0, 10, BarState.Closed), Bar(1, 12, BarState.Closed), Bar(2, 14, BarState.Closed));
        run.Say(Bar(1, double.NaN, BarState.Revised));
        run.Say(Bar(1, 20, BarState.Revised));
        Assert.Equal(
            [(1, 0, 11), (2, 0, 13), (1, 1, double.NaN), (2, 1, 12), (1, 2, 15), (2, 2, 17)],
            run.Records.Select(r => ((int)(r.StartNs / (60 * Second)), (int)r.Revision, r.Values[0])));
    }

    [Fact]
    public void Should_Say_Restated_Values_With_The_Time_And_The_Cause_Of_The_Revision()
    {
        var run = new Script(["obv"], new IndicatorSettings { Restate = true });
        run.Say(Bar(0, 10, BarState.Closed), Bar(2, 12, BarState.Closed));
        BarRecord late = Bar(1, 11, BarState.Revised);
        (late.Header.EventNs, late.Header.ReceiveNs, late.Input) = (77, 78, 79);
        run.Say(late);
        Assert.Equal([(0, 0u), (2, 0u), (1, 0u), (2, 1u)], run.Records.Select(r => ((int)(r.StartNs / (60 * Second)), r.Revision)));
        Assert.All(run.Records[2..], r => Assert.Equal((77, 78, 79), (r.Header.EventNs, r.Header.ReceiveNs, r.Input)));
    }

    [Fact]
    public void Should_Leave_A_Bar_Alone_That_Is_Older_Than_All_That_Are_Kept()
    {
        var run = new Script(["obv"], new IndicatorSettings { Restate = true });
        run.Say([.. Enumerable.Range(1, Places).Select(i => Bar(i * 10, i, BarState.Closed))]);
        int before = run.Records.Count;
        run.Say(Bar(5, 99, BarState.Revised));
        Assert.Equal(before, run.Records.Count);
        run.Say(Bar(15, 99, BarState.Revised));
        Assert.Equal(before + Places, run.Records.Count);
    }

    [Fact]
    public void Should_Allocate_Nothing_Once_Warm()
    {
        string[] names = [.. IndicatorRegistry.Definitions.Select(d => d.Example), "ema(20,rsi(14))"];
        var builder = new IndicatorBuilder(
            [.. names.Select(IndicatorRegistry.Create)], [new BarSpec("1m", 60 * Second)], new IndicatorSettings { Restate = true, Provisional = true }, Places);
        var output = new EmittedList<IndicatorRecord>(1);
        int minute = 0;
        void Run(int minutes)
        {
            for (int end = minute + minutes; minute < end; minute++)
            {
                Span<BarRecord> bars = [Bar(minute, 100 + (minute % 7), BarState.Closed), Bar(Math.Max(0, minute - (minute % Places)), 90, BarState.Revised), Bar(minute + 1, 95, BarState.Open)];
                output.Clear();
                builder.Build(bars, [0, 1, 2], output);
            }
        }

        Run(200);
        Assert.Equal(0, Allocations.Least(() => Run(100)));
    }

    private static bool CheckTwin(int seed, BarSettings bars, int ticks = 400)
    {
        var run = new RestatementRun(seed, bars, new IndicatorSettings { Restate = true }, Draw(seed), ticks);
        Assert.Equal(run.Twin.Output, run.Said);
        return true;
    }

    private static string[] Draw(int seed)
    {
        var random = new System.Random(seed);
        string[] names = [.. RestatementRun.Names];
        random.Shuffle(names);
        return names[..5];
    }

    private static IEnumerable<BarRecord[]> RandomBars(System.Random random, int count)
    {
        TestBars walk = TestBars.Random(count, random.Next());
        var starts = new SortedSet<long>();
        var batch = new List<BarRecord>();
        for (int i = 0; i < count; i++)
        {
            var bar = new BarRecord
            {
                StartNs = i * 60 * Second, Open = walk.Open[i], High = walk.High[i], Low = walk.Low[i], Close = walk.Close[i], Volume = walk.Volume[i], State = BarState.Closed,
            };
            long[] kept = [.. starts.TakeLast(Places)];
            if (random.Next(3) == 0 && kept.Length > 0)
            {
                // Bars lie apart by a minute, and a second one can lie in every minute.
                long startNs = kept[random.Next(kept.Length)] + (random.Next(3) == 0 ? random.Next(1, 60) * Second : 0);
                (bar.StartNs, bar.State) = (startNs, BarState.Revised);
                if (random.Next(6) == 0) (bar.Open, bar.High, bar.Low, bar.Close, bar.Volume) = (double.NaN, double.NaN, double.NaN, double.NaN, 0);
            }
            else if (random.Next(9) == 0)
            {
                continue;
            }

            starts.Add(bar.StartNs);
            batch.Add(bar);
            if (random.Next(5) != 0) continue;
            yield return [.. batch];
            batch.Clear();
        }
    }

    private static BarRecord Bar(int minute, double price, BarState state) => new()
    {
        StartNs = minute * 60 * Second, Open = price, High = price, Low = price, Close = price, Volume = double.IsNaN(price) ? 0 : 5, State = state,
    };

    private sealed class Script(string[] names, IndicatorSettings settings)
    {
        private readonly IndicatorBuilder _builder = new([.. names.Select(IndicatorRegistry.Create)], [new BarSpec("1m", 60 * Second)], settings, Places);

        public List<IndicatorRecord> Records { get; } = [];

        public void Say(params BarRecord[] bars)
        {
            var output = new EmittedList<IndicatorRecord>(1);
            _builder.Build(bars, new int[bars.Length], output);
            Records.AddRange(output.Items);
        }
    }
}
