namespace LowLatency.Analytics.Bars;

/// <summary>What the bar builder remembers of one instrument beside its lanes; kept in one flat array.</summary>
internal struct InstrumentBars
{
    /// <summary>A trade that is not late and before this time falls into all open bars and closes none; long.MinValue when there is no such time.</summary>
    public long SettledUntilNs;

    /// <summary>One before this time does not even make open bars be said; long.MinValue when there is no such time.</summary>
    public long QuietUntilNs;

    /// <summary>Largest event time of the instrument's accepted trades, and of the clock events as far as they have closed its bars.</summary>
    public long ClockNs;

    /// <summary>The earliest time at which a bar is due to close; long.MaxValue when none is open.</summary>
    public long DueNs;

    /// <summary>When open bars are to be said next, and whether any has changed since.</summary>
    public long NextOpenNs;
    public bool Changed;

    /// <summary>The bars that have left their lane, by lane; null before the first trade.</summary>
    public KeptBars[]? Kept;

    /// <summary>Where its bars begin and end.</summary>
    public BarStarts? Starts;

    /// <summary>Where its flat bars go on, by lane; null when intervals without a trade make no bar.</summary>
    public LaneFill[]? Fills;

    /// <summary>What cancels and corrections need; null until a trade has an id.</summary>
    public CorrectableBars? Correctable;
}
