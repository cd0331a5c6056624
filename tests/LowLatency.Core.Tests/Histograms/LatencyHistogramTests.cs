using FsCheck;
using FsCheck.Fluent;
using LowLatency.Core.Histograms;

namespace LowLatency.Core.Tests.Histograms;

public sealed class LatencyHistogramTests
{
    private static readonly double[] Percentiles = [0, 0.1, 10, 25, 50, 75, 90, 99, 99.9, 99.99, 100];

    // Durations of every magnitude: a value of 63 bits, shifted.
    private static readonly Arbitrary<long[]> Durations = Arb.From(
        Gen.Choose(0, int.MaxValue).Two().SelectMany(pair => Gen.Choose(0, 62).Select(shift => (((long)pair.Item1 << 32) | (uint)pair.Item2) >> shift)).NonEmptyListOf().Select(l => l.ToArray()));

    [Fact]
    public void Should_Agree_With_Sorted_Values_Within_A_128th() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true), Prop.ForAll(Durations, AgreesWithSorted));

    [Fact]
    public void Should_Be_Exact_For_Small_Values()
    {
        var histogram = new LatencyHistogram();
        for (int i = 255; i >= 0; i--) histogram.Record(i);
        Assert.Equal(0, histogram.Percentile(0));
        Assert.Equal(127, histogram.Percentile(50));
        Assert.Equal(255, histogram.Percentile(100));
    }

    [Theory]
    [InlineData(99.9, 1000, 999)]
    [InlineData(99.99, 10_000, 9_999)]
    [InlineData(99, 100, 99)]
    [InlineData(0.1, 1000, 1)]
    [InlineData(7, 100, 7)]
    [InlineData(55, 100, 55)]
    public void Should_Take_The_Rank_That_A_Round_Percentile_Means(double percentile, int values, int rank)
    {
        // The values above the rank are far away, so that one rank too many shows.
        var histogram = new LatencyHistogram();
        for (int i = 1; i <= values; i++) histogram.Record(i <= rank ? 10 : 1_000_000);
        Assert.Equal(10, histogram.Percentile(percentile));
        Assert.Equal(values == rank ? 10 : 1_000_000, histogram.Percentile(100));
    }

    [Fact]
    public void Should_Find_The_Bucket_Of_Every_Boundary()
    {
        int expected = 0;
        long bottom = 0;
        while (true)
        {
            long top = LatencyHistogram.TopOf(expected);
            Assert.Equal(expected, LatencyHistogram.IndexOf(bottom));
            Assert.Equal(expected, LatencyHistogram.IndexOf(top));
            Assert.True(top - bottom <= bottom / 128, $"Bucket {expected} is {bottom} to {top}.");
            if (top == long.MaxValue) break;
            expected++;
            bottom = top + 1;
        }
    }

    [Fact]
    public void Should_Hold_The_Largest_Value_There_Is()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(long.MaxValue);
        histogram.Record(long.MaxValue - 1);
        Assert.Equal(long.MaxValue, histogram.Max);
        Assert.Equal(long.MaxValue, histogram.Percentile(50));
        Assert.Equal(2, histogram.Count);
    }

    [Fact]
    public void Should_Count_A_Step_Back_As_Zero()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(-5);
        histogram.Record(long.MinValue);
        Assert.Equal((2, 0, 0), (histogram.Count, histogram.Max, histogram.Percentile(100)));
    }

    [Fact]
    public void Should_Say_Zero_When_Empty() => Assert.Equal(0, new LatencyHistogram().Percentile(99));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(100.1)]
    [InlineData(double.NaN)]
    public void Should_Refuse_What_Is_No_Percentile(double percentile) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(percentile), () => new LatencyHistogram().Percentile(percentile));

    private static void AgreesWithSorted(long[] durations)
    {
        var histogram = new LatencyHistogram();
        foreach (long duration in durations) histogram.Record(duration);
        long[] sorted = [.. durations.Order()];
        Assert.Equal(durations.Length, histogram.Count);
        Assert.Equal(sorted[^1], histogram.Max);
        Assert.Equal(sorted[^1], histogram.Percentile(100));
        foreach (double percentile in Percentiles)
        {
            int rank = Math.Max(1, (int)Math.Ceiling((decimal)percentile * sorted.Length / 100));
            long exact = sorted[rank - 1];
            Assert.InRange(histogram.Percentile(percentile), exact, Math.Max(exact, exact + (exact / 128)));
        }
    }
}
