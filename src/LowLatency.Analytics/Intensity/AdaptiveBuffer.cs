using LowLatency.Analytics.Numerics;

namespace LowLatency.Analytics.Intensity;

/// <summary>
/// Base and buffer from the last W smoothed intensities. The coefficient of variation is the root of n sum(S²) - (sum S)², over sum S; the difference is
/// taken in two doubles, so that nothing cancels that matters. O(1) a trade.
/// </summary>
internal struct AdaptiveBuffer
{
    private readonly double[] _values;
    private readonly int _recentLength;
    private WindowSum _window;
    private WindowSum _recent;
    private int _next;
    private int _seen;

    /// <param name="window">W.</param>
    /// <param name="recent">How many of them are recent, fewer than W.</param>
    public AdaptiveBuffer(int window, int recent)
    {
        _values = new double[window];
        _recentLength = recent;
        _window = new WindowSum(window);
        _recent = new WindowSum(recent);
    }

    /// <summary>Whether W values have been seen.</summary>
    public readonly bool IsWarm => _seen == _values.Length;

    /// <summary>(1 - w) mean(history) + w mean(recent).</summary>
    public readonly double Base(double recentWeight)
    {
        double recent = _recent.Sum.Value / _recentLength;
        double history = _window.Sum.Less(_recent.Sum).Value / (_values.Length - _recentLength);
        return ((1 - recentWeight) * history) + (recentWeight * recent);
    }

    /// <summary>Population standard deviation over the mean; 0 when the mean is 0.</summary>
    public readonly double Cv()
    {
        double sum = _window.Sum.Value;
        if (!(sum > 0)) return 0;
        double spread = _window.Squares.Times(_values.Length).Less(_window.Sum.Squared()).Value;
        return spread > 0 ? Math.Sqrt(spread) / sum : 0;
    }

    public void Add(double value)
    {
        int before = _next - _recentLength;
        // Places not yet filled hold 0.
        _recent.Update(value, _values[before < 0 ? before + _values.Length : before]);
        _window.UpdateSquares(value, _values[_next]);
        _values[_next] = value;
        _next = _next + 1 == _values.Length ? 0 : _next + 1;
        if (_seen < _values.Length) _seen++;
    }

    /// <summary>The same with other lengths: the newest values are kept, as many as there are and fit.</summary>
    public readonly AdaptiveBuffer WithLengths(int window, int recent)
    {
        var other = new AdaptiveBuffer(window, recent);
        for (int i = Math.Max(0, _seen - window); i < _seen; i++) other.Add(_values[(_next - _seen + i + _values.Length) % _values.Length]);
        return other;
    }
}
