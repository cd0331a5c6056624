using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LowLatency.Analytics.Numerics;

/// <summary>Four <see cref="TwoDouble"/>s side by side; lanes never mix, so that every width of vectors, and scalar code, gives the same bits.</summary>
internal struct TwoDoubles
{
    public Vector256<double> High;
    public Vector256<double> Low;

    /// <summary>One of them.</summary>
    public readonly TwoDouble this[int lane] => new() { High = High[lane], Low = Low[lane] };

    /// <summary>Adds numbers, each in two parts of which the second is small against the first, as <see cref="TwoDouble"/> does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector256<double> high, Vector256<double> low)
    {
        // Each is read and written once: what goes through memory on the way costs more than the additions.
        Vector256<double> before = High;
        Vector256<double> sum = before + high;
        Vector256<double> part = sum - before;
        Vector256<double> error = (before - (sum - part)) + (high - part) + (Low + low);
        Vector256<double> after = sum + error;
        High = after;
        Low = error - (after - sum);
    }

    /// <summary>The exact difference of numbers, in two parts; what they have in a second part themselves is rounded into that of the difference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoDoubles Difference(Vector256<double> high, Vector256<double> low, Vector256<double> lessHigh, Vector256<double> lessLow)
    {
        Vector256<double> difference = high - lessHigh;
        Vector256<double> part = difference - high;
        return new TwoDoubles { High = difference, Low = (high - (difference - part)) - (lessHigh + part) + (low - lessLow) };
    }
}
