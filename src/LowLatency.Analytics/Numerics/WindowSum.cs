using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LowLatency.Analytics.Numerics;

/// <summary>
/// The sum of the last n values, O(1) an update, in two doubles. Beside the sum that values enter and leave runs one that values only
/// enter; after n of them it is the window's sum, takes its place, and begins anew. So no error is older than two windows, however long the stream.
/// </summary>
/// <param name="length">n, at least 1.</param>
internal struct WindowSum(int length)
{
    private readonly int _length = length;

    // Lane 0: the window's; lane 1: the fresh one.
    private Vector128<double> _high;
    private Vector128<double> _low;
    private int _fresh;

    /// <summary>The sum of the values in the window.</summary>
    public readonly TwoDouble Sum => new() { High = _high.ToScalar(), Low = _low.ToScalar() };

    /// <summary>One value enters.</summary>
    /// <param name="entering">The value.</param>
    /// <param name="leaving">The one that entered n updates before; 0 while the window fills.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update(double entering, double leaving)
    {
        // What it changes, exactly, in two parts; then the additions of TwoDouble in both lanes.
        double difference = entering - leaving;
        double rest = difference - entering;
        Vector128<double> high = Vector128.Create(difference, entering);
        Vector128<double> low = Vector128.CreateScalar((entering - (difference - rest)) - (leaving + rest));
        Vector128<double> before = _high;
        Vector128<double> sum = before + high;
        Vector128<double> part = sum - before;
        Vector128<double> error = (before - (sum - part)) + (high - part) + (_low + low);
        Vector128<double> after = sum + error;
        _high = after;
        _low = error - (after - sum);
        if (++_fresh == _length) Renew();
    }

    private void Renew()
    {
        _high = Vector128.CreateScalar(_high[1]);
        _low = Vector128.CreateScalar(_low[1]);
        _fresh = 0;
    }
}
