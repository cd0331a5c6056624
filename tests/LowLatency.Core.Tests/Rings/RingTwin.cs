namespace LowLatency.Core.Tests.Rings;

/// <summary>The naive twin of a ring: every event ever, in lists, and positions that are counted by hand.</summary>
internal sealed class RingTwin(int capacity, RingShape shape)
{
    private readonly List<bool> _published = [];
    private readonly long[] _positions = [.. Enumerable.Repeat(-1L, shape.After.Length)];

    public bool TryClaim(int count, out long first)
    {
        first = _published.Count;
        if (_published.Count + count - 1 - capacity > _positions.Min()) return false;
        for (int i = 0; i < count; i++) _published.Add(false);
        return true;
    }

    public void Publish(long first, int count)
    {
        for (int i = 0; i < count; i++) _published[(int)first + i] = true;
    }

    public long Position(int consumer) => _positions[consumer];

    public long Available(int consumer)
    {
        int[] after = shape.After[consumer];
        if (after.Length != 0) return after.Min(a => _positions[a]) - _positions[consumer];
        long next = _positions[consumer] + 1;
        while (next < _published.Count && _published[(int)next]) next++;
        return next - 1 - _positions[consumer];
    }

    public void Advance(int consumer, int count) => _positions[consumer] += count;
}
