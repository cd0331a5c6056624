using LowLatency.Feeds.Csv;
using LowLatency.Market.Records;

namespace LowLatency.Feeds.Tests.Csv;

public sealed class SharedTicksTests
{
    [Theory]
    [InlineData("crypto_binance_perp_20240719_20240808.csv.gz", 63_763, 254_617)]
    [InlineData("crypto_binance_spot_20240808.csv.gz", 15_863, 52_117)]
    [InlineData("us_equity_spy_trades_20131008.csv.gz", 451_545, 0)]
    [InlineData("us_equity_aig_trades_quotes_20131007.csv.gz", 25_351, 1_079_935)]
    [InlineData("us_equity_bac_trades_quotes_20131007.csv.gz", 88_172, 476_855)]
    [InlineData("us_equity_ibm_trades_quotes_20131008.csv.gz", 33_381, 125_750)]
    [InlineData("fx_oanda_eurusd_quotes_20140504_20140509.csv.gz", 0, 248_039)]
    [InlineData("fx_fxcm_eurusd_quotes_20140506_20140508.csv.gz", 0, 359_652)]
    [InlineData("cfd_oanda_xauusd_quotes_20140506.csv.gz", 0, 161_552)]
    [InlineData("futures_comex_gc_trades_20131007_20131008.csv.gz", 92_514, 0)]
    [InlineData("futures_es_esh4_trades_quotes_20231225.csv.gz", 2_973, 25_439)]
    public void Should_Read_Every_Row_Of_A_Real_File(string name, int trades, int quotes)
    {
        string? path = SharedFolder.Find(Path.Combine("data", "ticks", name));
        if (path is null) Assert.Skip($"shared/data/ticks/{name} is not here");
        var rig = new FeedRig(capacity: 1 << 16);
        TickCsvFeed feed = rig.Replay(path);
        List<TickRecord> records = rig.Run(feed);
        Assert.Equal(trades, records.Count(r => r.Header.Type == RecordType.Trade));
        Assert.Equal(quotes, records.Count(r => r.Header.Type == RecordType.Quote));
        Assert.Equal((trades + quotes, 0L), (records.Count, feed.MalformedRows));
        Assert.Empty(feed.FileProblems);
    }
}
