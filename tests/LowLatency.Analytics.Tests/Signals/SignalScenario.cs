using FsCheck;
using FsCheck.Fluent;
using LowLatency.Analytics.Intensity;
using LowLatency.Analytics.Reversals;
using LowLatency.Market.Records;
using static LowLatency.Analytics.Tests.Ticks;

namespace LowLatency.Analytics.Tests.Signals;

/// <summary>A market of two instruments made to go wrong: equal times and prices, standstills, sweeps, jumps, empty sizes, late and suspect trades, clock events.</summary>
internal sealed record SignalScenario(IntensitySettings Intensity, ReversalSettings Reversals, TickRecord[] Ticks, int[] Batches)
{
    private const long StartNs = 1_700_000_000 * Second;

    public static Arbitrary<SignalScenario> Arbitrary { get; } = (
        from intensity in IntensityGen
        from reversals in ReversalsGen
        from ticks in TicksGen
        from batches in Gen.Choose(1, 40).ArrayOf(50)
        select new SignalScenario(intensity, reversals, ticks, batches)).ToArbitrary();

    private static Gen<IntensitySettings> IntensityGen =>
        from path in Gen.Elements(1, 2, 5, 12)
        from floor in Gen.Elements(1e-3, 0.1, 2)
        from smoothing in Gen.Elements(Smoothing.Ema, Smoothing.Sma, Smoothing.Zlma)
        from length in Gen.Elements(1, 2, 3, 8)
        from window in Gen.Elements(2, 3, 10, 40)
        from recent in Gen.Choose(1, window - 1)
        from weight in Gen.Elements(0, 0.2, 1)
        from lambda in Gen.Elements(0, 0.3, 1)
        from cvMax in Gen.Elements(0.5, 3)
        from minimum in Gen.Elements(0, 1e-6, 1)
        select new IntensitySettings
        {
            PathTrades = path, ElapsedFloorSeconds = floor, Smoothing = smoothing, SmoothingLength = length, Window = window, Recent = recent, RecentWeight = weight,
            CvLambda = lambda, CvMax = cvMax, MinimumBpsPerSecond = minimum, PublishEveryTrades = 1,
        };

    private static Gen<ReversalSettings> ReversalsGen =>
        from fast in Gen.Elements(1, 2, 4)
        from slow in Gen.Elements(2, 3, 6)
        from sma in Gen.Elements(1, 2, 5)
        from trades in Gen.Elements(1, 20)
        from retrace in Gen.Elements(0, 0.2, 1)
        from momentum in Gen.Elements(1, 3)
        from lag in Gen.Elements(1, 4)
        from bars in Gen.Elements(1, 3)
        from ratio in Gen.Elements(0, 1, 1.2)
        from choppiness in Gen.Elements(50, 1000.0)
        from length in Gen.Elements(2, 5)
        from high in Gen.Elements("2s", "1m")
        from cross in Gen.Elements("1s", "3s", "1m")
        select new ReversalSettings
        {
            EmaFast = fast, EmaSlow = slow, VolumeSma = sma,
            V2 = { Trades = trades, Retrace = retrace, MomentumEma = momentum, MomentumLag = lag },
            V3 = { Bars = bars, VolumeRatio = ratio, Low = "1s", High = high },
            V4 = { Interval = cross, ChoppinessMax = choppiness, ChoppinessLength = length, VolumeRatio = ratio },
        };

    private static Gen<TickRecord[]> TicksGen =>
        from moves in StepGen.ArrayOf(400)
        select Walk(moves);

    private static Gen<(int Kind, long WaitNs, double Move, double Size, uint Instrument)> StepGen =>
        from kind in Gen.Choose(0, 29)
        from wait in Gen.Elements(0, 0, 1, 1_000_000, 50_000_000, 300_000_000, Second, 7 * Second, 61 * Second)
        from move in Gen.Elements(0, 0, 0.01, -0.01, 0.05, -0.05, 0.5, -0.5, 9)
        from size in Gen.Elements(0, 0.1, 1, 1000.0)
        from instrument in Gen.Elements(0u, 0u, 0u, 1u)
        select (kind, wait, move, size, instrument);

    private static TickRecord[] Walk((int Kind, long WaitNs, double Move, double Size, uint Instrument)[] steps)
    {
        double[] price = [100, 0.5];
        long now = StartNs;
        var ticks = new TickRecord[steps.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            (int kind, long waitNs, double move, double size, uint instrument) = steps[i];
            now += waitNs;
            double next = Math.Round(price[instrument] + move, 2);
            // A jump up is followed by one down, so that the price stays above 0.
            if (next is <= 0.02 or > 130) next = 100;
            ticks[i] = Trade(now, next, size, instrument: instrument);
            if (kind == 0) ticks[i] = Clock(now);
            else if (kind == 1) ticks[i] = Trade(now - Second, next, size, instrument: instrument);
            else if (kind == 2) ticks[i].Header.Flags = RecordFlags.Suspect;
            else price[instrument] = next;
            if (kind == 1) ticks[i].Header.Flags = RecordFlags.Late;
        }

        return ticks;
    }
}
