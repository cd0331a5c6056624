using System.Runtime.CompilerServices;

namespace LowLatency.Analytics.Numerics;

/// <summary>
/// A number carried in two doubles, their unevaluated sum: about 106 bits. Additions keep the rounding error of each step (Knuth's and Dekker's
/// error-free sums), so that what is added and later taken away again leaves nothing behind.
/// </summary>
internal struct TwoDouble
{
    public double High;
    public double Low;

    /// <summary>The number, rounded.</summary>
    public readonly double Value => High + Low;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double x) => Add(x, 0);

    /// <summary>This number and another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TwoDouble Plus(in TwoDouble other)
    {
        TwoDouble sum = this;
        sum.Add(other.High, other.Low);
        return sum;
    }

    /// <summary>This number less another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TwoDouble Less(in TwoDouble other)
    {
        TwoDouble difference = this;
        difference.Add(-other.High, -other.Low);
        return difference;
    }

    /// <summary>This number times a double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TwoDouble Times(double factor)
    {
        double product = High * factor;
        double rest = Math.FusedMultiplyAdd(High, factor, -product) + (Low * factor);
        double sum = product + rest;
        return new TwoDouble { High = sum, Low = rest - (sum - product) };
    }

    /// <summary>This number times itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TwoDouble Squared()
    {
        double product = High * High;
        double rest = Math.FusedMultiplyAdd(High, High, -product) + (2 * High * Low);
        double sum = product + rest;
        return new TwoDouble { High = sum, Low = rest - (sum - product) };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(double high, double low)
    {
        double before = High;
        double sum = before + high;
        double part = sum - before;
        double error = (before - (sum - part)) + (high - part) + (Low + low);
        double after = sum + error;
        High = after;
        Low = error - (after - sum);
    }
}
