namespace LowLatency.Market.Records;

/// <summary>Where a bar is in its life. The values are part of the wire format.</summary>
public enum BarState : byte
{
    /// <summary>Under way; what it says will change.</summary>
    Open = 0,

    /// <summary>Closed, and said for the first time.</summary>
    Closed = 1,

    /// <summary>Closed before and changed since; <see cref="BarRecord.Revision"/> counts.</summary>
    Revised = 2,
}
