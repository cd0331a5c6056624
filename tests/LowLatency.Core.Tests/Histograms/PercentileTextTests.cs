using LowLatency.Core.Histograms;

namespace LowLatency.Core.Tests.Histograms;

public sealed class PercentileTextTests
{
    [Fact]
    public void Should_Write_The_Standard_Text()
    {
        var histogram = new LatencyHistogram(1, 1_000_000, 2);
        histogram.RecordWithCount(1000, 3);
        histogram.Record(2000);
        Assert.Equal(
            """
                   Value     Percentile TotalCount 1/(1-Percentile)

                    1.00 0.000000000000          3           1.00
                    1.00 0.500000000000          3           2.00
                    1.00 0.750000000000          3           4.00
                    2.01 0.875000000000          4           8.00
                    2.01 1.000000000000          4
            #[Mean    =         1.25, StdDeviation   =         0.43]
            #[Max     =         2.01, Total count    =            4]
            #[Buckets =           13, SubBuckets     =          256]

            """.ReplaceLineEndings("\n"),
            Text(histogram, 1000, 1));
    }

    [Fact]
    public void Should_Write_Of_Nothing_But_The_Footer()
    {
        string[] lines = Text(new LatencyHistogram(), 1, 5).Split('\n');
        Assert.Equal("", lines[1]);
        Assert.Equal("#[Mean    =         0.00, StdDeviation   =         0.00]", lines[2]);
        Assert.Equal("#[Max     =         0.00, Total count    =            0]", lines[3]);
    }

    [Fact]
    public void Should_End_However_Many_Values_There_Are()
    {
        // So many that a double cannot tell their shares: the steps go on until they are too small, and no further.
        var histogram = new LatencyHistogram();
        histogram.RecordWithCount(1, (1L << 62) - 2);
        histogram.Record(2);
        histogram.Record(3);
        string[] lines = Text(histogram, 1, 1000).Split('\n');
        Assert.InRange(lines.Length, 10_000, 60_000);
        Assert.StartsWith("        3.00 1.000000000000 4611686018427387904", lines[^5], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(-1, 5)]
    [InlineData(double.NaN, 5)]
    [InlineData(double.PositiveInfinity, 5)]
    [InlineData(1, 0)]
    [InlineData(1, 1001)]
    public void Should_Refuse_What_Is_No_Unit_Or_Step(double valuesPerUnit, int steps) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Text(new LatencyHistogram(), valuesPerUnit, steps));

    [Theory]
    [InlineData(1.005, 2, "1.01")]
    [InlineData(0.125, 2, "0.13")]
    [InlineData(2.5, 0, "3")]
    [InlineData(1e-9, 3, "0.000")]
    [InlineData(9.223372036854775807E18, 2, "9223372036854775808.00")]
    public void Should_Round_Halves_Up_As_They_Stand(double value, int places, string text) => Assert.Equal(text, FixedPointText.Of(value, places));

    private static string Text(LatencyHistogram histogram, double valuesPerUnit, int steps)
    {
        using var text = new StringWriter();
        PercentileText.Write(text, histogram, valuesPerUnit, steps);
        return text.ToString();
    }
}
