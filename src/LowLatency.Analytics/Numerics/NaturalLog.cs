using System.Runtime.CompilerServices;

namespace LowLatency.Analytics.Numerics;

/// <summary>
/// The natural logarithm, within 1 ulp and with the same bits on every processor: sums, products and quotients as IEEE 754 rounds them, the fused
/// multiply-add where it is written and nowhere else. The libraries behind <see cref="Math.Log(double)"/> differ from one system to another.
/// </summary>
/// <remarks>
/// With s = (a - b) / (a + b), ln(a / b) = 2 atanh(s) = 2 (s + s³/3 + s⁵/5 + …). For |s| at most 0.1716, that is for ratios from 0.707 to 1.415, eleven
/// terms behind the first leave less than 2^-64. The first term dominates, so it is carried with the remainder of its division.
/// </remarks>
internal static class NaturalLog
{
    private const double Sqrt2 = 1.4142135623730951;
    private const double MaxSeries = 0.1715;

    private const double MaxShortSeries = 1.0 / 512;

    // ln 2 in two parts; the first has 40 bits, so that its product with an exponent is exact.
    private const double Ln2High = 0.6931471805592082;
    private const double Ln2Low = 7.371002565167799e-13;

    // Prices beyond these take the long way: the short one would lose bits, or overflow.
    private const double SmallestPrice = 1e-100;
    private const double LargestPrice = 1e300;

    /// <summary>ln x; -∞ for 0, NaN for negative numbers and NaN, +∞ for +∞.</summary>
    /// <param name="x">A number.</param>
    public static double Of(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x)) return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        int exponent = -1023;
        if (x < 2.2250738585072014E-308)
        {
            // Subnormal: its leading bit is brought to where normal numbers have it.
            x *= 18014398509481984.0;
            exponent -= 54;
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        exponent += (int)(bits >> 52);
        double m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | (1023L << 52));
        if (m > Sqrt2)
        {
            m *= 0.5;
            exponent++;
        }

        return Sum(m, 1, exponent);
    }

    /// <summary>ln(a / b), as exact for ratios near 1 as for others.</summary>
    /// <param name="a">A finite number above 0.</param>
    /// <param name="b">Another.</param>
    public static double OfRatio(double a, double b)
    {
        double difference = a - b;
        double sum = a + b;
        // The difference is exact here: a and b are within a factor 2.
        if (Math.Abs(difference) <= MaxShortSeries * sum && b > SmallestPrice && a < LargestPrice) return difference == 0 ? 0 : ShortSum(a, b, difference, sum);
        if (Math.Abs(difference) <= MaxSeries * sum && b > SmallestPrice && a < LargestPrice) return Sum(a, b, 0);
        double ratio = a / b;
        return double.IsNormal(ratio) ? Of(ratio) : Of(a) - Of(b);
    }

    // For moves of prices, which are small: four terms behind the first leave less than 2^-64.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ShortSum(double a, double b, double difference, double sum)
    {
        double part = sum - a;
        double sumRest = (a - (sum - part)) + (b - part);
        double inverse = 1 / sum;
        double s = difference * inverse;
        double remainder = Math.FusedMultiplyAdd(-s, sum, difference) - (s * sumRest);
        double z = s * s;
        double terms = Math.FusedMultiplyAdd(z, 2.0 / 9, 2.0 / 7);
        terms = Math.FusedMultiplyAdd(z, terms, 2.0 / 5);
        terms = Math.FusedMultiplyAdd(z, terms, 2.0 / 3);
        return (2 * s) + Math.FusedMultiplyAdd(s * z, terms, 2 * remainder * inverse);
    }

    private static double Sum(double a, double b, int exponent)
    {
        double difference = a - b;
        double sum = a + b;
        double part = sum - a;
        double sumRest = (a - (sum - part)) + (b - part);
        double inverse = 1 / sum;
        double s = difference * inverse;
        double remainder = Math.FusedMultiplyAdd(-s, sum, difference) - (s * sumRest);
        double z = s * s;
        double w = z * z;
        // 2/3 + 2/5 z + 2/7 z² + …, even and odd places apart: two chains run side by side.
        double even = Math.FusedMultiplyAdd(w, 2.0 / 23, 2.0 / 19);
        even = Math.FusedMultiplyAdd(w, even, 2.0 / 15);
        even = Math.FusedMultiplyAdd(w, even, 2.0 / 11);
        even = Math.FusedMultiplyAdd(w, even, 2.0 / 7);
        even = Math.FusedMultiplyAdd(w, even, 2.0 / 3);
        double odd = Math.FusedMultiplyAdd(w, 2.0 / 21, 2.0 / 17);
        odd = Math.FusedMultiplyAdd(w, odd, 2.0 / 13);
        odd = Math.FusedMultiplyAdd(w, odd, 2.0 / 9);
        odd = Math.FusedMultiplyAdd(w, odd, 2.0 / 5);
        double tail = Math.FusedMultiplyAdd(s * z, Math.FusedMultiplyAdd(z, odd, even), 2 * remainder * inverse);
        if (exponent == 0) return (2 * s) + tail;
        // exponent ln 2 is larger than twice s here, so that the error of their sum is exact in this order.
        double high = exponent * Ln2High;
        double total = high + (2 * s);
        double totalRest = (high - total) + (2 * s);
        return total + (totalRest + Math.FusedMultiplyAdd(exponent, Ln2Low, tail));
    }
}
