using LowLatency.Analytics.Numerics;

namespace LowLatency.Analytics.Intensity;

/// <summary>The last N + 1 prices of an instrument and their times: how far the price went, how far it came, and how long that took. O(1) a trade.</summary>
internal struct PricePath
{
    private const double BpsPerUnit = 1e4;

    private readonly int _moves;
    private readonly double[] _prices;
    private readonly long[] _times;
    private readonly double[] _lengths;
    private WindowSum _sum;
    private double _last;
    private int _next;
    private int _nextLength;
    private int _seen;

    /// <param name="moves">N.</param>
    public PricePath(int moves)
    {
        _moves = moves;
        _prices = new double[moves];
        _times = new long[moves];
        _lengths = new double[moves];
        _sum = new WindowSum(moves);
    }

    /// <summary>Whether there are N moves.</summary>
    public readonly bool IsWarm => _seen > _moves;

    /// <summary>The price N trades before the last one.</summary>
    public double Reference { get; private set; }

    /// <summary>Its time, nanoseconds.</summary>
    public long ReferenceNs { get; private set; }

    /// <summary>Sum of |ln| of the N moves, in basis points.</summary>
    public readonly double PathBps => BpsPerUnit * _sum.Sum.Value;

    /// <summary>10,000 ln(last price / reference).</summary>
    public readonly double NetBps => BpsPerUnit * NaturalLog.OfRatio(_last, Reference);

    /// <summary>Takes the next trade.</summary>
    public void Add(double price, long eventNs)
    {
        if (_seen > 0)
        {
            double length = Math.Abs(NaturalLog.OfRatio(price, _last));
            // Places not yet filled hold 0.
            ref double slot = ref _lengths[_nextLength];
            _sum.Update(length, slot);
            slot = length;
            _nextLength = _nextLength + 1 == _moves ? 0 : _nextLength + 1;
        }

        // The slot holds the price N trades ago: it is read before this one takes it.
        Reference = _prices[_next];
        ReferenceNs = _times[_next];
        _prices[_next] = price;
        _times[_next] = eventNs;
        _next = _next + 1 == _moves ? 0 : _next + 1;
        _last = price;
        if (_seen <= _moves) _seen++;
    }

    /// <summary>The same with another N: the newest trades are kept, as many as there are and fit.</summary>
    public readonly PricePath WithMoves(int moves)
    {
        var other = new PricePath(moves);
        int kept = Math.Min(_seen, _moves);
        for (int i = Math.Max(0, kept - moves - 1); i < kept; i++)
        {
            int at = (_next - kept + i + _moves) % _moves;
            other.Add(_prices[at], _times[at]);
        }

        return other;
    }
}
