namespace LowLatency.Analytics.Bars;

/// <summary>An accepted trade that a cancel or a correction can still name.</summary>
internal struct KeptTrade
{
    public ulong Id;
    public long EventNs;
    public double Price;
    public double Size;
    public byte Source;
    public bool Bought;
    public bool Late;

    /// <summary>Whether it was cancelled.</summary>
    public bool Cancelled;

    public readonly BarTrade Trade => new(EventNs, Price, Size, Bought);
}
