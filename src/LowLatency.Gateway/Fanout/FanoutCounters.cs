namespace LowLatency.Gateway.Fanout;

/// <summary>What the fanout counts. Its thread alone writes, any thread reads.</summary>
internal sealed class FanoutCounters
{
    private long _clients;
    private long _records;
    private long _unrouted;
    private long _repeated;
    private long _laps;
    private long _lastLapNs;
    private long _dropped;
    private long _conflated;
    private long _slowCloses;
    private long _mistakes;

    /// <summary>Connections now.</summary>
    public long Clients { get => Volatile.Read(ref _clients); set => Volatile.Write(ref _clients, value); }

    /// <summary>Records read.</summary>
    public long Records { get => Volatile.Read(ref _records); set => Volatile.Write(ref _records, value); }

    /// <summary>Records of no channel or instrument that is known.</summary>
    public long Unrouted { get => Volatile.Read(ref _unrouted); set => Volatile.Write(ref _unrouted, value); }

    /// <summary>Records whose q had been seen before, and which are therefore not sent.</summary>
    public long Repeated { get => Volatile.Read(ref _repeated); set => Volatile.Write(ref _repeated, value); }

    /// <summary>How often the engine went a whole ring ahead of the fanout.</summary>
    public long Laps { get => Volatile.Read(ref _laps); set => Volatile.Write(ref _laps, value); }

    /// <summary>When it last did, on the monotonic clock.</summary>
    public long LastLapNs { get => Volatile.Read(ref _lastLapNs); set => Volatile.Write(ref _lastLapNs, value); }

    /// <summary>Records that the fanout never saw, by the jumps of q.</summary>
    public long Dropped { get => Volatile.Read(ref _dropped); set => Volatile.Write(ref _dropped, value); }

    /// <summary>Records that a newer one replaced before they went out, over all clients.</summary>
    public long Conflated { get => Volatile.Read(ref _conflated); set => Volatile.Write(ref _conflated, value); }

    /// <summary>Connections closed with 4008.</summary>
    public long SlowCloses { get => Volatile.Read(ref _slowCloses); set => Volatile.Write(ref _slowCloses, value); }

    /// <summary>Commands of clients that ended in an exception of ours.</summary>
    public long Mistakes { get => Volatile.Read(ref _mistakes); set => Volatile.Write(ref _mistakes, value); }
}
