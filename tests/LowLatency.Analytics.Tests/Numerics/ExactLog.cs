using System.Numerics;

namespace LowLatency.Analytics.Tests.Numerics;

/// <summary>The twin of the logarithm: whole numbers of 2^-320, by the series of artanh, so that some 90 digits are right.</summary>
internal static class ExactLog
{
    private const int Bits = 320;

    private static readonly BigInteger Ln2 = TwiceArtanh(BigInteger.One, 3);

    /// <summary>How far a value is from ln(a / b), in units in the last place of the value that ln(a / b) rounds to.</summary>
    public static double ErrorInUlps(double value, double a, double b)
    {
        BigInteger exact = OfRatio(a, b);
        BigInteger error = BigInteger.Abs(Fixed(value) - exact);
        if (exact.IsZero) return value == 0 ? 0 : double.PositiveInfinity;
        double nearest = (double)exact * Math.ScaleB(1, -Bits);
        double ulp = Math.BitIncrement(Math.Abs(nearest)) - Math.Abs(nearest);
        return (double)error / (double)Fixed(ulp);
    }

    private static BigInteger OfRatio(double a, double b)
    {
        (BigInteger an, int ae) = Parts(a);
        (BigInteger bn, int be) = Parts(b);
        int exponent = ae - be;
        // Brought to within a factor of √2 of each other, for the series.
        while (an * 10 > bn * 14)
        {
            bn <<= 1;
            exponent++;
        }

        while (an * 14 < bn * 10)
        {
            an <<= 1;
            exponent--;
        }

        return TwiceArtanh(an - bn, an + bn) + (exponent * Ln2);
    }

    private static BigInteger TwiceArtanh(BigInteger numerator, BigInteger denominator)
    {
        BigInteger s = (numerator << Bits) / denominator;
        BigInteger square = (s * s) >> Bits;
        BigInteger power = s;
        BigInteger sum = s;
        for (int n = 3; !power.IsZero && power != BigInteger.MinusOne; n += 2)
        {
            power = (power * square) >> Bits;
            sum += power / n;
        }

        return sum * 2;
    }

    private static BigInteger Fixed(double value)
    {
        (BigInteger mantissa, int exponent) = Parts(Math.Abs(value));
        int shift = Bits + exponent;
        BigInteger magnitude = shift >= 0 ? mantissa << shift : mantissa >> -shift;
        return value < 0 ? -magnitude : magnitude;
    }

    private static (BigInteger Mantissa, int Exponent) Parts(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52);
        long mantissa = bits & 0xFFFFFFFFFFFFF;
        return exponent == 0 ? (mantissa, -1074) : (mantissa | (1L << 52), exponent - 1075);
    }
}
