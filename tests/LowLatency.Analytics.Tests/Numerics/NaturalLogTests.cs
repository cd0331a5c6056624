using LowLatency.Analytics.Numerics;

namespace LowLatency.Analytics.Tests.Numerics;

public sealed class NaturalLogTests
{
    private const double MaxUlps = 1.0;

    [Fact]
    public void Should_Be_Within_An_Ulp_Of_The_Exact_Value_For_All_Magnitudes()
    {
        var random = new Random(1);
        double worst = 0;
        for (int i = 0; i < 20_000; i++)
        {
            double x = BitConverter.Int64BitsToDouble(random.NextInt64(1, BitConverter.DoubleToInt64Bits(double.MaxValue)));
            worst = Math.Max(worst, ExactLog.ErrorInUlps(NaturalLog.Of(x), x, 1));
        }

        Assert.InRange(worst, 0, MaxUlps);
    }

    [Fact]
    public void Should_Be_Within_An_Ulp_Around_One_And_At_The_Seams()
    {
        var random = new Random(2);
        double worst = 0;
        foreach (double seam in new[] { 1, 0.5, 2, Math.Sqrt(2), Math.Sqrt(0.5), 4.0 / 3, 2.0 / 3, double.Epsilon, double.MinValue * -1, 2.2250738585072014E-308 })
        {
            double below = seam;
            double above = seam;
            for (int i = 0; i < 50; i++)
            {
                worst = Math.Max(worst, Math.Max(ExactLog.ErrorInUlps(NaturalLog.Of(below), below, 1), ExactLog.ErrorInUlps(NaturalLog.Of(above), above, 1)));
                if (below > double.Epsilon) below = Math.BitDecrement(below);
                if (above < double.MaxValue) above = Math.BitIncrement(above);
            }
        }

        for (int i = 0; i < 20_000; i++)
        {
            double x = 1 + ((random.NextDouble() - 0.5) * Math.Pow(10, -random.Next(16)));
            worst = Math.Max(worst, ExactLog.ErrorInUlps(NaturalLog.Of(x), x, 1));
        }

        Assert.InRange(worst, 0, MaxUlps);
    }

    [Fact]
    public void Should_Give_Ratios_Of_Prices_Within_Two_Ulps_Of_The_Ratio_Itself()
    {
        // The ratio is not rounded first: that alone would cost a ten-billionth of a move of one tick.
        var random = new Random(3);
        double worst = 0;
        for (int i = 0; i < 20_000; i++)
        {
            double b = Math.Pow(10, random.Next(-8, 9)) * (1 + random.NextDouble());
            double a = b * (1 + ((random.NextDouble() - 0.5) * Math.Pow(10, -random.Next(1, 15))));
            if (a != b) worst = Math.Max(worst, ExactLog.ErrorInUlps(NaturalLog.OfRatio(a, b), a, b));
        }

        Assert.InRange(worst, 0, 2);
    }

    [Theory]
    [InlineData(1e300, 1e-300)]
    [InlineData(1e-300, 1e300)]
    [InlineData(double.MaxValue, double.Epsilon)]
    [InlineData(double.Epsilon, double.Epsilon)]
    [InlineData(double.MaxValue, double.MaxValue)]
    [InlineData(3, 7)]
    [InlineData(1e-310, 1.1e-310)]
    public void Should_Give_Ratios_Of_Prices_That_Are_Far_Apart_Or_Extreme(double a, double b)
    {
        double found = NaturalLog.OfRatio(a, b);
        Assert.Equal(Math.Log(a) - Math.Log(b), found, 1e-12 * Math.Max(1, Math.Abs(found)));
    }

    [Fact]
    public void Should_Say_What_Has_No_Logarithm()
    {
        Assert.Equal(double.NegativeInfinity, NaturalLog.Of(0));
        Assert.Equal(double.NegativeInfinity, NaturalLog.Of(-0.0));
        Assert.Equal(double.PositiveInfinity, NaturalLog.Of(double.PositiveInfinity));
        Assert.True(double.IsNaN(NaturalLog.Of(-1)));
        Assert.True(double.IsNaN(NaturalLog.Of(double.NaN)));
        Assert.Equal(0, NaturalLog.Of(1));
        Assert.Equal(0, NaturalLog.OfRatio(61_000.1, 61_000.1));
    }

    // Bits as computed on x64: a processor or runtime that gives others breaks the promise that a replay's output is the same everywhere.
    [Theory]
    [InlineData(2.0, 0x3FE62E42FEFA39EF)]
    [InlineData(10.0, 0x40026BB1BBB55516)]
    [InlineData(0.1, unchecked((long)0xC0026BB1BBB55515))]
    [InlineData(61_000.1, 0x40260989F9530F0A)]
    public void Should_Have_The_Same_Bits_Everywhere(double x, long bits) => Assert.Equal(bits, BitConverter.DoubleToInt64Bits(NaturalLog.Of(x)));
}
