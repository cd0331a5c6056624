using LowLatency.Market.Records;

namespace LowLatency.Analytics.Intensity;

/// <summary>Follows one instrument's spikes from their begin to their end.</summary>
internal struct SpikeTracker
{
    private long _startK;
    private long _startNs;
    private double _base;
    private double _buffer;
    private double _peak;
    private long _peakK;
    private double _highest;
    private long _highestK;
    private double _lowest;
    private long _lowestK;
    private double _reference;
    private long _directionK;

    /// <summary>Whether one is on.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Direction of the one that is on, or that was on last: +1, -1, or 0 when it is not known.</summary>
    public int Direction { get; private set; }

    /// <summary>How many have begun.</summary>
    public long Begun { get; private set; }

    /// <summary>Begins one.</summary>
    /// <param name="k">Number of the trade.</param>
    /// <param name="trade">The trade.</param>
    /// <param name="smoothed">Its smoothed intensity, in basis points a second.</param>
    /// <param name="usual">The base.</param>
    /// <param name="buffer">The buffer.</param>
    /// <param name="reference">The price N trades before.</param>
    public void Begin(long k, in TradeRecord trade, double smoothed, double usual, double buffer, double reference)
    {
        IsOn = true;
        Begun++;
        _startK = _peakK = _highestK = _lowestK = k;
        _startNs = trade.Header.EventNs;
        _base = usual;
        _buffer = buffer;
        _peak = smoothed;
        _highest = _lowest = trade.Price;
        Direction = 0;
        Direct(k, trade.Price, reference);
    }

    /// <summary>A later trade of the spike, its last one included.</summary>
    public void Extend(long k, double price, double smoothed, double reference)
    {
        if (smoothed > _peak) (_peak, _peakK) = (smoothed, k);
        if (price > _highest) (_highest, _highestK) = (price, k);
        if (price < _lowest) (_lowest, _lowestK) = (price, k);
        if (Direction == 0) Direct(k, price, reference);
    }

    /// <summary>It is over.</summary>
    public void End() => IsOn = false;

    /// <summary>Writes what the spike is; the header is the caller's.</summary>
    public readonly void Describe(ref SpikeRecord record)
    {
        bool up = Direction > 0;
        record.StartNs = _startNs;
        record.Base = _base;
        record.Buffer = _buffer;
        record.Peak = _peak;
        record.PeakAfter = (uint)(_peakK - _startK);
        record.Direction = (sbyte)Direction;
        record.Extreme = Direction == 0 ? double.NaN : up ? _highest : _lowest;
        record.Reference = Direction == 0 ? double.NaN : _reference;
        record.DisplacementBps = Direction == 0 ? double.NaN : 1e4 * Numerics.NaturalLog.OfRatio(record.Extreme, _reference);
        record.DirectionAfter = Direction == 0 ? 0 : (uint)(_directionK - _startK);
        record.ExtremeAfter = Direction == 0 ? 0 : (uint)((up ? _highestK : _lowestK) - _startK);
    }

    private void Direct(long k, double price, double reference)
    {
        Direction = price.CompareTo(reference);
        if (Direction == 0) return;
        _directionK = k;
        _reference = reference;
    }
}
