using FsCheck;
using FsCheck.Fluent;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Tests.Signals;

/// <summary>The streaming signals against a twin that takes every window anew.</summary>
public sealed class SignalTwinTests
{
    [Fact]
    public void Should_Equal_The_Twin_On_Any_Trades_In_Any_Batches()
    {
        int[] fired = new int[5];
        int ended = 0;
        int withoutDirection = 0;
        Prop.ForAll(SignalScenario.Arbitrary, scenario =>
        {
            var run = new SignalRun(scenario.Intensity, scenario.Reversals);
            run.AddInBatches(scenario.Ticks, scenario.Batches);
            for (uint instrument = 0; instrument < 2; instrument++)
            {
                NaiveSignals twin = Twin(scenario, run, instrument);
                CompareSamples(twin, [.. run.Samples.Where(s => s.Header.Instrument == instrument)]);
                CompareSpikes(twin, [.. run.Spikes.Where(s => s.Header.Instrument == instrument)]);
                CompareReversals(twin, [.. run.Reversals.Where(s => s.Header.Instrument == instrument)]);
                foreach (NaiveReversal reversal in twin.Reversals) fired[reversal.Version]++;
                ended += twin.Spikes.Count(s => s.EndK >= 0);
                withoutDirection += twin.Spikes.Count(s => s.EndK >= 0 && s.Direction == 0);
            }
        }).Check(Config.QuickThrowOnFailure.WithReplay(20240308, 7));

        // A comparison of nothing with nothing would prove nothing.
        Assert.All(fired[1..], count => Assert.True(count > 20, string.Join(' ', fired)));
        Assert.True(ended > 200 && withoutDirection > 0, $"{ended} {withoutDirection}");
    }

    private static NaiveSignals Twin(SignalScenario scenario, SignalRun run, uint instrument)
    {
        long IntervalOf(string name) => run.Specs.Single(s => s.Name == name).IntervalNs;
        var twin = new NaiveSignals(
            scenario.Intensity, scenario.Reversals, IntervalOf(scenario.Reversals.V3.Low), IntervalOf(scenario.Reversals.V3.High), IntervalOf(scenario.Reversals.V4.Interval));
        ILookup<long, BarRecord> closed = run.Closed.Where(b => b.Header.Instrument == instrument).ToLookup(b => b.Input);
        for (int i = 0; i < scenario.Ticks.Length; i++)
        {
            foreach (IGrouping<long, BarRecord> bars in closed[i].GroupBy(b => b.EndNs)) twin.OnBars([.. bars]);
            TickRecord tick = scenario.Ticks[i];
            if (tick.Header.Type == RecordType.Trade && tick.Header.Flags == RecordFlags.None && tick.Header.Instrument == instrument)
                twin.OnTrade(tick.Trade.Price, tick.Header.EventNs, i);
        }

        return twin;
    }

    private static void CompareSamples(NaiveSignals twin, List<IntensityRecord> found)
    {
        Assert.Equal(twin.Samples.Count, found.Count);
        for (int i = 0; i < found.Count; i++)
        {
            NaiveSample expected = twin.Samples[i];
            IntensityRecord actual = found[i];
            Assert.Equal((expected.K, expected.On), (actual.K, actual.SpikeOn == 1));
            Close(expected.Path, actual.PathBps);
            Close(expected.Net, actual.NetBps);
            Close(expected.Elapsed, actual.ElapsedSeconds);
            Close(expected.X, actual.Intensity);
            Close(expected.Smoothed, actual.Smoothed);
            Close(expected.Base, actual.Base);
            Close(expected.Cv, actual.Cv);
            Close(expected.Buffer, actual.Buffer);
        }
    }

    private static void CompareSpikes(NaiveSignals twin, List<SpikeRecord> found)
    {
        Assert.Equal(twin.Spikes.Count(s => s.EndK >= 0) + twin.Spikes.Count, found.Count);
        for (int i = 0; i < found.Count; i++)
        {
            NaiveSpike expected = twin.Spikes[i / 2];
            SpikeRecord actual = found[i];
            if (i % 2 == 0)
            {
                Assert.Equal((SpikeState.Begin, (long)expected.StartK, expected.StartInput, expected.StartNs), (actual.State, actual.K, actual.Input, actual.StartNs));
                Close(expected.Base, actual.Base);
                Close(expected.Buffer, actual.Buffer);
                continue;
            }

            Assert.Equal((SpikeState.End, (long)expected.EndK, expected.EndInput, expected.Direction), (actual.State, actual.K, actual.Input, (int)actual.Direction));
            // Of peaks that are equal but for their rounding either will do.
            Close(expected.Peak, expected.Values[(int)actual.PeakAfter]);
            Assert.Equal((expected.Extreme, expected.Reference), (actual.Extreme, actual.Reference));
            Close(expected.Peak, actual.Peak);
            if (expected.Direction == 0) continue;
            Assert.Equal((expected.DirectionK - expected.StartK, expected.ExtremeK - expected.StartK), ((int)actual.DirectionAfter, (int)actual.ExtremeAfter));
            Close(1e4 * Math.Log(expected.Extreme / expected.Reference), actual.DisplacementBps);
        }
    }

    private static void CompareReversals(NaiveSignals twin, List<ReversalRecord> found)
    {
        Assert.Equal(
            twin.Reversals.Select(r => (r.Version, r.Direction, r.Price, r.Extreme, (long)r.Spike, r.Input, r.TimeNs)),
            found.Select(r => ((int)r.Version, (int)r.Direction, r.Price, r.Extreme, r.Spike, r.Input, r.Header.EventNs)));
        for (int i = 0; i < found.Count; i++)
        {
            Close(twin.Reversals[i].Strength, found[i].Strength);
            Close(twin.Reversals[i].Invalidation, found[i].Invalidation);
        }
    }

    private static void Close(double expected, double actual)
    {
        if (double.IsNaN(expected) && double.IsNaN(actual)) return;
        Assert.True(Math.Abs(expected - actual) <= 1e-9 * (Math.Abs(expected) + 1), $"{expected:R} is expected, {actual:R} was found.");
    }
}
