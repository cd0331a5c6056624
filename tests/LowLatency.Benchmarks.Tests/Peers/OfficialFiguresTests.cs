using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Peers.Official;
using LowLatency.Core.Histograms;

namespace LowLatency.Benchmarks.Tests.Peers;

public sealed class OfficialFiguresTests
{
    [Theory]
    [InlineData("2.258e+07 msgs/sec, 1.445e+09 bytes/sec, totals 22705701 messages 1385 MB payloads", 2.258e7)]
    [InlineData("Total: 886ms, 1.128e+08 msgs/sec, 3.609e+09 bytes/sec, totals 100000000 messages 3051 MB payloads", 1.128e8)]
    [InlineData("9500 msgs/sec, 608000 bytes/sec, totals 9500 messages 0 MB payloads", 9500)]
    public void Should_Read_The_Last_Rate(string line, double expected)
    {
        Assert.Equal(expected, OfficialFigures.Rate(["1 msgs/sec", line, "Done streaming. Back pressure ratio 0.2"], "sample"));
    }

    [Fact]
    public void Should_Say_What_Was_Printed_In_Place_Of_Figures()
    {
        Assert.Contains("'no driver'", Assert.Throws<LabException>(() => OfficialFigures.Rate(["no driver"], "sample")).Message, StringComparison.Ordinal);
        Assert.Contains("sample printed no percentiles", Assert.Throws<LabException>(() => OfficialFigures.Latency([], "sample")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Read_A_Printed_Distribution()
    {
        string[] lines =
        [
            "       Value   Percentile   TotalCount 1/(1-Percentile)",
            "",
            "       0.210     0.000000            1         1.00",
            "       0.560     0.500000           50         2.00",
            "       0.560     0.550000           50         2.22",
            "       3.510     0.990625           99       106.67",
            "    3432.447     1.000000          100          inf",
            "#[Mean    =        0.510, StdDeviation   =       32.535]",
            "#[Max     =     3432.447, Total count    =          100]",
        ];
        LatencyHistogram latency = OfficialFigures.Latency(lines, "sample");
        Assert.Equal((100L, 560L, 3510L, 3510L, 3_432_447L), (latency.Count, latency.Percentile(50), latency.Percentile(90) / 10 * 10, latency.Percentile(99) / 10 * 10, latency.Max));
    }
}
