using System.Numerics;
using LowLatency.Analytics.Intensity;
using LowLatency.Analytics.Numerics;

namespace LowLatency.Analytics.Tests.Numerics;

public sealed class WindowSumTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void Should_Be_The_Exact_Sums_Of_The_Window_Rounded_Once(int length)
    {
        var random = new Random(length);
        var sum = new WindowSum(length);
        var buffer = new AdaptiveBuffer(length, 1);
        var window = new Queue<double>(Enumerable.Repeat(0.0, length));
        for (int i = 0; i < 5_000; i++)
        {
            // Ten orders of magnitude side by side, twenty of the squares.
            double x = Math.Pow(10, random.Next(-5, 6)) * random.NextDouble();
            window.Enqueue(x);
            sum.Update(x, window.Dequeue());
            buffer.Add(x);
            Assert.Equal(Rational(window, square: false), sum.Sum.Value, 1e-15 * sum.Sum.Value);
            Assert.Equal(sum.Sum.Value, buffer.Sum.Value);
            Assert.Equal(Rational(window, square: true), buffer.SquareSum.Value, 1e-10 * buffer.SquareSum.Value);
        }
    }

    [Fact]
    public void Should_Leave_Nothing_Behind_Of_What_Has_Left()
    {
        var sum = new WindowSum(3);
        double[] values = [1e16, 0.1, 1e-9, 0.25, 0.5, 1e-9, 0.125];
        for (int i = 0; i < values.Length; i++) sum.Update(values[i], i < 3 ? 0 : values[i - 3]);
        Assert.Equal(0.5 + 1e-9 + 0.125, sum.Sum.Value);
    }

    [Fact]
    public void Should_Not_Drift_In_Two_Million_Updates() => CheckDrift(2_000_000);

    [Fact]
    [Trait("Category", "Long")]
    public void Should_Not_Drift_In_A_Hundred_Million_Updates() => CheckDrift(100_000_000);

    private static void CheckDrift(int updates)
    {
        const int window = 1000;
        var buffer = new AdaptiveBuffer(window, 100);
        var last = new double[window];
        var random = new Random(5);
        for (int i = 0; i < updates; i++)
        {
            double x = random.Next(100) == 0 ? 1e4 * random.NextDouble() : 1 + (1e-3 * random.NextDouble());
            // The last two windows are calm: what the wild ones have left behind would show.
            if (i >= updates - (2 * window)) x = 1 + (1e-3 * random.NextDouble());
            buffer.Add(x);
            last[i % window] = x;
        }

        double mean = last.Average();
        double cv = Math.Sqrt(last.Average(x => (x - mean) * (x - mean))) / mean;
        Assert.Equal(cv, buffer.Cv(), 1e-9 * cv);
        int next = updates % window;
        double recent = Enumerable.Range(1, 100).Average(i => last[(next - i + window) % window]);
        double history = Enumerable.Range(101, 900).Average(i => last[(next - i + (2 * window)) % window]);
        Assert.Equal((0.8 * history) + (0.2 * recent), buffer.Base(0.8 / 900, 0.2 / 100), 1e-12);
    }

    // Whole numbers of 2^-2200: every double and every square is one.
    private static double Rational(IEnumerable<double> values, bool square)
    {
        BigInteger sum = 0;
        foreach (double value in values)
        {
            long bits = BitConverter.DoubleToInt64Bits(value);
            BigInteger whole = value == 0 ? 0 : ((BigInteger)((bits & 0xFFFFFFFFFFFFF) | (1L << 52))) << (int)((bits >> 52) - 975);
            sum += square ? whole * whole : whole;
        }

        return square ? (double)sum * Math.ScaleB(1, -100) * Math.ScaleB(1, -100) : (double)sum * Math.ScaleB(1, -100);
    }
}
