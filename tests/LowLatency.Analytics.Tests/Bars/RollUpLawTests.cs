using FsCheck;
using FsCheck.Fluent;
using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Batches;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;
using static LowLatency.Analytics.Tests.Ticks;

namespace LowLatency.Analytics.Tests.Bars;

/// <summary>
/// The roll-up law: as it stands in the end, a bar of k D is the roll-up of its k bars of D, exactly for prices and counts and to 1e-12 for sums, where no trade,
/// cancel or correction came too late for the small interval.
/// </summary>
public sealed class RollUpLawTests
{
    private static readonly BarSpec[] Specs = [.. new[] { "1s", "10s", "1m", "1h", "1d" }.Select(t => BarSpec.TryParse(t, out BarSpec? spec) ? spec! : throw new ArgumentException(t))];

    private static readonly long[] Graces = [0, 250_000_000, 7 * Second, 120 * Second];

    [Fact]
    public void Should_Hold_Whatever_The_Stream_And_The_Grace()
    {
        int held = 0;
        int changed = 0;
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).Zip(Gen.Elements(Graces)).Zip(Gen.Choose(1, 64)).ToArbitrary(), c => Check(c.Item1.Item1, c.Item1.Item2, c.Item2, ref held, ref changed))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));
        // A law that is held to nothing would prove nothing.
        Assert.True(held > 10_000 && changed > 1_000, $"{held} {changed}");
    }

    private static void Check(int seed, long graceNs, int revisable, ref int held, ref int changed)
    {
        (TickRecord[] ticks, int[] causes, _) = AdversarialTicks.Normalize(AdversarialTicks.Make(seed, 400));
        var twin = new NaiveTimeBars([.. Specs.Select(s => s.IntervalNs)], graceNs, revisable);
        for (int i = 0; i < ticks.Length; i++) twin.On(ticks[i], causes[i]);
        var builder = new TimeBarBuilder(new BarSettings { OpenEveryMs = 0, GraceNs = graceNs, Revisable = revisable }, Specs);
        var output = new EmittedList<BarRecord>(1);
        builder.Build(ticks, causes, 0, output);
        builder.SayOpenBars(output);
        // The last word on each bar.
        BarRecord[] bars = [.. output.Items.ToArray().GroupBy(b => (b.Header.Instrument, b.Spec, b.StartNs)).Select(g => g.Last())];
        for (int small = 0; small < Specs.Length - 1; small++)
        {
            ILookup<(uint, long), BarRecord> parts = bars.Where(b => b.Spec == small && b.Count > 0).ToLookup(b => (b.Header.Instrument, b.StartNs / Specs[small + 1].IntervalNs));
            ILookup<(uint, long), long> missed = twin.Missed.Where(m => m.Interval == small || m.Interval == small + 1).ToLookup(m => (m.Instrument, m.EventNs / Specs[small + 1].IntervalNs), m => m.EventNs);
            foreach (BarRecord whole in bars.Where(b => b.Spec == small + 1))
            {
                (uint, long) key = (whole.Header.Instrument, whole.StartNs / Specs[small + 1].IntervalNs);
                if (missed[key].Any()) continue;
                Compare([.. parts[key].OrderBy(p => p.StartNs)], whole);
                held++;
                if (whole.Revision > 0) changed++;
            }
        }
    }

    private static void Compare(BarRecord[] parts, in BarRecord whole)
    {
        Assert.Equal(parts.Sum(p => p.Count), whole.Count);
        if (whole.Count == 0) return;
        Assert.Equal((parts[0].Open, parts.Max(p => p.High), parts.Min(p => p.Low), parts[^1].Close), (whole.Open, whole.High, whole.Low, whole.Close));
        Assert.Equal(parts.Sum(p => p.Volume), whole.Volume, whole.Volume * 1e-12);
        Assert.Equal(parts.Sum(p => p.BuyVolume), whole.BuyVolume, whole.Volume * 1e-12);
        Assert.Equal(parts.Sum(p => p.Vwap * p.Volume), whole.Vwap * whole.Volume, whole.Vwap * whole.Volume * 1e-12);
    }
}
