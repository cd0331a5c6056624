using LowLatency.Core.Histograms;

namespace LowLatency.Core.Tests.Histograms;

public sealed class BucketLayoutTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(1, 3)]
    [InlineData(1, 4)]
    [InlineData(1, 5)]
    [InlineData(1000, 1)]
    [InlineData(1000, 3)]
    [InlineData(1_000_000_007, 5)]
    public void Should_Find_The_Index_Of_Every_Boundary(long lowest, int digits)
    {
        var layout = new BucketLayout(lowest, long.MaxValue, digits);
        double precision = Math.Pow(10, digits);
        long bottom = 0;
        for (int index = 0; index < layout.Length; index++)
        {
            long top = layout.TopOf(index);
            // Assert.Equal on each would take seconds for the millions of five digits.
            bool right = layout.BottomOf(index) == bottom && layout.IndexOf(bottom) == index && layout.IndexOf(top) == index && layout.WidthOf(index) == top - bottom + 1;
            Assert.True(right, $"Index {index} is {bottom} to {top}.");
            Assert.True(top - bottom < Math.Max(lowest, bottom / precision), $"Index {index}, {bottom} to {top}, is too wide.");
            bottom = unchecked(top + 1);
        }

        // The last one ends where long does.
        Assert.Equal(long.MinValue, bottom);
    }

    [Theory]
    [InlineData(1, 2, 1, 1, 32)]
    [InlineData(1, 31, 1, 1, 32)]
    [InlineData(1, 32, 1, 2, 48)]
    [InlineData(1, 3_600_000_000, 3, 22, 23_552)]
    [InlineData(1, long.MaxValue, 2, 56, 7_296)]
    [InlineData(1024, 2047 * 1024, 3, 1, 2048)]
    [InlineData(1024, 2048 * 1024, 3, 2, 3072)]
    public void Should_Have_As_Many_Buckets_As_The_Range_Takes(long lowest, long highest, int digits, int buckets, int length)
    {
        var layout = new BucketLayout(lowest, highest, digits);
        Assert.Equal((buckets, length), (layout.Buckets, layout.Length));
        Assert.InRange(layout.IndexOf(highest), 0, layout.Length - 1);
    }

    [Theory]
    [InlineData(0, 100, 2)]
    [InlineData(-1, 100, 2)]
    [InlineData(51, 101, 2)]
    [InlineData(1, 1, 2)]
    [InlineData(1, -1, 2)]
    [InlineData(1, 100, 0)]
    [InlineData(1, 100, 6)]
    [InlineData(1L << 60, long.MaxValue, 2)]
    public void Should_Refuse_What_Is_No_Shape(long lowest, long highest, int digits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LatencyHistogram(lowest, highest, digits));
}
