using LowLatency.Market.Records;

namespace LowLatency.Analytics.Bars;

/// <summary>The last accepted trades of one instrument, in order of acceptance. All its room is taken at the start.</summary>
/// <param name="capacity">How many are kept.</param>
internal sealed class KeptTrades(int capacity)
{
    private readonly KeptTrade[] _trades = new KeptTrade[capacity];
    private int _oldest;

    public int Count { get; private set; }

    /// <summary>A trade, 0 the oldest.</summary>
    public ref KeptTrade this[int index]
    {
        get
        {
            int at = _oldest + index;
            return ref _trades[at < _trades.Length ? at : at - _trades.Length];
        }
    }

    /// <summary>Whether the next one pushes the oldest out.</summary>
    public bool IsFull => Count == _trades.Length;

    public void Add(in TradeRecord trade)
    {
        int place = Count;
        if (IsFull)
        {
            // The newest takes the oldest's place.
            if (++_oldest == _trades.Length) _oldest = 0;
            place--;
        }
        else
        {
            Count++;
        }

        this[place] = new KeptTrade
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
