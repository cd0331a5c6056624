using LowLatency.Market.Streams;

namespace LowLatency.Market.Tests.Streams;

public sealed class BarSpecTests
{
    [Theory]
    [InlineData("1s", 1_000_000_000)]
    [InlineData("10s", 10_000_000_000)]
    [InlineData("90s", 90_000_000_000)]
    [InlineData("1m", 60_000_000_000)]
    [InlineData("4h", 14_400_000_000_000)]
    [InlineData("1d", 86_400_000_000_000)]
    [InlineData("7d", 604_800_000_000_000)]
    [InlineData("168h", 604_800_000_000_000)]
    public void Should_Read_An_Interval(string text, long intervalNs)
    {
        Assert.True(BarSpec.TryParse(text, out BarSpec? spec));
        Assert.Equal(new BarSpec(text, intervalNs), spec);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("5")]
    [InlineData("0s")]
    [InlineData("05m")]
    [InlineData("-5m")]
    [InlineData("+5m")]
    [InlineData(" 5m")]
    [InlineData("5 m")]
    [InlineData("5m ")]
    [InlineData("5M")]
    [InlineData("1.5m")]
    [InlineData("1w")]
    [InlineData("5ms")]
    [InlineData("8d")]
    [InlineData("169h")]
    [InlineData("2147483647d")]
    [InlineData("99999999999s")]
    [InlineData("٥m")]
    public void Should_Refuse_Everything_Else(string text)
    {
        Assert.False(BarSpec.TryParse(text, out BarSpec? spec));
        Assert.Null(spec);
    }
}
