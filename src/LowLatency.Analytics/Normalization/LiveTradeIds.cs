namespace LowLatency.Analytics.Normalization;

/// <summary>
/// The ids of the last accepted trades of one instrument, and which of them are cancelled. All its room is taken at the start: an instrument
/// allocates with its first trade that has an id and never again.
/// </summary>
/// <param name="capacity">How many trades are remembered.</param>
internal sealed class LiveTradeIds(int capacity)
{
    private readonly ulong[] _ids = new ulong[capacity];
    private readonly byte[] _sources = new byte[capacity];
    private int _next;

    /// <summary>Remembers a trade; the oldest gives way.</summary>
    public void Add(ulong id, byte source)
    {
        _ids[_next] = id;
        _sources[_next] = source;
        if (++_next == _ids.Length) _next = 0;
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
