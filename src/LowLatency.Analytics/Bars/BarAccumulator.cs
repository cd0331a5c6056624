using LowLatency.Analytics.Numerics;

namespace LowLatency.Analytics.Bars;

/// <summary>One bar and what is needed to go on with it: the scalar twin of a lane of <see cref="BarLanes"/>, and what is kept of a bar that has left it.</summary>
internal struct BarAccumulator
{
    public long StartNs;
    public double Open;
    public double High;
    public double Low;
    public double Close;
    public CompensatedSum Volume;
    public CompensatedSum Turnover;
    public CompensatedSum BuyVolume;
    public long Count;

    /// <summary>Event times of the trades that gave open and close.</summary>
    public long OpenNs;
    public long CloseNs;

    /// <summary>How often it was said as closed or revised; 0 while it waits in its grace.</summary>
    public uint Emissions;

    /// <summary>A bar without trades and prices.</summary>
    public static BarAccumulator Empty(long startNs) => Flat(startNs, double.NaN);

    /// <summary>A bar without trades at one price.</summary>
    public static BarAccumulator Flat(long startNs, double price) => new() { StartNs = startNs, Open = price, High = price, Low = price, Close = price };

    /// <summary>Begins a bar with its first trade.</summary>
    public static BarAccumulator Begin(long startNs, in BarTrade trade)
    {
        var bar = new BarAccumulator { StartNs = startNs };
        bar.Add(trade);
        return bar;
    }

    /// <summary>Adds a trade that may be late: open and close go by event time, and among equals by order of acceptance.</summary>
    public void Add(in BarTrade trade)
    {
        if (Count == 0)
        {
            Open = High = Low = Close = trade.Price;
            OpenNs = CloseNs = trade.EventNs;
        }

        if (trade.EventNs < OpenNs)
        {
            OpenNs = trade.EventNs;
            Open = trade.Price;
        }

        if (trade.EventNs >= CloseNs)
        {
            CloseNs = trade.EventNs;
            Close = trade.Price;
        }

        High = Math.Max(High, trade.Price);
        Low = Math.Min(Low, trade.Price);
        Volume.Add(trade.Size);
        Turnover.Add(trade.Price * trade.Size);
        BuyVolume.Add(trade.Bought ? trade.Size : 0);
        Count++;
    }
}
