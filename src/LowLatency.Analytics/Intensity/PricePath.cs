using System.Runtime.CompilerServices;
using LowLatency.Analytics.Numerics;

namespace LowLatency.Analytics.Intensity;

/// <summary>The last N + 1 prices of an instrument and their times: how far the price went, how far it came, and how long that took. O(1) a trade.</summary>
internal struct PricePath
{
    private const double BpsPerUnit = 1e4;

    private readonly int _moves;
    private readonly Step[] _steps;
    private WindowSum _sum;
    private double _last;
    private int _next;
    private int _seen;

    /// <param name="moves">N.</param>
    public PricePath(int moves)
    {
        _moves = moves;
        _steps = new Step[moves];
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double price, long eventNs)
    {
        // The first trade has no move to it; it counts as one of length 0, which leaves when the first window is full.
        double length = _seen > 0 ? Math.Abs(NaturalLog.OfRatio(price, _last)) : 0;
        // The slot holds the trade N before this one, and zeros while there is none.
        ref Step slot = ref _steps[_next];
        Reference = slot.Price;
        ReferenceNs = slot.EventNs;
        _sum.Update(length, slot.Length);
        slot.Price = price;
        slot.EventNs = eventNs;
        slot.Length = length;
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
            other.Add(_steps[at].Price, _steps[at].EventNs);
        }

        return other;
    }

    /// <summary>A trade, and |ln| of the move to it.</summary>
    private struct Step
    {
        public double Price;
        public long EventNs;
        public double Length;
    }
}
