using LowLatency.Analytics.Numerics;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Reversals;

/// <summary>
/// Choppiness (Dreiss): 100 ln(sum of true ranges / (highest high - lowest low)) / ln n over the last n bars; the first bar's true range is high - low.
/// O(n) a bar.
/// </summary>
internal struct Choppiness
{
    private readonly double[] _ranges;
    private readonly double[] _highs;
    private readonly double[] _lows;
    private double _close;
    private int _next;
    private int _seen;

    /// <param name="length">n, at least 2.</param>
    public Choppiness(int length)
    {
        _ranges = new double[length];
        _highs = new double[length];
        _lows = new double[length];
        _close = double.NaN;
    }

    /// <summary>n.</summary>
    public readonly int Length => _ranges.Length;

    /// <summary>Highest high of the last n bars.</summary>
    public double Highest { get; private set; }

    /// <summary>Lowest low of the last n bars.</summary>
    public double Lowest { get; private set; }

    /// <summary>Takes a closed bar; gives choppiness, NaN while there are fewer than n bars and when the price has not moved in them.</summary>
    public double Update(in BarRecord bar)
    {
        double range = bar.High - bar.Low;
        if (!double.IsNaN(_close)) range = Math.Max(range, Math.Max(Math.Abs(bar.High - _close), Math.Abs(bar.Low - _close)));
        _close = bar.Close;
        _ranges[_next] = range;
        _highs[_next] = bar.High;
        _lows[_next] = bar.Low;
        _next = _next + 1 == _ranges.Length ? 0 : _next + 1;
        if (_seen < _ranges.Length && ++_seen < _ranges.Length) return double.NaN;
        double sum = 0;
        Highest = _highs[0];
        Lowest = _lows[0];
        for (int i = 0; i < _ranges.Length; i++)
        {
            sum += _ranges[i];
            Highest = Math.Max(Highest, _highs[i]);
            Lowest = Math.Min(Lowest, _lows[i]);
        }

        double width = Highest - Lowest;
        return width > 0 ? 100 * NaturalLog.OfRatio(sum, width) / NaturalLog.Of(_ranges.Length) : double.NaN;
    }
}
