namespace LowLatency.Analytics.Bars;

/// <summary>Kept trades: a run of those that are not late and before a time; cancelled ones are passed over.</summary>
/// <param name="untilNs">That time.</param>
internal readonly struct KeptRun(long untilNs) : ILaneRun<KeptTrade>
{
    public bool Ends(in KeptTrade item) => !item.Cancelled && (item.Late || item.EventNs >= untilNs);

    public bool Skips(in KeptTrade item) => item.Cancelled;

    public long EventNs(in KeptTrade item) => item.EventNs;

    public double Price(in KeptTrade item) => item.Price;

    public double Size(in KeptTrade item) => item.Size;

    public bool Bought(in KeptTrade item) => item.Bought;
}
