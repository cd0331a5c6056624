namespace LowLatency.Analytics.Normalization;

/// <summary>What normalisation remembers of one instrument between ticks; kept in one flat array.</summary>
internal struct InstrumentTicks
{
    /// <summary>Largest event time of an accepted trade, and of a quote.</summary>
    public long TradeNs;
    public long QuoteNs;

    /// <summary>Newest quote that was not late, side by side; NaN while unknown, or told by nobody.</summary>
    public double Bid;
    public double Ask;
    public double BidSize;
    public double AskSize;

    /// <summary>Where quotes come from, as long as it is one source; then what each source quotes, and bid and ask above are the best of them.</summary>
    public byte? QuoteSource;
    public VenueQuotes? Venues;

    /// <summary>Price of the last accepted trade that was not late, 0 before the first, and the sign of the last change of that price.</summary>
    public double LastPrice;
    public int LastSign;

    public long AcceptedTrades;

    /// <summary>Of these, those that were not late.</summary>
    public long Analysed;

    public KeyMemory? TradeIds;
    public KeyMemory? Sequences;
    public SuspectQueue? Suspects;

    /// <summary>The trades that a cancel or a correction can name; null until a trade has an id.</summary>
    public LiveTradeIds? Live;
}
