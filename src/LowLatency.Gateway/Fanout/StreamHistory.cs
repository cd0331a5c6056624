using System.Buffers.Binary;

namespace LowLatency.Gateway.Fanout;

/// <summary>
/// The newest records of one stream, oldest first, bounded. Its memory grows by doubling, up to the bound or until the shared budget is used up;
/// then the oldest record gives way.
/// </summary>
/// <param name="recordBytes">Length of a record.</param>
/// <param name="capacity">The most records kept.</param>
/// <param name="timeOffset">Where in a record the time stands that snapshots go by.</param>
/// <param name="budget">Where the memory comes from.</param>
internal sealed class StreamHistory(int recordBytes, int capacity, int timeOffset, HistoryBudget budget)
{
    private const int FirstSlots = 16;

    private byte[] _bytes = [];
    private int _slots;
    private int _oldest;
    private bool _full;

    /// <summary>Number of records.</summary>
    public int Count { get; private set; }

    /// <summary>A record, 0 the oldest.</summary>
    public ReadOnlySpan<byte> this[int index] => Slot(index);

    /// <summary>The time of a record, nanoseconds since 1970.</summary>
    /// <param name="index">Which record, 0 the oldest.</param>
    public long TimeNs(int index) => BinaryPrimitives.ReadInt64LittleEndian(Slot(index)[timeOffset..]);

    /// <summary>Adds a record behind all others.</summary>
    /// <param name="record">The record.</param>
    public void Append(ReadOnlySpan<byte> record)
    {
        if (Count == _slots && !TryGrow())
        {
            if (_slots == 0) return;
            _oldest = Next(_oldest);
            Count--;
        }

        Count++;
        record.CopyTo(Slot(Count - 1));
    }

    /// <summary>Puts a record in the place of the one with the same time, or where its time belongs: for bars, of which each has one place.</summary>
    /// <param name="record">The record.</param>
    public void Put(ReadOnlySpan<byte> record)
    {
        long timeNs = BinaryPrimitives.ReadInt64LittleEndian(record[timeOffset..]);
        int place = FirstNotBefore(timeNs);
        if (place < Count && TimeNs(place) == timeNs)
        {
            record.CopyTo(Slot(place));
            return;
        }

        if (place == 0 && Count != 0 && Count == _slots && !TryGrow()) return;
        int before = Count;
        Append(record);
        // When the append pushed the oldest out, every place has moved down by one.
        if (Count == before) place--;
        for (int i = Count - 1; i > place; i--) Slot(i - 1).CopyTo(Slot(i));
        if (place >= 0 && place < Count) record.CopyTo(Slot(place));
    }

    private int FirstNotBefore(long timeNs)
    {
        if (Count == 0 || TimeNs(Count - 1) < timeNs) return Count;
        int low = 0;
        int high = Count - 1;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (TimeNs(middle) < timeNs) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private bool TryGrow()
    {
        int slots = Math.Min(capacity, Math.Max(FirstSlots, _slots * 2));
        if (_full || slots == _slots || !budget.TryTake((long)(slots - _slots) * recordBytes))
        {
            _full = true;
            return false;
        }

        byte[] larger = new byte[slots * recordBytes];
        for (int i = 0; i < Count; i++) Slot(i).CopyTo(larger.AsSpan(i * recordBytes));
        _bytes = larger;
        _slots = slots;
        _oldest = 0;
        return true;
    }

    private int Next(int slot) => slot + 1 == _slots ? 0 : slot + 1;

    private Span<byte> Slot(int index)
    {
        int slot = _oldest + index;
        if (slot >= _slots) slot -= _slots;
        return _bytes.AsSpan(slot * recordBytes, recordBytes);
    }
}
