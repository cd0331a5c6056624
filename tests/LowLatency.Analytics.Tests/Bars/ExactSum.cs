using System.Globalization;
using System.Numerics;

namespace LowLatency.Analytics.Tests.Bars;

/// <summary>A sum of doubles without any rounding but one, at its end: in whole numbers of 2^-80, which all values of these tests are.</summary>
internal struct ExactSum
{
    private BigInteger _sum;

    public void Add(double value) => _sum += (BigInteger)(value * Math.Pow(2, 80));

    public readonly double Value => double.Parse($"{_sum * BigInteger.Pow(5, 80)}E-80", CultureInfo.InvariantCulture);
}
