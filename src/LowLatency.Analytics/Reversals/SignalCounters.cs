namespace LowLatency.Analytics.Reversals;

/// <summary>How many signals there were. One thread counts, any may read.</summary>
public sealed class SignalCounters
{
    /// <summary>The reversals' versions: 1 to this.</summary>
    public const int Versions = 4;

    private readonly long[] _reversals = new long[Versions];
    private long _spikes;

    /// <summary>Spikes that have begun.</summary>
    public long Spikes => Volatile.Read(ref _spikes);

    /// <summary>Reversals of one version.</summary>
    /// <param name="version">1 to 4.</param>
    public long Reversals(int version) => Volatile.Read(ref _reversals[version - 1]);

    internal void CountSpike() => Volatile.Write(ref _spikes, _spikes + 1);

    internal void CountReversal(int version) => Volatile.Write(ref _reversals[version - 1], _reversals[version - 1] + 1);
}
