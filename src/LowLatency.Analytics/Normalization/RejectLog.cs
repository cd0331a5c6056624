namespace LowLatency.Analytics.Normalization;

/// <summary>The first rejected records, kept for people to look at; the counters count all. One thread adds, any may read.</summary>
/// <param name="capacity">How many are kept.</param>
public sealed class RejectLog(int capacity)
{
    private readonly RejectedRecord[] _entries = new RejectedRecord[capacity];
    private int _count;

    /// <summary>The entries, in order of rejection.</summary>
    public ReadOnlySpan<RejectedRecord> Entries => _entries.AsSpan(0, Volatile.Read(ref _count));

    internal void Add(in RejectedRecord entry)
    {
        if (_count == _entries.Length) return;
        _entries[_count] = entry;
        // Release: the entry is whole before it is counted.
        Volatile.Write(ref _count, _count + 1);
    }
}
