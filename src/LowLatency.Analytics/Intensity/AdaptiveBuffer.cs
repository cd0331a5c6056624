using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LowLatency.Analytics.Numerics;

namespace LowLatency.Analytics.Intensity;

/// <summary>
/// Base and buffer from the last W smoothed intensities. The coefficient of variation is the root of n sum(S²) - (sum S)², over sum S; the difference is
/// taken in two doubles, so that nothing cancels that matters. O(1) a trade.
/// </summary>
/// <remarks>
/// Three sums side by side: of the history, of the squares of the whole window, of the recent values. As in <see cref="WindowSum"/> fresh ones run beside them and take their
/// place every window, so that no error is older than two.
/// </remarks>
internal struct AdaptiveBuffer
{
    private const int History = 0;
    private const int Squares = 1;
    private const int Recent = 2;

    private readonly double[] _values;
    private readonly int _recentLength;
    private TwoDoubles _sums;
    private TwoDoubles _fresh;
    private int _freshWindow;
    private int _freshHistory;
    private int _freshRecent;
    private int _next;
    private int _seen;

    /// <param name="window">W.</param>
    /// <param name="recent">How many of them are recent, fewer than W.</param>
    public AdaptiveBuffer(int window, int recent)
    {
        _values = new double[window];
        _recentLength = recent;
    }

    /// <summary>Whether W values have been seen.</summary>
    public readonly bool IsWarm => _seen == _values.Length;

    /// <summary>Sum of the values of the window.</summary>
    public readonly TwoDouble Sum => _sums[History].Plus(_sums[Recent]);

    /// <summary>Sum of their squares.</summary>
    public readonly TwoDouble SquareSum => _sums[Squares];

    /// <summary>A weighted sum of what is history and what is recent.</summary>
    /// <param name="historyWeight">What a value of the history counts for: for (1 - w) mean(history) + w mean(recent) the first weight over how many they are.</param>
    /// <param name="recentWeight">What a recent value counts for.</param>
    public readonly double Base(double historyWeight, double recentWeight) => (historyWeight * _sums[History].Value) + (recentWeight * _sums[Recent].Value);

    /// <summary>Population standard deviation over the mean; 0 when the mean is 0.</summary>
    public readonly double Cv()
    {
        TwoDouble sum = Sum;
        if (!(sum.Value > 0)) return 0;
        double spread = SquareSum.Times(_values.Length).Less(sum.Squared()).Value;
        return spread > 0 ? Math.Sqrt(spread) / sum.Value : 0;
    }

    /// <summary>
    /// A quick answer for most trades: whether a value lies surely below base (1 + lambda cv), from one double instead of two, with a margin that is larger
    /// than what that rounds off. False says nothing.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="usual">The base.</param>
    /// <param name="lambda">lambda, at least 0.</param>
    /// <param name="cvMax">The most that cv counts for.</param>
    public readonly bool IsSurelyBelow(double value, double usual, double lambda, double cvMax)
    {
        double excess = value - usual;
        if (excess <= 0) return true;
        double sum = _sums.High[History] + _sums.High[Recent];
        double squares = _sums.High[Squares] * _values.Length;
        double spread = squares - (sum * sum);
        double scale = lambda * usual;
        // (excess / scale)² against cv² = spread / sum². The relative error of the spread is that of its terms, magnified where they cancel.
        return excess < scale * cvMax * (1 - 1e-6) && excess * excess * (sum * sum) < scale * scale * ((spread * (1 - 1e-6)) - (squares * 1e-14));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double value)
    {
        int before = _next - _recentLength;
        // Places not yet filled hold 0.
        double aging = _values[before < 0 ? before + _values.Length : before];
        ref double slot = ref _values[_next];
        // What is no longer recent is history.
        (Vector256<double> high, Vector256<double> low) = Terms(aging, value, value);
        (Vector256<double> lessHigh, Vector256<double> lessLow) = Terms(slot, slot, aging);
        var change = TwoDoubles.Difference(high, low, lessHigh, lessLow);
        _sums.Add(change.High, change.Low);
        _fresh.Add(high, low);
        slot = value;
        _next = _next + 1 == _values.Length ? 0 : _next + 1;
        if (_seen < _values.Length) _seen++;
        if (++_freshRecent == _recentLength) RenewRecent();
        if (++_freshHistory == _values.Length - _recentLength) RenewHistory();
        if (++_freshWindow == _values.Length) RenewWindow();
    }

    /// <summary>The same with other lengths: the newest values are kept, as many as there are and fit.</summary>
    public readonly AdaptiveBuffer WithLengths(int window, int recent)
    {
        var other = new AdaptiveBuffer(window, recent);
        for (int i = Math.Max(0, _seen - window); i < _seen; i++) other.Add(_values[(_next - _seen + i + _values.Length) % _values.Length]);
        return other;
    }

    // What enters or leaves: a value of the history, the square of one of the window, with all bits, and a recent value.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> High, Vector256<double> Low) Terms(double history, double window, double recent)
    {
        var values = Vector256.Create(history, window, recent, 0);
        var factors = Vector256.Create(1, window, 1, 0);
        Vector256<double> high = values * factors;
        return (high, Vector256.FusedMultiplyAdd(values, factors, -high));
    }

    private void RenewRecent()
    {
        Renew(Vector256.Create(0L, 0, -1, 0).AsDouble());
        _freshRecent = 0;
    }

    private void RenewWindow()
    {
        Renew(Vector256.Create(0L, -1, 0, 0).AsDouble());
        _freshWindow = 0;
    }

    private void RenewHistory()
    {
        Renew(Vector256.Create(-1L, 0, 0, 0).AsDouble());
        _freshHistory = 0;
    }

    private void Renew(Vector256<double> lanes)
    {
        _sums.High = Vector256.ConditionalSelect(lanes, _fresh.High, _sums.High);
        _sums.Low = Vector256.ConditionalSelect(lanes, _fresh.Low, _sums.Low);
        _fresh.High = Vector256.AndNot(_fresh.High, lanes);
        _fresh.Low = Vector256.AndNot(_fresh.Low, lanes);
    }
}
