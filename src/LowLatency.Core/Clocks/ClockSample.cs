namespace LowLatency.Core.Clocks;

/// <summary>A reading of the system's clock, and the counter's value at that moment as well as it can be told.</summary>
/// <param name="Ticks">The middle between the counter's values before and after the reading.</param>
/// <param name="Ns">The reading.</param>
/// <param name="BracketTicks">How far apart those two are: the reading was at Ticks, give or take half of it.</param>
internal readonly record struct ClockSample(ulong Ticks, long Ns, ulong BracketTicks)
{
    private const int Attempts = 8;

    /// <summary>Reads the monotonic clock several times; the reading that was least interrupted counts.</summary>
    public static ClockSample OfMonotonic<TCounter>(ref TCounter counter, IClock clock)
        where TCounter : struct, ITickCounter
    {
        var best = new ClockSample(0, 0, ulong.MaxValue);
        for (int i = 0; i < Attempts; i++)
        {
            ulong before = counter.Read();
            long ns = clock.MonotonicNs();
            best = best.OrBetter(before, ns, counter.Read());
        }

        return best;
    }

    /// <summary>The same of the time of day.</summary>
    public static ClockSample OfEpoch<TCounter>(ref TCounter counter, IClock clock)
        where TCounter : struct, ITickCounter
    {
        var best = new ClockSample(0, 0, ulong.MaxValue);
        for (int i = 0; i < Attempts; i++)
        {
            ulong before = counter.Read();
            long ns = clock.EpochNs();
            best = best.OrBetter(before, ns, counter.Read());
        }

        return best;
    }

    private ClockSample OrBetter(ulong before, long ns, ulong after)
    {
        ulong bracket = after - before;
        return bracket < BracketTicks ? new ClockSample(before + (bracket / 2), ns, bracket) : this;
    }
}
