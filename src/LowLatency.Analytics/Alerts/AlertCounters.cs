namespace LowLatency.Analytics.Alerts;

/// <summary>How many alerts there were. One thread counts, any may read.</summary>
public sealed class AlertCounters
{
    private long[] _byAlert = [];
    private long _said;
    private long _suppressed;

    /// <summary>Alerts said.</summary>
    public long Said => Volatile.Read(ref _said);

    /// <summary>Alerts that were not said, because of a rule's cooldown.</summary>
    public long Suppressed => Volatile.Read(ref _suppressed);

    /// <summary>Alerts said of one rule.</summary>
    /// <param name="alert">Its id.</param>
    public long Of(int alert)
    {
        long[] counts = Volatile.Read(ref _byAlert);
        return alert < counts.Length ? Volatile.Read(ref counts[alert]) : 0;
    }

    /// <summary>Makes room for ids below a number.</summary>
    internal void EnsureAlerts(int count)
    {
        if (count <= _byAlert.Length) return;
        long[] larger = new long[count];
        _byAlert.CopyTo(larger, 0);
        Volatile.Write(ref _byAlert, larger);
    }

    internal void CountSaid(uint alert)
    {
        Volatile.Write(ref _byAlert[alert], _byAlert[alert] + 1);
        Volatile.Write(ref _said, _said + 1);
    }

    internal void CountSuppressed() => Volatile.Write(ref _suppressed, _suppressed + 1);
}
