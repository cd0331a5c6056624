using LowLatency.Market.Records;

namespace LowLatency.Analytics.Bars;

/// <summary>One bar and what is needed to go on with it: the scalar twin of a lane of <see cref="BarLanes"/>, and what is kept of a bar that has left it.</summary>
internal struct BarAccumulator
{
    public long StartNs;
    public double Open;
    public double High;
    public double Low;
    public double Close;
    public double Volume;
    public double Turnover;
    public double BuyVolume;
    public long Count;

    /// <summary>Event times of the trades that gave open and close.</summary>
    public long OpenNs;
    public long CloseNs;

    /// <summary>How often it was said as closed or revised; 0 while it waits in its grace.</summary>
    public uint Emissions;

    /// <summary>Begins a bar with its first trade.</summary>
    public static BarAccumulator Begin(long startNs, in TradeRecord trade) => new()
    {
        StartNs = startNs,
        Open = trade.Price,
        High = trade.Price,
        Low = trade.Price,
        Close = trade.Price,
        Volume = trade.Size,
        Turnover = trade.Price * trade.Size,
        BuyVolume = trade.Aggressor > 0 ? trade.Size : 0,
        Count = 1,
        OpenNs = trade.Header.EventNs,
        CloseNs = trade.Header.EventNs,
    };

    /// <summary>Adds a trade that may be late: open and close go by event time, and among equals by order of acceptance.</summary>
    public void Add(in TradeRecord trade)
    {
        if (trade.Header.EventNs < OpenNs)
        {
            OpenNs = trade.Header.EventNs;
            Open = trade.Price;
        }

        if (trade.Header.EventNs >= CloseNs)
        {
            CloseNs = trade.Header.EventNs;
            Close = trade.Price;
        }

        High = Math.Max(High, trade.Price);
        Low = Math.Min(Low, trade.Price);
        Volume += trade.Size;
        Turnover += trade.Price * trade.Size;
        BuyVolume += trade.Aggressor > 0 ? trade.Size : 0;
        Count++;
    }
}
