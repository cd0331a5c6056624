using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Market.Tests.Streams;

public sealed class ChannelTableTests
{
    private static readonly BarSpec[] Bars = [new("1s", 1_000_000_000), new("1m", 60_000_000_000), new("1h", 3_600_000_000_000)];
    private static readonly IndicatorSpec[] Indicators = [new("sma(20)", ["value"]), new("macd(12,26,9)", ["macd", "signal", "histogram"])];

    private readonly ChannelTable _table = new(Bars, Indicators);

    [Fact]
    public void Should_Name_Its_Channels() => Assert.Equal(
        [
            "trades", "quotes", "bars.1s", "bars.1m", "bars.1h", "ind.1s.sma(20)", "ind.1s.macd(12,26,9)", "ind.1m.sma(20)", "ind.1m.macd(12,26,9)",
            "ind.1h.sma(20)", "ind.1h.macd(12,26,9)", "gaps", "bbo", "intensity", "spikes", "reversals", "alerts",
        ],
        _table.Channels.Select(c => c.Name));

    [Fact]
    public void Should_Give_Every_Kind_Of_Record_A_Channel_Of_Its_Own()
    {
        var found = new List<int> { _table.ChannelOf(RecordType.Trade, 0, 0), _table.ChannelOf(RecordType.Quote, 0, 0) };
        for (int bar = 0; bar < Bars.Length; bar++)
        {
            int channel = _table.ChannelOf(RecordType.Bar, bar, 0);
            found.Add(channel);
            Assert.Equal((ChannelKind.Bars, Bars[bar], null), (_table.Channels[channel].Kind, _table.Channels[channel].Bar, _table.Channels[channel].Indicator));
            for (int indicator = 0; indicator < Indicators.Length; indicator++)
            {
                channel = _table.ChannelOf(RecordType.Indicator, bar, indicator);
                found.Add(channel);
                Assert.Equal((ChannelKind.Indicator, Bars[bar], Indicators[indicator]), (_table.Channels[channel].Kind, _table.Channels[channel].Bar, _table.Channels[channel].Indicator));
            }
        }

        found.Add(_table.ChannelOf(RecordType.Gap, 0, 0));
        foreach ((RecordType type, ChannelKind kind) in new[] { (RecordType.Intensity, ChannelKind.Intensity), (RecordType.Spike, ChannelKind.Spikes), (RecordType.Reversal, ChannelKind.Reversals), (RecordType.Alert, ChannelKind.Alerts) })
        {
            int channel = _table.ChannelOf(type, 0, 0);
            found.Add(channel);
            Assert.Equal(kind, _table.Channels[channel].Kind);
        }

        found.Add(_table.ChannelOf(RecordType.BestQuote, 0, 0));
        Assert.Equal(Enumerable.Range(0, _table.Channels.Count), found.Order());
        Assert.Equal(ChannelKind.Trades, _table.Channels[found[0]].Kind);
        Assert.Equal(ChannelKind.Quotes, _table.Channels[found[1]].Kind);
    }

    [Theory]
    [InlineData(RecordType.Bar, 3, 0)]
    [InlineData(RecordType.Bar, -1, 0)]
    [InlineData(RecordType.Indicator, 3, 0)]
    [InlineData(RecordType.Indicator, 0, 2)]
    [InlineData(RecordType.Indicator, 0, -1)]
    [InlineData(RecordType.Clock, 0, 0)]
    [InlineData(RecordType.Cancel, 0, 0)]
    [InlineData(RecordType.Correction, 0, 0)]
    [InlineData(RecordType.Imbalance, 0, 0)]
    [InlineData(RecordType.Malformed, 0, 0)]
    [InlineData(RecordType.None, 0, 0)]
    [InlineData((RecordType)99, 0, 0)]
    public void Should_Give_No_Channel_To_What_Belongs_To_None(RecordType type, int spec, int indicator) => Assert.Equal(-1, _table.ChannelOf(type, spec, indicator));

    [Fact]
    public void Should_Have_A_Channel_Of_Imbalances_With_Imbalance_Bars_Alone()
    {
        var table = new ChannelTable([.. Bars, BarSpec.OfEvents(BarKind.Tick, 100), BarSpec.OfEvents(BarKind.Imbalance, 50)], Indicators);
        Assert.True(table.TryGet("imbalances", out Channel? channel));
        Assert.Equal((ChannelKind.Imbalances, "ib"), (channel!.Kind, channel.Bar!.Name));
        Assert.Equal(channel.Index, table.ChannelOf(RecordType.Imbalance, 0, 0));
        Assert.True(table.TryGet("bars.t100", out _) && table.TryGet("ind.ib.sma(20)", out _));
        Assert.Equal(table.Channels.Count, table.Channels.Select(c => c.Name).Distinct().Count());
    }

    [Fact]
    public void Should_Number_Streams_Without_Holes_And_Twins()
    {
        IEnumerable<int> streams = from instrument in Enumerable.Range(0, 50) from channel in _table.Channels select _table.StreamOf((uint)instrument, channel.Index);
        Assert.Equal(Enumerable.Range(0, 50 * _table.Channels.Count), streams.Order());
    }

    [Fact]
    public void Should_Refuse_A_Stream_That_No_Int_Can_Number()
    {
        Assert.Throws<OverflowException>(() => _table.StreamOf(uint.MaxValue, 0));
        Assert.Throws<OverflowException>(() => _table.StreamOf(int.MaxValue, 0));
    }

    [Fact]
    public void Should_Find_Channels_By_Name()
    {
        Assert.All(_table.Channels, expected =>
        {
            Assert.True(_table.TryGet(expected.Name, out Channel? found));
            Assert.Same(expected, found);
            Assert.Same(expected, _table.Channels[expected.Index]);
        });
        Assert.False(_table.TryGet("bars.2s", out _));
        Assert.False(_table.TryGet("Trades", out _));
    }

    [Fact]
    public void Should_Refuse_Two_Channels_Of_One_Name() =>
        Assert.Contains("bars.1s", Assert.Throws<ArgumentException>(() => new ChannelTable([Bars[0], Bars[0]], [])).Message, StringComparison.Ordinal);

    [Fact]
    public void Should_Not_Change_With_The_Callers_Lists()
    {
        var bars = new List<BarSpec>(Bars);
        var table = new ChannelTable(bars, Indicators);
        int before = table.ChannelOf(RecordType.Indicator, 2, 1);
        bars.Clear();
        Assert.Equal(3, table.Bars.Count);
        Assert.Equal(before, table.ChannelOf(RecordType.Indicator, 2, 1));
    }
}
