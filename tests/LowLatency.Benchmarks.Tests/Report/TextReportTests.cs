using LowLatency.Benchmarks.Report;
using static LowLatency.Benchmarks.Tests.Results;

namespace LowLatency.Benchmarks.Tests.Report;

public sealed class TextReportTests
{
    [Fact]
    public void Should_Have_A_Table_For_Each_Group()
    {
        string[] lines = [.. TextReport.Lines(Throughput(Run(Own, 0, 100), Run(Peer, 0, 50), Run(Own, 1, 9, 300, 300), Run(Peer, 1, 3, 300, 300)))];
        Assert.Contains(lines, line => line.Contains("Near cores, hop 50 ns", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("Far cores, hop 300 ns", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(Own, StringComparison.Ordinal) && line.Contains("2.00 (2.00 – 2.00)", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("gone: missing; it left", StringComparison.Ordinal));
    }

    [Fact]
    public void Should_Align_Columns()
    {
        var table = new TextTable("name", "value");
        table.Add("a", "1");
        table.Add("longer", "1000");
        Assert.Equal(["name    value", "------  -----", "a           1", "longer   1000"], table.Lines());
        Assert.Throws<ArgumentException>(() => table.Add("one"));
    }
}
