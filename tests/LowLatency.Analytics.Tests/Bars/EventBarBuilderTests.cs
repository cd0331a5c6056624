using FsCheck;
using FsCheck.Fluent;
using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Batches;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;
using static LowLatency.Analytics.Tests.Ticks;

namespace LowLatency.Analytics.Tests.Bars;

public sealed class EventBarBuilderTests
{
    private static readonly (BarKind Kind, double Size)[] Kinds =
        [(BarKind.Tick, 7), (BarKind.Volume, 20), (BarKind.Dollar, 1500), (BarKind.Range, 0.6), (BarKind.Renko, 0.15), (BarKind.Imbalance, 10)];

    private static readonly BarSpec[] Specs = [.. Kinds.Select(k => BarSpec.OfEvents(k.Kind, k.Size))];

    [Fact]
    public void Should_Equal_The_Naive_Twin_Whatever_The_Stream_And_The_Batches() => Prop.ForAll<Guid>(drawn =>
    {
        (TickRecord[] ticks, int[] causes, _) = AdversarialTicks.Normalize(AdversarialTicks.Make(drawn.GetHashCode(), 400));
        BarRecord[] bars = Build(ticks, causes, new Random(drawn.GetHashCode()));
        for (int kind = 0; kind < Kinds.Length; kind++)
        {
            foreach (uint instrument in new uint[] { 0, 1 })
            {
                var twin = new NaiveEventBars(Kinds[kind].Kind, Kinds[kind].Size);
                foreach (TickRecord tick in ticks)
                {
                    if (tick.Header.Type == RecordType.Trade && tick.Header.Instrument == instrument && (tick.Header.Flags & (RecordFlags.Late | RecordFlags.Suspect)) == 0) twin.On(tick.Trade);
                }

                BarRecord[] built = [.. bars.Where(b => b.Spec == kind && b.Header.Instrument == instrument && b.State == BarState.Closed)];
                Assert.Equal(twin.Output, built.Select(b => (b.Open, b.High, b.Low, b.Close, b.Volume, b.Count, b.Level, b.StartNs, b.EndNs)));
            }
        }
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Should_Lay_Several_Bricks_With_One_Trade_And_The_Volume_In_The_First()
    {
        BarRecord[] bars = [.. Build([Trade(Second, 100, 3), Trade(2 * Second, 100.5, 4)], [0, 1], new Random(1)).Where(b => b.Spec == 4 && b.State == BarState.Closed)];
        Assert.Equal([1, 2, 3], bars.Select(b => b.Level));
        Assert.Equal([7, 0, 0], bars.Select(b => b.Volume));
        Assert.Equal([2u, 0u, 0u], bars.Select(b => b.Count));
        Assert.Equal((Second, 2 * Second), (bars[0].StartNs, bars[2].StartNs));
    }

    [Fact]
    public void Should_Not_Hang_On_Bricks_That_Are_Tiny_Beside_The_Price()
    {
        var told = new List<(uint, double)>();
        var builder = new EventBarBuilder(new BarSettings(), [BarSpec.OfEvents(BarKind.Renko, 1e-12)], (instrument, price) => told.Add((instrument, price)));
        var output = new EmittedList<BarRecord>(16);
        TickRecord[] ticks = [Trade(Second, 60_000), Trade(2 * Second, 60_500), Trade(3 * Second, 1e300), Trade(4 * Second, 1e-300)];
        builder.Build(ticks, [0, 1, 2, 3], 0, output, new EmittedList<ImbalanceRecord>(0));
        Assert.InRange(output.Count, 1, 40_000);
        // The first trade sets the grid; each further one goes beyond the most bricks. It is counted each time, and told once.
        Assert.Equal(3, builder.BrickCuts);
        Assert.Equal([(ticks[1].Header.Instrument, 60_500.0)], told);
    }

    [Fact]
    public void Should_Say_What_Closed_An_Imbalance_Bar()
    {
        var imbalances = new EmittedList<ImbalanceRecord>(4);
        var output = new EmittedList<BarRecord>(4);
        TickRecord[] ticks = [Trade(Second, 10, 2, 1), Trade(2 * Second, 10, 2, 1), Trade(3 * Second, 10, 100, -1)];
        new EventBarBuilder(new BarSettings(), [BarSpec.OfEvents(BarKind.Imbalance, 2)]).Build(ticks, [0, 1, 2], 5, output, imbalances);
        Assert.Equal([4.0, -100.0], imbalances.Items.ToArray().Select(i => i.Theta));
        Assert.Equal([double.NaN, 4.0], imbalances.Items.ToArray().Select(i => i.Threshold));
        Assert.Equal([6L, 7L], imbalances.Items.ToArray().Select(i => i.Input));
    }

    [Fact]
    public void Should_Allocate_Nothing_Once_Warm()
    {
        var builder = new EventBarBuilder(new BarSettings(), Specs);
        TickRecord[] ticks = [.. Enumerable.Range(0, 10_000).Select(i => Trade((1_000 * Second) + i, 100 + (i % 9 * 0.01), 1, (i % 3) - 1))];
        int[] causes = [.. Enumerable.Range(0, ticks.Length)];
        var output = new EmittedList<BarRecord>(100_000);
        var imbalances = new EmittedList<ImbalanceRecord>(100_000);
        builder.Build(ticks, causes, 0, output, imbalances);
        Assert.True(output.Count > 1_000);
        Assert.Equal(0, Allocations.Least(() =>
        {
            output.Clear();
            imbalances.Clear();
            builder.Build(ticks, causes, 0, output, imbalances);
        }));
    }

    private static BarRecord[] Build(TickRecord[] ticks, int[] causes, Random random)
    {
        var builder = new EventBarBuilder(new BarSettings(), Specs);
        var output = new EmittedList<BarRecord>(16);
        var imbalances = new EmittedList<ImbalanceRecord>(16);
        for (int at = 0; at < ticks.Length;)
        {
            int length = Math.Min(random.Next(1, 60), ticks.Length - at);
            builder.Build(ticks.AsSpan(at, length), causes.AsSpan(at, length), 0, output, imbalances);
            at += length;
        }

        Assert.Equal(output.Items.ToArray().Count(b => b.Spec == 5), imbalances.Count);
        builder.SayOpenBars(output);
        return output.Items.ToArray();
    }
}
