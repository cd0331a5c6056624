using LowLatency.Benchmarks.Report.Html;
using static LowLatency.Benchmarks.Tests.Results;

namespace LowLatency.Benchmarks.Tests.Report;

public sealed class HtmlReportTests
{
    private readonly string _page = HtmlReport.Page(Documents.Of(Throughput(Run(Own, 0, 2), Run(Peer, 0, 1)), Latency()));

    [Fact]
    public void Should_Need_Nothing_Else()
    {
        foreach (string outside in new[] { "http:", "https:", "<script", "<link", "<img", "url(", "@import" }) Assert.DoesNotContain(outside, _page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Should_Draw_Each_Group_And_Tell_What_Is_Missing()
    {
        Assert.Equal(2, _page.Split("<svg").Length - 1);
        Assert.Contains("<polyline", _page, StringComparison.Ordinal);
        Assert.Contains("<rect", _page, StringComparison.Ordinal);
        Assert.Contains("gone: it left", _page, StringComparison.Ordinal);
        Assert.Contains("2.00×", _page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", _page, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Escape_Text() => Assert.Contains("nothing &lt;at&gt; all", _page, StringComparison.Ordinal);
}
