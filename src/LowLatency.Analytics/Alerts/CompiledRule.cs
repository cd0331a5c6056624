namespace LowLatency.Analytics.Alerts;

/// <summary>A rule as the builder takes it.</summary>
internal struct CompiledRule
{
    /// <summary>The id of its alerts.</summary>
    public uint Alert;

    /// <summary>Its comparisons, and the slots of what it compares: from where, and how many.</summary>
    public int FirstComparison;
    public int Comparisons;
    public int FirstValue;
    public int Values;

    /// <summary>What it waits for beside them.</summary>
    public AlertEvents Events;

    /// <summary>Whether it holds for a moment only.</summary>
    public bool IsMoment;

    /// <summary>For how long it must hold, and how long it is silent after an alert; 0: not at all.</summary>
    public long ForNs;
    public long CooldownNs;

    /// <summary>What comes of these is time that passes for it.</summary>
    public AlertKinds Passes;
}
