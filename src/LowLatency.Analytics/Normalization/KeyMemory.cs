using LowLatency.Analytics.Batches;

namespace LowLatency.Analytics.Normalization;

/// <summary>
/// Remembers the last N distinct keys (trade ids or sequence numbers) of one instrument and source. Keys mostly rise: one above all seen is new
/// without a look; for others a binary search does while the memory is sorted, and a scan when it is not. Where it does not have all its
/// room from the start it takes some as keys come.
/// </summary>
/// <param name="source">The source whose keys these are.</param>
/// <param name="capacity">N.</param>
/// <param name="instrument">The instrument, for how much room there is at the start.</param>
internal sealed class KeyMemory(byte source, int capacity, int instrument)
{
    private ulong[] _keys = new ulong[RoomAtStart.Of(instrument, capacity)];
    private int _count;
    private int _head;

    // How many of the oldest keys must still go before what is left is in rising order again.
    private int _unsorted;

    public byte Source { get; } = source;

    /// <summary>The memory of the instrument's next source.</summary>
    public KeyMemory? Next { get; set; }

    /// <summary>The highest key ever added.</summary>
    public ulong Highest { get; private set; }

    /// <summary>Adds a key.</summary>
    /// <returns>False when it is remembered already.</returns>
    public bool Add(ulong key)
    {
        if (_count != 0 && key <= Highest)
        {
            if (Contains(key)) return false;
            Append(key);
            _unsorted = _count;
            return true;
        }

        Append(key);
        Highest = key;
        return true;
    }

    private void Append(ulong key)
    {
        if (_count == capacity)
        {
            _keys[_head] = key;
            if (++_head == capacity) _head = 0;
            if (_unsorted > 0) _unsorted--;
            return;
        }

        // Until it is full the oldest is at the beginning.
        if (_count == _keys.Length) Array.Resize(ref _keys, Math.Min(capacity, _keys.Length * 4));
        _keys[_count++] = key;
    }

    private bool Contains(ulong key)
    {
        if (_unsorted > 0) return _keys.AsSpan(0, _count).Contains(key);
        int low = 0;
        int high = _count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            ulong value = _keys[(_head + middle) % _keys.Length];
            if (value == key) return true;
            if (value < key) low = middle + 1;
            else high = middle - 1;
        }

        return false;
    }
}
