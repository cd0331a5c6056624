using System.Text;
using LowLatency.Core.Rings;
using LowLatency.Feeds.Csv;
using LowLatency.Feeds.Settings;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;

namespace LowLatency.Feeds.Tests.Csv;

public sealed class TickCsvFeedTests : IDisposable
{
    private const string Header = "ts_ns,symbol,type,price,size,bid,bid_size,ask,ask_size,exchange,flags\n";

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(ProducerMode.Single)]
    [InlineData(ProducerMode.Multi)]
    public void Should_Read_Trades_And_Quotes(ProducerMode mode)
    {
        var rig = new FeedRig(mode: mode);
        TickCsvFeed feed = rig.Replay(_files.Text(Header + "1,AA,T,1.25,3,,,,,N,\n2,BB,Q,,,10.1,5,10.2,,,\n"));
        List<TickRecord> records = rig.Run(feed);

        Assert.Equal(2, records.Count);
        Assert.Equal(RecordType.Trade, records[0].Header.Type);
        Assert.Equal((1.25, 3.0), (records[0].Trade.Price, records[0].Trade.Size));
        Assert.Equal("N", rig.Sources.Name(records[0].Header.Source));
        Assert.Equal("AA", rig.Instruments.Symbol(records[0].Header.Instrument));
        Assert.Equal(RecordType.Quote, records[1].Header.Type);
        Assert.Equal((10.1, 5.0, 10.2, double.NaN), (records[1].Quote.Bid, records[1].Quote.BidSize, records[1].Quote.Ask, records[1].Quote.AskSize));
        Assert.Equal("csv", rig.Sources.Name(records[1].Header.Source));
        Assert.Equal("BB", rig.Instruments.Symbol(records[1].Header.Instrument));
        Assert.Equal((2L, 2L, 0L), (feed.Rows, feed.Published, feed.MalformedRows));
        Assert.Empty(feed.FileProblems);
    }

    [Fact]
    public void Should_Read_Every_Flag()
    {
        TradeRecord trade = Trade("t=17;m=1;r=99;c=20002020;susp;seq=5;T=77;unknown=1;Z");
        Assert.Equal((17UL, (sbyte)-1, 99L, 0x20002020u, 5UL), (trade.TradeId, trade.Aggressor, trade.Header.ReceiveNs, trade.Conditions, trade.Header.Sequence));
        Assert.Equal(RecordFlags.SourceSuspect | RecordFlags.ChannelSequence, trade.Header.Flags);
        Assert.Equal(1, Trade("m=0").Aggressor);
        Assert.Equal(1, Trade("side=B").Aggressor);
        Assert.Equal(-1, Trade("side=A").Aggressor);
        Assert.Equal(-1, Trade("side=S").Aggressor);
        Assert.Equal(0, Trade("side=N").Aggressor);
        Assert.Equal((uint)('I' | ('N' << 8) | ('S' << 16) | ('U' << 24)), Trade("X=INSURANCE_FUND").Conditions);
        Assert.Equal((uint)('N' | ('A' << 8)), Trade("X=NA").Conditions);
        Assert.Equal(RecordFlags.None, Trade("").Header.Flags);

        var rig = new FeedRig();
        QuoteRecord quote = rig.Run(rig.Replay(_files.Text(Header + "1,AA,Q,,,1,1,2,1,N,r=8;seq=9;susp;c=1\n")))[0].Quote;
        Assert.Equal((8L, 9UL, RecordFlags.SourceSuspect | RecordFlags.ChannelSequence), (quote.Header.ReceiveNs, quote.Header.Sequence, quote.Header.Flags));
        Assert.Equal(1, quote.AskSize);
    }

    [Fact]
    public void Should_Find_Columns_By_Name()
    {
        var rig = new FeedRig();
        List<TickRecord> records = rig.Run(new TickCsvFeed(rig.Context, new ReplaySettings
        {
            Symbol = "ZZ",
            Files = [_files.Text("\uFEFFextra,size, price ,event_ns,seq,recv_ns,aggressor,trade_id\r\nx,2,1.5,10,7,11,-1,3\r\n,2,1.5,10,,,,\r\n,2,1.5,10,,,+1,\r\n")],
        }));
        TradeRecord trade = records[0].Trade;
        Assert.Equal((2.0, 1.5, 10L, 7UL, 11L, (sbyte)-1, 3UL),
            (trade.Size, trade.Price, trade.Header.EventNs, trade.Header.Sequence, trade.Header.ReceiveNs, trade.Aggressor, trade.TradeId));
        Assert.Equal(RecordFlags.None, trade.Header.Flags);
        Assert.Equal("ZZ", rig.Instruments.Symbol(trade.Header.Instrument));
        Assert.Equal((0UL, 0L, (sbyte)0), (records[1].Header.Sequence, records[1].Header.ReceiveNs, records[1].Trade.Aggressor));
        Assert.Equal(1, records[2].Trade.Aggressor);
    }

    [Fact]
    public void Should_Read_Kinds_By_Letter_And_By_Name()
    {
        var rig = new FeedRig();
        List<TickRecord> records = rig.Run(rig.Replay(_files.Text("kind,event_ns,symbol,price,size\nT,1,A,1,1\ntrade,2,A,1,1\nQ,3,A,,\nquote,4,A,,\nK,5,A,,\n")));
        Assert.Equal([RecordType.Trade, RecordType.Trade, RecordType.Quote, RecordType.Quote, RecordType.Clock], records.Select(r => r.Header.Type));
        Assert.Equal(double.NaN, records[2].Quote.Bid);
    }

    [Theory]
    [InlineData("x1,AA,T,1,1,,,,,N,", "ts_ns", "x1", 0L)]
    [InlineData("99999999999999999999,AA,T,1,1,,,,,N,", "ts_ns", "99999999999999999999", 0L)]
    [InlineData(",AA,T,1,1,,,,,N,", "ts_ns", "", 0L)]
    [InlineData("-5,AA,T,1,1,,,,,N,", "ts_ns", "-5", 0L)]
    [InlineData("5,,T,1,1,,,,,N,", "symbol", "", 5L)]
    [InlineData("5,A A,T,1,1,,,,,N,", "symbol", "A A", 5L)]
    [InlineData("5,AA,Z,1,1,,,,,N,", "type", "Z", 5L)]
    [InlineData("5,AA,,1,1,,,,,N,", "type", "", 5L)]
    [InlineData("5,AA,T,one,1,,,,,N,", "price", "one", 5L)]
    [InlineData("5,AA,T,,1,,,,,N,", "price", "", 5L)]
    [InlineData("5,AA,T,1,,,,,,N,", "size", "", 5L)]
    [InlineData("5,AA,Q,,,b,1,2,1,N,", "bid", "b", 5L)]
    [InlineData("5,AA,Q,,,1,b,2,1,N,", "bid_size", "b", 5L)]
    [InlineData("5,AA,Q,,,1,1,1.1.1,1,N,", "ask", "1.1.1", 5L)]
    [InlineData("5,AA,Q,,,1,1,2,?,N,", "ask_size", "?", 5L)]
    [InlineData("5,AA,T,1,1,,,,,NEW YORK,", "exchange", "NEW YORK", 5L)]
    [InlineData("5,AA,T,1,1,,,,,N,t=x", "flags", "t=x", 5L)]
    [InlineData("5,AA,T,1,1,,,,,N,m=2", "flags", "m=2", 5L)]
    [InlineData("5,AA,T,1,1,,,,,N,side=Q", "flags", "side=Q", 5L)]
    [InlineData("5,AA,T,1,1,,,,,N,seq=", "flags", "seq=", 5L)]
    [InlineData("5,AA,T,1,1,,,,,N,r=", "flags", "r=", 5L)]
    [InlineData("5,AA,T,1,1,,,,,N,c=xyz", "flags", "c=xyz", 5L)]
    [InlineData("5,AA,T", "", "5,AA,T", 5L)]
    [InlineData("5", "", "5", 5L)]
    [InlineData("5,AA,T,1,1,,,,,N,,", "", "5,AA,T,1,1,,,,,N,,", 5L)]
    [InlineData("   ", "", "   ", 0L)]
    public void Should_Keep_The_Place_Of_A_Malformed_Row(string row, string column, string text, long eventNs)
    {
        var rig = new FeedRig();
        TickCsvFeed feed = rig.Replay(_files.Text($"{Header}1,AA,T,1,1,,,,,N,\n\n{row}\n2,AA,T,1,1,,,,,N,\n"));
        List<TickRecord> records = rig.Run(feed);

        Assert.Equal([RecordType.Trade, RecordType.Malformed, RecordType.Trade], records.Select(r => r.Header.Type));
        Assert.Equal(eventNs, records[1].Header.EventNs);
        Assert.Equal(InstrumentTable.Unknown, records[1].Header.Instrument);
        Assert.Equal((1L, 3L), (feed.MalformedRows, feed.Rows));
        RowProblem problem = Assert.Single(feed.RowProblems);
        Assert.Equal((4L, column, text), (problem.Line, problem.Column, problem.Text));
        Assert.NotEmpty(problem.Message);
        Assert.Equal(4, feed.Locate(1).Line);
        Assert.Equal(5, feed.Locate(2).Line);
    }

    [Fact]
    public void Should_Keep_The_First_Ten_Problems_And_Cut_Their_Text()
    {
        var rig = new FeedRig();
        TickCsvFeed feed = rig.Replay(_files.Text(Header + string.Concat(Enumerable.Range(1, 30).Select(i => $"{i},AA,T,{new string('x', 100)},1,,,,,N,\n"))));
        Assert.Equal(30, rig.Run(feed).Count);
        Assert.Equal(30, feed.MalformedRows);
        Assert.Equal(Enumerable.Range(2, 10).Select(i => (long)i), feed.RowProblems.Select(p => p.Line));
        Assert.All(feed.RowProblems, p => Assert.Equal(80, p.Text.Length));
    }

    [Theory]
    [InlineData("nan", double.NaN)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-1", -1.0)]
    [InlineData("1e400", double.PositiveInfinity)]
    public void Should_Pass_On_Numbers_That_Make_No_Sense(string price, double expected)
    {
        var rig = new FeedRig();
        TickRecord record = Assert.Single(rig.Run(rig.Replay(_files.Text($"{Header}1,AA,T,{price},1,,,,,N,\n"))));
        Assert.Equal(RecordType.Trade, record.Header.Type);
        Assert.Equal(expected, record.Trade.Price);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("\n1,AA,T,1,1\n", "ts_ns (or event_ns) is missing")]
    [InlineData("symbol,price,size\nA,1,1\n", "ts_ns (or event_ns) is missing")]
    [InlineData("ts_ns,symbol,price\n1,A,1\n", "price and size are not both there")]
    [InlineData("ts_ns,symbol,type,price,bid\n1,A,T,1,1\n", "neither price and size nor bid and ask")]
    [InlineData("ts_ns,price,size\n1,1,1\n", "--symbol")]
    [InlineData("ts_ns,event_ns,symbol,price,size\n1,1,A,1,1\n", "mean the same")]
    [InlineData("\u001f", "ts_ns (or event_ns) is missing")]
    public void Should_Name_What_Is_Wrong_With_A_File_And_Go_On(string text, string expected)
    {
        var rig = new FeedRig();
        string bad = _files.Text(text);
        TickCsvFeed feed = rig.Replay(bad, _files.Text(Header + "1,AA,T,1,1,,,,,N,\n"));
        Assert.Single(rig.Run(feed));
        FileProblem problem = Assert.Single(feed.FileProblems);
        Assert.Equal(bad, problem.File);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.Contains("expected a header such as ts_ns", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Name_A_Header_Without_End()
    {
        var rig = new FeedRig();
        TickCsvFeed feed = rig.Replay(_files.Text(new string('x', 300_000)));
        Assert.Empty(rig.Run(feed));
        Assert.Contains("longer than 64 KiB", Assert.Single(feed.FileProblems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_Mistakes_Before_It_Starts()
    {
        var rig = new FeedRig();
        string missing = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "no.csv");
        var settings = new ReplaySettings { Files = [missing], Speed = "fast", Symbol = "A B", MaxGapSeconds = -1 };
        IReadOnlyList<string> mistakes = TickCsvFeed.Validate(settings);
        Assert.Equal(4, mistakes.Count);
        Assert.Contains(missing, mistakes[0], StringComparison.Ordinal);
        Assert.Contains(missing, Assert.Throws<ArgumentException>(() => new TickCsvFeed(rig.Context, settings)).Message, StringComparison.Ordinal);
        Assert.Single(TickCsvFeed.Validate(new ReplaySettings()));
        Assert.Single(TickCsvFeed.Validate(new ReplaySettings { Files = [Path.GetTempPath()] }));
    }

    [Fact]
    public void Should_Replay_One_Symbol_And_Count_The_Others()
    {
        var rig = new FeedRig();
        string text = Header + string.Concat(Enumerable.Range(1, 500).Select(i => $"{i},{(i % 3 == 0 ? "AA" : "AAA")},T,{i},1,,,,,N,\n")) + "x\n";
        TickCsvFeed feed = new(rig.Context, new ReplaySettings { Files = [_files.Text(text)], Symbol = "AA" });
        List<TickRecord> records = rig.Run(feed);
        Assert.Equal(Enumerable.Range(1, 166).Select(i => 3.0 * i), records.Take(166).Select(r => r.Trade.Price));
        Assert.Equal(RecordType.Malformed, records[166].Header.Type);
        Assert.Equal((501L, 334L, 167L), (feed.Rows, feed.Skipped, feed.Published));
        for (int i = 0; i < 166; i++) Assert.Equal((3 * (i + 1)) + 1, feed.Locate(i).Line);
        Assert.Equal(1, rig.Instruments.Count);
    }

    [Fact]
    public void Should_Say_Unknown_When_The_Table_Is_Full()
    {
        var rig = new FeedRig(instruments: 1);
        List<TickRecord> records = rig.Run(rig.Replay(_files.Text(Header + "1,AA,T,1,1,,,,,N,\n2,BB,T,1,1,,,,,N,\n3,BB,T,1,1,,,,,N,\n4,AA,T,1,1,,,,,N,\n")));
        Assert.Equal([0, InstrumentTable.Unknown, InstrumentTable.Unknown, 0], records.Select(r => r.Header.Instrument));
    }

    [Fact]
    public void Should_Take_A_Line_Of_64_KiB_And_Skip_A_Longer_One()
    {
        string rest = "1,AA,T,1,1,,,,,N,";
        string longest = rest + new string('Z', 65536 - rest.Length);
        string text = Header + longest + "\n" + longest + "\r\n" + longest + "Z\n" + longest + "Z\r\n" + longest + new string('Z', 500_000) + "\n2,AA,T,1,1,,,,,N,\n";
        foreach (int blockBytes in (int[])[1000, 70_000, 1 << 20])
        {
            var rig = new FeedRig();
            TickCsvFeed feed = new(rig.Context, new ReplaySettings { Files = [_files.Text(text)] }, blockBytes);
            Assert.Equal(
                [RecordType.Trade, RecordType.Trade, RecordType.Malformed, RecordType.Malformed, RecordType.Malformed, RecordType.Trade],
                rig.Run(feed).Select(r => r.Header.Type));
            Assert.Equal([4, 5, 6], feed.RowProblems.Select(p => p.Line));
            Assert.All(feed.RowProblems, p => Assert.Equal(longest[..80], p.Text));
            Assert.Equal(7, feed.Locate(5).Line);
        }
    }

    [Fact]
    public void Should_Locate_Rows_Of_Several_Files()
    {
        var rig = new FeedRig();
        string first = _files.Text(Header + "\n\n1,AA,T,1,1,,,,,N,\n2,AA,T,1,1,,,,,N,\n\r\n3,AA,T,1,1,,,,,N,");
        string second = _files.Bytes(TemporaryFiles.Gzip(Header + "4,AA,T,1,1,,,,,N,\r\n\r\n5,AA,T,1,1,,,,,N,\r\n"));
        TickCsvFeed feed = rig.Replay(first, second);
        Assert.Equal([1, 2, 3, 4, 5], rig.Run(feed).Select(r => r.Header.EventNs));
        Assert.Equal([(first, 4L), (first, 5L), (first, 7L), (second, 2L), (second, 4L)], Enumerable.Range(0, 5).Select(i => feed.Locate(i)));
        Assert.Throws<ArgumentOutOfRangeException>(() => feed.Locate(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => feed.Locate(-1));
    }

    [Fact]
    public void Should_Wait_For_Room_And_Lose_Nothing()
    {
        var rig = new FeedRig(capacity: 4);
        TickCsvFeed feed = rig.Replay(_files.Text(Header + string.Concat(Enumerable.Range(1, 1000).Select(i => $"{i},AA,T,{i},1,,,,,N,\n"))));
        Assert.Equal(Enumerable.Range(1, 1000).Select(i => (long)i), rig.Run(feed).Select(r => r.Header.EventNs));
    }

    [Fact]
    public void Should_End_Its_Thread_When_Closed_In_The_Middle()
    {
        var rig = new FeedRig(capacity: 4);
        string big = _files.Text(Header + string.Concat(Enumerable.Repeat("1,AA,T,1,1,,,,,N,\n", 600_000)));
        TickCsvFeed feed = rig.Replay(big, big);
        feed.OnStart();
        FeedRig.RunUntil(feed, 4);
        feed.OnClose();
        feed.Dispose();
        Assert.False(feed.Completed);
    }

    private TradeRecord Trade(string flags)
    {
        var rig = new FeedRig();
        TickCsvFeed feed = rig.Replay(_files.Bytes(Encoding.UTF8.GetBytes($"{Header}1,AA,T,1,1,,,,,N,{flags}\n")));
        TickRecord record = Assert.Single(rig.Run(feed));
        Assert.Empty(feed.RowProblems);
        return record.Trade;
    }
}
