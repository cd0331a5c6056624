using LowLatency.Analytics.Batches;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Bars;

/// <summary>
/// The last accepted trades of one instrument, in order of acceptance. Where it does not have all its room from the start it takes some as trades come.
/// </summary>
/// <param name="capacity">How many are kept at least; when there are an eighth as many more, the oldest go together.</param>
/// <param name="instrument">The instrument, for how much room there is at the start.</param>
internal sealed class KeptTrades(int capacity, int instrument)
{
    private readonly int _most = capacity + Math.Max(1, capacity / 8);
    private KeptTrade[] _trades = new KeptTrade[RoomAtStart.Of(instrument, capacity + Math.Max(1, capacity / 8))];

    public int Count { get; private set; }

    /// <summary>A trade, 0 the oldest.</summary>
    public ref KeptTrade this[int index] => ref _trades[index];

    /// <summary>All of them, the oldest first.</summary>
    public ReadOnlySpan<KeptTrade> All => _trades.AsSpan(0, Count);

    /// <summary>Whether there is no room for another: <see cref="RemoveOldest"/> makes some.</summary>
    public bool IsFull => Count == _most;

    /// <summary>Those that are more than have to be kept.</summary>
    public ReadOnlySpan<KeptTrade> Spare => _trades.AsSpan(0, Math.Max(0, Count - capacity));

    /// <summary>Drops those that are more than have to be kept.</summary>
    public void RemoveOldest()
    {
        int spare = Spare.Length;
        _trades.AsSpan(spare, Count - spare).CopyTo(_trades);
        Count -= spare;
    }

    /// <summary>Keeps a trade; there is room.</summary>
    public void Add(in TradeRecord trade)
    {
        if (Count == _trades.Length) Array.Resize(ref _trades, Math.Min(_most, _trades.Length * 4));
        _trades[Count++] = new KeptTrade
        {
            Id = trade.TradeId,
            EventNs = trade.Header.EventNs,
            Price = trade.Price,
            Size = trade.Size,
            Source = trade.Header.Source,
            Bought = trade.Aggressor > 0,
            Late = (trade.Header.Flags & RecordFlags.Late) != 0,
        };
    }

    /// <summary>Where the newest trade with that id is that was not cancelled; -1 when there is none.</summary>
    public int IndexOf(ulong id, byte source)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            ref readonly KeptTrade trade = ref this[i];
            if (trade.Id == id && trade.Source == source && !trade.Cancelled) return i;
        }

        return -1;
    }
}
