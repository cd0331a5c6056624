using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LowLatency.Analytics.Bars;

/// <summary>
/// The open bars of one instrument, one interval a vector lane, so that a trade updates all eight at once. The vectors are 512 bits wide in the
/// code and whatever the processor has in fact: lanes never mix, so that every width, and scalar code, gives the same bits. Sums are in two doubles,
/// as in <see cref="CompensatedSum"/>.
/// </summary>
internal struct BarLanes
{
    /// <summary>Number of lanes.</summary>
    public const int Count = 8;

    /// <summary>Start of a lane without an open bar.</summary>
    public const long NoBar = long.MinValue;

    public Vector512<double> High;
    public Vector512<double> Low;
    public Vector512<double> Close;
    public Vector512<double> Volume;
    public Vector512<double> VolumeRest;
    public Vector512<double> Turnover;
    public Vector512<double> TurnoverRest;
    public Vector512<double> BuyVolume;
    public Vector512<double> BuyVolumeRest;
    public Vector512<long> Trades;
    public Vector512<long> CloseNs;
    public Vector512<double> Open;
    public Vector512<long> OpenNs;
    public Vector512<long> StartNs;

    /// <summary>Adds a trade that is not late to all lanes; all of them are open and hold its time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in BarTrade trade)
    {
        Vector512<double> price = Vector512.Create(trade.Price);
        High = Vector512.Max(High, price);
        Low = Vector512.Min(Low, price);
        Close = price;
        Add(ref Volume, ref VolumeRest, trade.Size);
        // Multiplied before it is spread, and added apart: a fused multiply-add would round differently from one processor to another.
        Add(ref Turnover, ref TurnoverRest, trade.Price * trade.Size);
        if (trade.Bought) Add(ref BuyVolume, ref BuyVolumeRest, trade.Size);
        Trades += Vector512<long>.One;
        CloseNs = Vector512.Create(trade.EventNs);
    }

    /// <summary>The bar of one lane.</summary>
    public readonly BarAccumulator Get(int lane) => new()
    {
        StartNs = StartNs[lane],
        Open = Open[lane],
        High = High[lane],
        Low = Low[lane],
        Close = Close[lane],
        Volume = new CompensatedSum { High = Volume[lane], Low = VolumeRest[lane] },
        Turnover = new CompensatedSum { High = Turnover[lane], Low = TurnoverRest[lane] },
        BuyVolume = new CompensatedSum { High = BuyVolume[lane], Low = BuyVolumeRest[lane] },
        Count = Trades[lane],
        OpenNs = OpenNs[lane],
        CloseNs = CloseNs[lane],
    };

    /// <summary>Puts a bar into one lane.</summary>
    public void Set(int lane, in BarAccumulator bar)
    {
        StartNs = StartNs.WithElement(lane, bar.StartNs);
        Open = Open.WithElement(lane, bar.Open);
        High = High.WithElement(lane, bar.High);
        Low = Low.WithElement(lane, bar.Low);
        Close = Close.WithElement(lane, bar.Close);
        Volume = Volume.WithElement(lane, bar.Volume.High);
        VolumeRest = VolumeRest.WithElement(lane, bar.Volume.Low);
        Turnover = Turnover.WithElement(lane, bar.Turnover.High);
        TurnoverRest = TurnoverRest.WithElement(lane, bar.Turnover.Low);
        BuyVolume = BuyVolume.WithElement(lane, bar.BuyVolume.High);
        BuyVolumeRest = BuyVolumeRest.WithElement(lane, bar.BuyVolume.Low);
        Trades = Trades.WithElement(lane, bar.Count);
        OpenNs = OpenNs.WithElement(lane, bar.OpenNs);
        CloseNs = CloseNs.WithElement(lane, bar.CloseNs);
    }

    /// <summary>Leaves one lane without an open bar.</summary>
    public void Clear(int lane) => StartNs = StartNs.WithElement(lane, NoBar);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref Vector512<double> high, ref Vector512<double> low, double value)
    {
        Vector512<double> term = Vector512.Create(value);
        Vector512<double> sum = high + term;
        Vector512<double> part = sum - high;
        low += (high - (sum - part)) + (term - part);
        high = sum;
    }
}
