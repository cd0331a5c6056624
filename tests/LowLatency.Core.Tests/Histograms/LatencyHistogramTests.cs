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

    [Fact]
    public void Should_Count_Values_Above_The_Highest_As_It_And_As_Overflows()
    {
        var histogram = new LatencyHistogram(1, 1000, 3);
        histogram.Record(1000);
        histogram.Record(1001);
        histogram.RecordWithCount(long.MaxValue, 3);
        Assert.Equal((5, 4, 1000), (histogram.Count, histogram.Overflows, histogram.Max));
        Assert.Equal(5, histogram.CountAtValue(1000));
        Assert.Equal(1000, histogram.Percentile(100));
    }

    [Fact]
    public void Should_Record_Nothing_With_A_Count_Of_Nothing()
    {
        var histogram = new LatencyHistogram(1, 1000, 3);
        histogram.RecordWithCount(2000, 0);
        histogram.RecordWithCount(2000, -1);
        Assert.Equal((0, 0, 0), (histogram.Count, histogram.Overflows, histogram.Max));
    }

    [Fact]
    public void Should_Tell_Values_From_Percentiles_And_Back()
    {
        var histogram = new LatencyHistogram(1, 1_000_000, 2);
        foreach (long value in (long[])[10, 1001, 1002, 100_000]) histogram.Record(value);
        Assert.Equal(25, histogram.PercentileAtOrBelow(10));
        Assert.Equal(75, histogram.PercentileAtOrBelow(1000));
        Assert.Equal(100, histogram.PercentileAtOrBelow(long.MaxValue));
        Assert.Equal(0, histogram.PercentileAtOrBelow(-1));
        // 1000 to 1003 share a bucket, 99,840 to 100,351 do; the percentile stops at the recorded maximum, the bucket's top is above it.
        Assert.Equal((1000, 1003), (histogram.LowestEquivalentValue(1001), histogram.HighestEquivalentValue(1001)));
        Assert.Equal((100_000, 100_351), (histogram.Percentile(100), histogram.ValueAtPercentile(100)));
        Assert.Equal((1003, 1003), (histogram.Percentile(75), histogram.ValueAtPercentile(75)));
        Assert.Equal((10, 10), (histogram.Min, histogram.ValueAtPercentile(0)));
        Assert.Equal(2, histogram.CountAtValue(1003));
    }

    [Fact]
    public void Should_Say_Mean_And_Deviation_Of_What_Is_Exact()
    {
        var histogram = new LatencyHistogram(1, 1000, 3);
        foreach (long value in (long[])[2, 4, 4, 4, 5, 5, 7, 9]) histogram.Record(value);
        Assert.Equal((5.0, 2.0), (histogram.Mean, histogram.StandardDeviation));
        Assert.Equal(2, histogram.Min);
        Assert.Equal((0.0, 0.0, 0), (new LatencyHistogram().Mean, new LatencyHistogram().StandardDeviation, new LatencyHistogram().Min));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(100.1)]
    [InlineData(double.NaN)]
    public void Should_Refuse_What_Is_No_Percentile(double percentile) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(percentile), () => new LatencyHistogram().Percentile(percentile));

    // Histograms of many digits are large and slow to search.
    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 100)]
    [InlineData(3, 50)]
    [InlineData(4, 20)]
    [InlineData(5, 4)]
    public void Should_Agree_With_Sorted_Values_Within_The_Digits(int digits, int runs) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(runs).WithQuietOnSuccess(true),
            Prop.ForAll(Durations, durations => AgreesWithSorted(durations, new LatencyHistogram(1, long.MaxValue, digits), (long)Math.Pow(10, digits))));

    private static void AgreesWithSorted(long[] durations) => AgreesWithSorted(durations, new LatencyHistogram(), 128);

    private static void AgreesWithSorted(long[] durations, LatencyHistogram histogram, long precision)
    {
        foreach (long duration in durations) histogram.Record(duration);
        long[] sorted = [.. durations.Order()];
        Assert.Equal(durations.Length, histogram.Count);
        Assert.Equal(sorted[^1], histogram.Max);
        Assert.Equal(sorted[^1], histogram.Percentile(100));
        foreach (double percentile in Percentiles)
        {
            int rank = Math.Max(1, (int)Math.Ceiling((decimal)percentile * sorted.Length / 100));
            long exact = sorted[rank - 1];
            Assert.InRange(histogram.Percentile(percentile), exact, Math.Max(exact, exact + (exact / precision)));
        }
    }
}
