namespace LowLatency.Core.Tests.Rings;

/// <summary>The naive twin of a broadcast ring: a list of every record with the position where it begins.</summary>
internal sealed class BroadcastTwin(int capacity)
{
    private readonly List<(long Start, int Length)> _records = [];
    private long _claimed;
    private int _committed;

    public long Committed { get; private set; }

    /// <summary>Claims unless a gating reader, which stands at <paramref name="gate"/>, is in the way; tells the record's number.</summary>
    public bool TryClaim(int length, long gate, out long number)
    {
        number = _records.Count;
        long toEnd = capacity - (_claimed % capacity);
        long start = toEnd < length ? _claimed + toEnd : _claimed;
        if (start + length - capacity > gate) return false;
        _records.Add((start, length));
        _claimed = start + length;
        return true;
    }

    public void Commit()
    {
        Committed = _claimed;
        _committed = _records.Count;
    }

    /// <summary>Whether the bytes at a position may be overwritten already.</summary>
    public bool IsLapped(long position) => _claimed - position > capacity;

    /// <summary>What one read from a position may give: the numbers of whole records up to where the ring wraps or the room ends, and the position behind.</summary>
    public (long[] Numbers, long Next) Read(long position, int room)
    {
        var numbers = new List<long>();
        int at = _records.FindIndex(r => r.Start >= position);
        if (at < 0 || position == Committed) return ([], position);
        long wrap = _records[at].Start - (_records[at].Start % capacity) + capacity;
        int used = 0;
        for (; at < _committed && used + _records[at].Length <= room && _records[at].Start < wrap; at++)
        {
            numbers.Add(at);
            used += _records[at].Length;
            position = _records[at].Start + _records[at].Length;
        }

        return ([.. numbers], position);
    }
}
