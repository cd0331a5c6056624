using LowLatency.Analytics.Numerics;

namespace LowLatency.Analytics.Intensity;

/// <summary>
/// Smooths a series: SMA, EMA or ZLMA, each with its first value at its n-th input (ZLMA: n-th input with a predecessor <c>lag</c> before it). O(1) an update.
/// </summary>
internal struct Smoother
{
    private readonly Smoothing _kind;
    private readonly int _length;
    private readonly int _lag;
    private readonly double[] _past;
    private double _alpha;
    private WindowSum _sum;
    private double _value;
    private int _next;
    private int _past0;
    private int _seen;

    public Smoother(Smoothing kind, int length)
    {
        _kind = kind;
        _length = length;
        _alpha = 2.0 / (length + 1);
        _lag = kind == Smoothing.Zlma ? (length - 1) / 2 : 0;
        _past = new double[kind == Smoothing.Sma ? length : _lag];
        _sum = new WindowSum(length);
        _value = double.NaN;
    }

    /// <summary>Takes the next value; gives the average, NaN while it warms up.</summary>
    public double Update(double x)
    {
        switch (_kind)
        {
            case Smoothing.Sma:
                _sum.Update(x, _past[_next]);
                Keep(x);
                if (_seen < _length && ++_seen < _length) return double.NaN;
                return _sum.Sum.Value / _length;
            case Smoothing.Zlma when _lag > 0:
                double before = _past[_next];
                Keep(x);
                if (_past0 < _lag)
                {
                    _past0++;
                    return double.NaN;
                }

                // The floor is on what is told, not in the recursion; NaN stays.
                double smoothed = Average(x + (x - before));
                return smoothed < 0 ? 0 : smoothed;
            default:
                return Average(x);
        }
    }

    /// <summary>The same kind with another length. An EMA that is warm goes on from its value; the others warm up again.</summary>
    public readonly Smoother WithLength(int length)
    {
        var other = new Smoother(_kind, length);
        if (_kind != Smoothing.Ema || _seen < _length) return other;
        other._value = _value;
        other._seen = length;
        return other;
    }

    private double Average(double x)
    {
        if (_seen >= _length) return _value += _alpha * (x - _value);
        _sum.Update(x, 0);
        if (++_seen < _length) return double.NaN;
        return _value = _sum.Sum.Value / _length;
    }

    private void Keep(double x)
    {
        _past[_next] = x;
        _next = _next + 1 == _past.Length ? 0 : _next + 1;
    }
}
