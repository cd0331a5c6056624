using LowLatency.Analytics.Batches;

namespace LowLatency.Analytics.Normalization;

/// <summary>
/// The ids of the last accepted trades of one instrument, and which of them are cancelled. Where it does not have
/// all its room from the start it takes some as trades come.
/// </summary>
/// <param name="capacity">How many trades are remembered.</param>
/// <param name="instrument">The instrument, for how much room there is at the start.</param>
internal sealed class LiveTradeIds(int capacity, int instrument)
{
    private ulong[] _ids = new ulong[RoomAtStart.Of(instrument, capacity)];
    private byte[] _sources = new byte[RoomAtStart.Of(instrument, capacity)];
    private int _next;

    /// <summary>Remembers a trade; the oldest gives way.</summary>
    public void Add(ulong id, byte source)
    {
        _ids[_next] = id;
        _sources[_next] = source;
        if (++_next == _ids.Length) GrowOrWrap();
    }

    /// <summary>Whether the trade is remembered and not cancelled.</summary>
    public bool Contains(ulong id, byte source) => IndexOf(id, source) >= 0;

    /// <summary>Forgets a trade that was cancelled.</summary>
    /// <returns>False when it is not remembered, or was cancelled before.</returns>
    public bool Cancel(ulong id, byte source)
    {
        int at = IndexOf(id, source);
        if (at < 0) return false;
        _ids[at] = 0;
        return true;
    }

    private void GrowOrWrap()
    {
        if (_ids.Length == capacity)
        {
            _next = 0;
            return;
        }

        Array.Resize(ref _ids, Math.Min(capacity, _ids.Length * 4));
        Array.Resize(ref _sources, _ids.Length);
    }

    private int IndexOf(ulong id, byte source)
    {
        ReadOnlySpan<ulong> ids = _ids;
        for (int from = 0; ids[from..].IndexOf(id) is var found && found >= 0; from += found + 1)
        {
            if (_sources[from + found] == source) return from + found;
        }

        return -1;
    }
}
