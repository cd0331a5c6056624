using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LowLatency.Analytics.Numerics;
using LowLatency.Market.Records;

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

    /// <summary>Start of a lane without an open bar; its end is long.MaxValue.</summary>
    public const long NoBar = long.MinValue;

    public Lanes<long> StartNs;
    public Lanes<long> EndNs;
    private Lanes<double> _high;
    private Lanes<double> _low;
    private Lanes<double> _close;
    private Lanes<double> _volume;
    private Lanes<double> _volumeRest;
    private Lanes<double> _turnover;
    private Lanes<double> _turnoverRest;
    private Lanes<double> _buyVolume;
    private Lanes<double> _buyVolumeRest;
    private Lanes<long> _trades;
    private Lanes<long> _closeNs;
    private Lanes<double> _open;
    private Lanes<long> _openNs;

    /// <summary>Adds a run of trades to all lanes, which are open and stay so. The lanes stay in registers meanwhile.</summary>
    /// <typeparam name="T">What holds a trade.</typeparam>
    /// <typeparam name="TRun">How to read it.</typeparam>
    /// <param name="items">The trades, in order of acceptance; none is late.</param>
    /// <param name="run">Reads them, and tells where the run ends.</param>
    /// <param name="lastNs">Receives the time of the last trade added; long.MinValue when none was.</param>
    /// <returns>How many items belong to the run.</returns>
    public int AddRun<T, TRun>(ReadOnlySpan<T> items, in TRun run, out long lastNs)
        where T : unmanaged
        where TRun : struct, ILaneRun<T>
    {
        Vector512<double> high = Load(_high), low = Load(_low);
        Vector512<double> volume = Load(_volume), volumeRest = Load(_volumeRest);
        Vector512<double> turnover = Load(_turnover), turnoverRest = Load(_turnoverRest);
        Vector512<double> buyVolume = Load(_buyVolume), buyVolumeRest = Load(_buyVolumeRest);
        double close = 0;
        long trades = 0;
        int taken = 0;
        lastNs = long.MinValue;
        for (; taken < items.Length; taken++)
        {
            ref readonly T item = ref items[taken];
            if (run.Ends(item)) break;
            if (run.Skips(item)) continue;
            close = run.Price(item);
            double size = run.Size(item);
            Vector512<double> price = Vector512.Create(close);
            high = Vector512.Max(high, price);
            low = Vector512.Min(low, price);
            AddTo(ref volume, ref volumeRest, size);
            // Multiplied before it is spread, and added apart: a fused multiply-add would round differently from one processor to another.
            AddTo(ref turnover, ref turnoverRest, close * size);
            if (run.Bought(item)) AddTo(ref buyVolume, ref buyVolumeRest, size);
            lastNs = run.EventNs(item);
            trades++;
        }

        if (trades == 0) return taken;
        high.CopyTo((Span<double>)_high);
        low.CopyTo((Span<double>)_low);
        volume.CopyTo((Span<double>)_volume);
        volumeRest.CopyTo((Span<double>)_volumeRest);
        turnover.CopyTo((Span<double>)_turnover);
        turnoverRest.CopyTo((Span<double>)_turnoverRest);
        buyVolume.CopyTo((Span<double>)_buyVolume);
        buyVolumeRest.CopyTo((Span<double>)_buyVolumeRest);
        Vector512.Create(close).CopyTo((Span<double>)_close);
        (Load(_trades) + Vector512.Create(trades)).CopyTo((Span<long>)_trades);
        Vector512.Create(lastNs).CopyTo((Span<long>)_closeNs);
        return taken;
    }

    /// <summary>Adds a trade that is not late to the lanes whose bar holds its time.</summary>
    /// <param name="trade">The trade.</param>
    /// <returns>Which lanes these were, a bit each.</returns>
    public uint AddWhereOpen(in BarTrade trade)
    {
        Vector512<long> time = Vector512.Create(trade.EventNs);
        Vector512<long> start = Load(StartNs);
        Vector512<long> holds = Vector512.LessThanOrEqual(start, time) & Vector512.LessThan(time, Load(EndNs)) & ~Vector512.Equals(start, Vector512.Create(NoBar));
        uint lanes = (uint)holds.ExtractMostSignificantBits();
        if (lanes == 0) return 0;
        Vector512<double> mask = holds.AsDouble();
        Vector512<double> price = Vector512.Create(trade.Price);
        Vector512<double> high = Load(_high), low = Load(_low);
        Vector512.ConditionalSelect(mask, Vector512.Max(high, price), high).CopyTo((Span<double>)_high);
        Vector512.ConditionalSelect(mask, Vector512.Min(low, price), low).CopyTo((Span<double>)_low);
        Vector512.ConditionalSelect(mask, price, Load(_close)).CopyTo((Span<double>)_close);
        AddTo(ref _volume, ref _volumeRest, trade.Size, mask);
        AddTo(ref _turnover, ref _turnoverRest, trade.Price * trade.Size, mask);
        if (trade.Bought) AddTo(ref _buyVolume, ref _buyVolumeRest, trade.Size, mask);
        (Load(_trades) - holds).CopyTo((Span<long>)_trades);
        Vector512.ConditionalSelect(holds, time, Load(_closeNs)).CopyTo((Span<long>)_closeNs);
        return lanes;
    }

    /// <summary>The bar of one lane.</summary>
    public readonly BarAccumulator Get(int lane) => new()
    {
        StartNs = StartNs[lane],
        Open = _open[lane],
        High = _high[lane],
        Low = _low[lane],
        Close = _close[lane],
        Volume = new CompensatedSum { High = _volume[lane], Low = _volumeRest[lane] },
        Turnover = new CompensatedSum { High = _turnover[lane], Low = _turnoverRest[lane] },
        BuyVolume = new CompensatedSum { High = _buyVolume[lane], Low = _buyVolumeRest[lane] },
        Count = _trades[lane],
        OpenNs = _openNs[lane],
        CloseNs = _closeNs[lane],
    };

    /// <summary>What records say of sums, of all lanes at once.</summary>
    /// <param name="volume">Receives the volumes.</param>
    /// <param name="vwap">Receives the mean prices by volume; the close where the volume is 0.</param>
    /// <param name="buyVolume">Receives the volumes bought.</param>
    public readonly void Sum(out Lanes<double> volume, out Lanes<double> vwap, out Lanes<double> buyVolume)
    {
        volume = default;
        vwap = default;
        buyVolume = default;
        Vector512<double> size = Load(_volume) + Load(_volumeRest);
        Vector512<double> turnover = Load(_turnover) + Load(_turnoverRest);
        size.CopyTo((Span<double>)volume);
        Vector512.ConditionalSelect(Vector512.Equals(size, Vector512<double>.Zero), Load(_close), turnover / size).CopyTo((Span<double>)vwap);
        (Load(_buyVolume) + Load(_buyVolumeRest)).CopyTo((Span<double>)buyVolume);
    }

    /// <summary>Writes the times, prices and count of one lane's bar.</summary>
    public readonly void Describe(int lane, ref BarRecord record)
    {
        record.StartNs = StartNs[lane];
        record.EndNs = EndNs[lane];
        record.Open = _open[lane];
        record.High = _high[lane];
        record.Low = _low[lane];
        record.Close = _close[lane];
        record.Count = (uint)_trades[lane];
    }

    /// <summary>Puts a bar into one lane.</summary>
    public void Set(int lane, in BarAccumulator bar, long endNs)
    {
        StartNs[lane] = bar.StartNs;
        EndNs[lane] = endNs;
        _open[lane] = bar.Open;
        _high[lane] = bar.High;
        _low[lane] = bar.Low;
        _close[lane] = bar.Close;
        _volume[lane] = bar.Volume.High;
        _volumeRest[lane] = bar.Volume.Low;
        _turnover[lane] = bar.Turnover.High;
        _turnoverRest[lane] = bar.Turnover.Low;
        _buyVolume[lane] = bar.BuyVolume.High;
        _buyVolumeRest[lane] = bar.BuyVolume.Low;
        _trades[lane] = bar.Count;
        _openNs[lane] = bar.OpenNs;
        _closeNs[lane] = bar.CloseNs;
    }

    /// <summary>Leaves one lane without an open bar.</summary>
    public void Clear(int lane)
    {
        StartNs[lane] = NoBar;
        EndNs[lane] = long.MaxValue;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Load<T>(in Lanes<T> lanes)
        where T : unmanaged => Vector512.Create((ReadOnlySpan<T>)lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(ref Vector512<double> high, ref Vector512<double> low, double value)
    {
        Vector512<double> term = Vector512.Create(value);
        Vector512<double> sum = high + term;
        Vector512<double> part = sum - high;
        low += (high - (sum - part)) + (term - part);
        high = sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(ref Lanes<double> high, ref Lanes<double> low, double value, Vector512<double> mask)
    {
        Vector512<double> before = Load(high), restBefore = Load(low);
        Vector512<double> sum = before, rest = restBefore;
        AddTo(ref sum, ref rest, value);
        Vector512.ConditionalSelect(mask, sum, before).CopyTo((Span<double>)high);
        Vector512.ConditionalSelect(mask, rest, restBefore).CopyTo((Span<double>)low);
    }
}
