namespace LowLatency.Engine.Replay;

/// <summary>
/// Tells how much the whole process allocates once it is warm: it notes the allocated bytes at 4096 records, 8192, 16384 …, and counts from the
/// last but one of these, so that the last half of the records at least is measured.
/// </summary>
internal sealed class AllocationGauge
{
    private long _next = 4096;
    private (long Records, long Bytes) _older;
    private (long Records, long Bytes) _newer;

    public AllocationGauge() => _older = _newer = (0, GC.GetTotalAllocatedBytes(precise: false));

    public void OnRecords(long taken)
    {
        if (taken < _next) return;
        _older = _newer;
        // Not precise: no thread is stopped for the sum. Threads take memory in pieces of 8 KiB, and whole pieces are what is counted.
        _newer = (taken, GC.GetTotalAllocatedBytes(precise: false));
        while (_next <= taken) _next *= 2;
    }

    /// <summary>Null when there were fewer than 8192 records: nothing was warm yet.</summary>
    public double? BytesPerRecord(long taken) =>
        _older.Records == 0 ? null : Math.Max(0, GC.GetTotalAllocatedBytes(precise: false) - _older.Bytes) / (double)(taken - _older.Records);
}
