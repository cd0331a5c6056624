using FsCheck;
using FsCheck.Fluent;
using LowLatency.Aeron.Channels;

namespace LowLatency.Aeron.Tests.Channels;

public sealed class ChannelUriTests
{
    [Fact]
    public void Should_Take_A_Channel_Apart()
    {
        ChannelUri uri = ChannelUri.Parse("aeron-spy:aeron:udp?endpoint=localhost:20121|term-length=64k|alias=a=b|mtu=8K|mtu=1408");
        Assert.Equal(
            ("aeron-spy", "udp", false, "localhost:20121", "a=b", "1408", (string?)null),
            (uri.Prefix, uri.Media, uri.IsIpc, uri["endpoint"], uri["alias"], uri["mtu"], uri["none"]));
        Assert.Equal((65536L, 1408L, (long?)null), (uri.Size("term-length"), uri.Size("mtu"), uri.Size("none")));
        Assert.True(ChannelUri.Parse("aeron:ipc").IsIpc);
        Assert.Equal("aeron-spy:aeron:udp?endpoint=localhost:20121|term-length=64k|alias=a=b|mtu=8K|mtu=1408", uri.ToString());
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("7ns", 7)]
    [InlineData("7us", 7_000)]
    [InlineData("7ms", 7_000_000)]
    [InlineData("7s", 7_000_000_000)]
    public void Should_Read_Durations(string text, long ns) => Assert.Equal(ns, ChannelUri.Parse($"aeron:ipc?linger={text}").DurationNs("linger"));

    [Theory]
    [InlineData("1", 1)]
    [InlineData("2k", 2048)]
    [InlineData("2M", 2 << 20)]
    [InlineData("1g", 1 << 30)]
    public void Should_Read_Sizes(string text, long bytes) => Assert.Equal(bytes, ChannelUri.Parse($"aeron:ipc?mtu={text}").Size("mtu"));

    [Theory]
    [InlineData("-1")]
    [InlineData("k")]
    [InlineData("1.5k")]
    [InlineData("9223372036854775807k")]
    [InlineData("99999999999999999999")]
    public void Should_Say_What_Is_No_Size(string text) =>
        Assert.Contains($"mtu={text}", Assert.Throws<FormatException>(() => ChannelUri.Parse($"aeron:ipc?mtu={text}").Size("mtu")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "begin")]
    [InlineData("ipc", "begin")]
    [InlineData("aeron:tcp", "tcp")]
    [InlineData("aeron:", "media ''")]
    [InlineData("aeron:ipc?", "key=value")]
    [InlineData("aeron:ipc?a=1||b=2", "key=value")]
    [InlineData("aeron:ipc?=1", "empty key")]
    [InlineData("aeron:ipc?a=", "empty value of 'a'")]
    public void Should_Say_What_Is_No_Channel(string text, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => ChannelUri.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Should_Refuse_A_Channel_That_Is_Too_Long()
    {
        string longest = "aeron:ipc?alias=" + new string('x', 4095 - 16);
        Assert.Equal(longest, ChannelUri.Parse(longest).ToString());
        Assert.Throws<FormatException>(() => ChannelUri.Parse(longest + "x"));
    }

    [Fact]
    public void Should_Build_What_It_Parses()
    {
        ChannelUri uri = new ChannelUriBuilder
        {
            TermLength = 65536, Mtu = 1408, SessionId = -5, Tether = false, Rejoin = true, Sparse = false, PublicationWindow = 4096, Alias = "ticks",
        }.Build();
        Assert.Equal("aeron:ipc?term-length=65536|mtu=1408|session-id=-5|tether=false|rejoin=true|sparse=false|pub-wnd=4096|alias=ticks", uri.ToString());
        Assert.Equal((65536L, -5, false), (uri.Size("term-length"), uri.Int32("session-id"), uri.Boolean("tether")));
        Assert.Equal("aeron:udp?endpoint=localhost:20121", new ChannelUriBuilder { Media = "udp", Endpoint = "localhost:20121" }.Build().ToString());
        Assert.Equal("aeron:ipc?mtu=64", ChannelUri.Parse("aeron:ipc?alias=a|mtu=32").With("alias", null).With("mtu", "64").ToString());
        Assert.Throws<ArgumentException>(() => uri.With("a|b", "c"));
        Assert.Throws<ArgumentException>(() => uri.With("a", "b|c"));
        Assert.Throws<ArgumentException>(() => uri.With("a", ""));
    }

    [Fact]
    public void Should_Keep_What_It_Was_Given() =>
        Prop.ForAll<NonEmptyString[]>(values =>
        {
            ChannelUri uri = ChannelUri.Parse("aeron:ipc");
            string[] kept = [.. values.Select(v => v.Get.Replace("|", "", StringComparison.Ordinal)).Where(v => v.Length is > 0 and < 100).Take(20)];
            for (int i = 0; i < kept.Length; i++) uri = uri.With($"k{i}", kept[i]);
            ChannelUri again = ChannelUri.Parse(uri.ToString());
            for (int i = 0; i < kept.Length; i++) Assert.Equal(kept[i], again[$"k{i}"]);
        }).Check(Config.QuickThrowOnFailure);
}
