using System.Runtime.CompilerServices;

namespace LowLatency.Analytics.Numerics;

/// <summary>A running sum in two doubles: what each addition rounds off is kept (Knuth's error-free addition), so that a million terms cost no digits.</summary>
internal struct CompensatedSum
{
    /// <summary>The sum as one double would have it, and what it has rounded off so far.</summary>
    public double High;
    public double Low;

    /// <summary>The sum.</summary>
    public readonly double Value => High + Low;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double term)
    {
        double sum = High + term;
        double part = sum - High;
        Low += (High - (sum - part)) + (term - part);
        High = sum;
    }
}
