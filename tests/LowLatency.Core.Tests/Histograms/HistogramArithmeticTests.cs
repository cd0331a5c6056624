using FsCheck;
using FsCheck.Fluent;
using LowLatency.Core.Histograms;

namespace LowLatency.Core.Tests.Histograms;

public sealed class HistogramArithmeticTests
{
    private static readonly Arbitrary<int[]> Values = Arb.From(Gen.Choose(0, 2_000_000).ListOf().Select(values => values.ToArray()));

    [Fact]
    public void Should_Correct_As_If_The_Missing_Values_Were_Recorded_One_By_One() =>
        Check.One(Quick, Prop.ForAll(Arb.From(Gen.Choose(-5, 200_000)), Arb.From(Gen.Choose(-1, 40_000)), (value, interval) =>
        {
            LatencyHistogram corrected = New();
            LatencyHistogram naive = New();
            corrected.RecordCorrected(value, interval);
            naive.Record(value);
            if (interval > 0)
            {
                for (long missing = (long)value - interval; missing >= interval; missing -= interval) naive.Record(missing);
            }

            AssertSame(naive, corrected);
            LatencyHistogram later = New();
            later.Record(value);
            LatencyHistogram copy = later.CopyCorrected(interval);
            // The copy knows the value as its bucket only: the missing ones may be one bucket further, and one more.
            Assert.InRange(copy.Count, corrected.Count, corrected.Count + 1 + (interval > 0 ? value / 1000 / interval : 0));
            Assert.Equal((1, later.Max), (later.Count, copy.Max));
        }));

    [Fact]
    public void Should_Correct_The_Longest_Stall_At_The_Shortest_Interval_In_No_Time()
    {
        var histogram = new LatencyHistogram();
        histogram.RecordCorrected(long.MaxValue, 1);
        Assert.Equal(long.MaxValue, histogram.Count);
        Assert.Equal(1, histogram.CountAtValue(1));
        Assert.Equal(0, histogram.CountAtValue(0));
        Assert.Equal(1L << 62, histogram.RecordedBuckets.Where(bucket => bucket.Lowest >= 1L << 62).Sum(bucket => bucket.Count));
    }

    [Fact]
    public void Should_Correct_A_Recorded_Stall_In_A_Copy()
    {
        LatencyHistogram histogram = New();
        histogram.RecordWithCount(10, 90);
        histogram.RecordWithCount(1000, 2);
        LatencyHistogram corrected = histogram.CopyCorrected(100);
        Assert.Equal(92 + (2 * 9), corrected.Count);
        Assert.Equal((92, 2, 1000), (histogram.Count, corrected.CountAtValue(500), corrected.Max));
    }

    [Fact]
    public void Should_Add_And_Subtract_As_If_Recorded_Together() =>
        Check.One(Quick, Prop.ForAll(Values, Values, (first, second) =>
        {
            LatencyHistogram sum = Of(first);
            sum.Add(Of(second));
            AssertSame(Of([.. first, .. second]), sum);
            sum.Subtract(Of(second));
            Assert.Equal(Of(first).RecordedBuckets, sum.RecordedBuckets);
            Assert.Equal((first.Length, Of(first).Overflows), (sum.Count, sum.Overflows));
            Assert.Equal(Of(first).HighestEquivalentValue(Of(first).Max), sum.HighestEquivalentValue(sum.Max));
        }));

    [Fact]
    public void Should_Add_A_Histogram_Of_Another_Shape_By_Value()
    {
        var fine = new LatencyHistogram(1, 1_000_000, 5);
        fine.Record(7);
        fine.RecordWithCount(123_457, 2);
        fine.Record(900_001);
        var coarse = new LatencyHistogram(1, 200_000, 1);
        coarse.Add(fine);
        Assert.Equal((4, 1, 200_000), (coarse.Count, coarse.Overflows, coarse.Max));
        Assert.Equal((1, 2), (coarse.CountAtValue(7), coarse.CountAtValue(123_457)));
    }

    [Fact]
    public void Should_Refuse_To_Take_Away_What_Is_Not_There()
    {
        LatencyHistogram histogram = Of([1, 2, 2]);
        LatencyHistogram before = histogram.Copy();
        Assert.Contains("There are 1 values from 1 to 1; 2", Assert.Throws<ArgumentException>(() => histogram.Subtract(Of([1, 1]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => histogram.Subtract(new LatencyHistogram()));
        AssertSame(before, histogram);
    }

    [Fact]
    public void Should_Forget_Everything()
    {
        LatencyHistogram histogram = Of([1, 2, 1_999_999]);
        histogram.Reset();
        AssertSame(New(), histogram);
    }

    private static Config Quick => Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true);

    private static LatencyHistogram New() => new(1, 1_000_000, 3);

    private static LatencyHistogram Of(int[] values)
    {
        LatencyHistogram histogram = New();
        foreach (int value in values) histogram.Record(value);
        return histogram;
    }

    private static void AssertSame(LatencyHistogram expected, LatencyHistogram actual)
    {
        Assert.Equal(expected.RecordedBuckets, actual.RecordedBuckets);
        Assert.Equal((expected.Count, expected.Overflows, expected.Max, expected.Min), (actual.Count, actual.Overflows, actual.Max, actual.Min));
    }
}
