namespace LowLatency.Analytics.Alerts;

/// <summary>What a rule remembers of an instrument.</summary>
internal struct AlertState
{
    /// <summary>Newest time at which it was looked at, of the records that it reads.</summary>
    public long LastNs;

    /// <summary>Since when it is true.</summary>
    public long BeginNs;

    /// <summary>When it said its last alert.</summary>
    public long SaidNs;

    /// <summary>How often it became true since then without saying it.</summary>
    public uint Suppressed;

    /// <summary>Whether it is true.</summary>
    public bool IsTrue;

    /// <summary>Whether it is true, and not yet for as long as it asks.</summary>
    public bool IsWaiting;

    public static AlertState New => new() { LastNs = long.MinValue, SaidNs = long.MinValue };
}
