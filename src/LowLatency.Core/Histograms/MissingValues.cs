namespace LowLatency.Core.Histograms;

/// <summary>
/// The values that coordinated omission left out: from a long one downwards in steps of the expected interval, never below it. Those that fall into
/// one bucket come as one count, so that the work is bounded by the number of buckets however short the interval.
/// </summary>
internal ref struct MissingValues
{
    private readonly BucketLayout _layout;
    private readonly long _interval;
    private long _next;

    public MissingValues(BucketLayout layout, long value, long interval)
    {
        _layout = layout;
        _interval = interval;
        // An interval of nothing leaves out nothing; otherwise value and interval are positive and the difference cannot overflow.
        _next = interval > 0 && value > 0 ? value - interval : -1;
    }

    public bool TryNext(out int index, out long count)
    {
        (index, count) = (0, 0);
        if (_next < _interval || _next < 0) return false;
        index = _layout.IndexOf(_next);
        long bottom = Math.Max(_layout.BottomOf(index), _interval);
        count = ((_next - bottom) / _interval) + 1;
        _next -= count * _interval;
        return true;
    }
}
