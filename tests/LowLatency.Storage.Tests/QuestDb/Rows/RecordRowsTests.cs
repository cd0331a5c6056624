using FsCheck;
using FsCheck.Fluent;
using LowLatency.Market.Records;
using LowLatency.Storage.QuestDb.Protocol;
using LowLatency.Storage.QuestDb.Rows;
using LowLatency.Storage.QuestDb.Schema;
using LowLatency.Storage.Tests.QuestDb.Servers;

namespace LowLatency.Storage.Tests.QuestDb.Rows;

/// <summary>Every record becomes the row that its table wants, in each version of the protocol.</summary>
public sealed class RecordRowsTests
{
    private static readonly ServerCapabilities Server = new(IlpVersion.V3, true, true, true);

    public static TheoryData<IlpVersion> Versions => [.. Enum.GetValues<IlpVersion>()];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Should_Write_Only_Columns_That_The_Tables_Have_And_Every_Column(IlpVersion version)
    {
        ReadRow[] rows = Encode(version, TestRecords.All());
        foreach (TableDefinition table in SchemaFiles.Statements(Server, new RetentionSettings()).Select(TableDefinition.Parse))
        {
            ReadRow[] own = [.. rows.Where(r => r.Table == table.Name)];
            Assert.NotEmpty(own);
            foreach (ReadRow row in own)
            {
                foreach (string symbol in row.Symbols.Keys) Assert.Equal("SYMBOL", TypeOf(table, symbol));
                foreach ((string name, object value) in row.Columns) Assert.Equal(TypeOf(table, name), value switch { double => "DOUBLE", long => "LONG", bool => "BOOLEAN", _ => "?" });
                // A key that is missing is null, and rows without it are one.
                Assert.All(table.Columns.Where(c => c.IsKey && c.Name != table.Timestamp), key => Assert.True(row.Symbols.ContainsKey(key.Name) || row.Columns.ContainsKey(key.Name), $"{table.Name}.{key.Name}"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Should_Write_A_Trade(IlpVersion version)
    {
        ReadRow row = Assert.Single(Encode(version, TestRecords.Trade(conditions: 5, flags: RecordFlags.Suspect)));
        Assert.Equal(TestRecords.Time, row.TimestampNs);
        Assert.Equal("symbol=AAPL, side=buy, source=nasdaq", Join(row.Symbols));
        Assert.Equal($"price=190.21, size=100, trade_id=123456, seq=7, conditions=5, flags={(long)RecordFlags.Suspect}", Join(row.Columns));
    }

    [Fact]
    public void Should_Leave_Out_What_A_Trade_Does_Not_Tell()
    {
        ReadRow row = Assert.Single(Encode(IlpVersion.V2, TestRecords.Trade(aggressor: 0, tradeId: 0)));
        Assert.Equal("symbol=AAPL, source=nasdaq", Join(row.Symbols));
        Assert.Equal("price=190.21, size=100, seq=7", Join(row.Columns));
    }

    [Fact]
    public void Should_Name_Ids_That_Have_No_Name_Yet_By_Their_Number()
    {
        ReadRow row = Assert.Single(Encode(IlpVersion.V2, TestRecords.Trade(instrument: uint.MaxValue, source: 200, aggressor: -1)));
        Assert.Equal("symbol=#4294967295, side=sell, source=#200", Join(row.Symbols));
        Assert.Equal("#9", Assert.Single(Encode(IlpVersion.V2, TestRecords.Alert(9))).Symbols["name"]);
    }

    [Fact]
    public void Should_Escape_Symbols() => Assert.Equal("A=B\\C", Assert.Single(Encode(IlpVersion.V1, TestRecords.Trade(instrument: 1))).Symbols["symbol"]);

    [Theory]
    [MemberData(nameof(Versions))]
    public void Should_Write_A_Quote_And_A_Best_Quote(IlpVersion version)
    {
        ReadRow[] rows = Encode(version, TestRecords.Quote(), TestRecords.Quote(RecordType.BestQuote));
        Assert.Equal(["quotes", "bbo"], rows.Select(r => r.Table));
        Assert.All(rows, row => Assert.Equal("bid=190.2, bid_size=300, ask=190.22, ask_size=NaN, seq=7", Join(row.Columns)));
    }

    [Theory]
    [InlineData(0, "bars", "1m", 0)]
    [InlineData(1, "bars_1d", "1d", 0)]
    [InlineData(2, "bars", "k0.5", 7)]
    public void Should_Write_A_Bar_At_Its_Begin(ushort spec, string table, string interval, long ordinal)
    {
        ReadRow row = Assert.Single(Encode(IlpVersion.V3, TestRecords.Bar(spec, BarState.Revised, 3)));
        Assert.Equal(table, row.Table);
        Assert.Equal(TestRecords.Time - 60_000_000_000, row.TimestampNs);
        Assert.Equal($"symbol=AAPL, interval={interval}, why=late", Join(row.Symbols));
        string level = spec == 2 ? ", level=-3" : "";
        Assert.Equal($"open=1.25, high=2.5, low=0.5, close=2, volume=1000, vwap=1.75, buy_volume=600, trades=42{level}, end_ns={TestRecords.Time}, event_ns={TestRecords.Time}, rev=3, ordinal={ordinal}, seq=7", Join(row.Columns));
    }

    [Fact]
    public void Should_Leave_Out_What_Is_Still_Open()
    {
        var rows = new RecordRows(TestRecords.Names(), IlpVersion.V2);
        rows.Encode((byte[])[.. TestRecords.Bar(state: BarState.Open), .. TestRecords.Indicator(flags: RecordFlags.Provisional), .. TestRecords.Bar()]);
        Assert.Equal((3, 2), (rows.Records, rows.Skipped));
        Assert.Equal(1, rows.Batches.Sum(b => b.Rows));
    }

    [Theory]
    [InlineData(0, 0, "indicators", "symbol=AAPL, interval=1m, name=macd(12,26,9)", "seq=7, value=0.5, value2=1.5, value3=2.5, event_ns={0}, rev=2, ordinal=0")]
    [InlineData(1, 1, "indicators_1d", "symbol=AAPL, interval=1d, name=ema(20, of: rsi(14))", "seq=7, value=0.5, event_ns={0}, rev=2, ordinal=0")]
    [InlineData(2, 1, "indicators", "symbol=AAPL, interval=k0.5, name=ema(20, of: rsi(14))", "seq=7, value=0.5, event_ns={0}, rev=2, ordinal=7")]
    public void Should_Write_An_Indicator(ushort spec, ushort indicator, string table, string symbols, string columns)
    {
        ReadRow row = Assert.Single(Encode(IlpVersion.V1, TestRecords.Indicator(spec, indicator)));
        Assert.Equal((table, TestRecords.Time - 60_000_000_000), (row.Table, row.TimestampNs!.Value));
        Assert.Equal((symbols, string.Format(columns, TestRecords.Time)), (Join(row.Symbols), Join(row.Columns)));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Should_Write_Signals(IlpVersion version)
    {
        ReadRow[] rows = Encode(version, TestRecords.Intensity(), TestRecords.Spike(SpikeState.End), TestRecords.Reversal(), TestRecords.Reversal(-1), TestRecords.Alert(), TestRecords.Gap(), TestRecords.Imbalance());
        long t = TestRecords.Time;
        Assert.Equal(
        [
            "intensity: k=11, price=190.2, path_bps=1.5, net_bps=-0.5, elapsed_s=0.25, intensity=6, smoothed=5, base=4, cv=0.5, buffer=9, spike_on=True, direction=-1, seq=7",
            $"spikes: state=end start_ns={t - 5}, k=12, price=190.2, base=4, buffer=9, peak=10, extreme=191, reference=190, displacement_bps=52.5, direction=1, direction_after=1, peak_after=2, extreme_after=3, seq=7",
            "reversals: version=2, direction=-1, price=190.2, strength=0.75, extreme=191, invalidation=191.1, spike=4, seq=7",
            "reversals: version=2, direction=-1, price=190.2, strength=0.75, extreme=191, invalidation=191.1, seq=7",
            $"alerts: name=rsi high, 1m begin_ns={t - 9}, suppressed=3, value=70.5, value2=69.5, seq=7",
            "gaps: source=nasdaq first_missing=100, missing=5, seq=7",
            $"imbalances: start_ns={t - 8}, theta=-12.5, threshold=NaN, seq=7",
        ], rows.Select(r => $"{r.Table}: {string.Concat(r.Symbols.Skip(1).Select(s => $"{s.Key}={s.Value} "))}{Join(r.Columns)}"));
        Assert.All(rows, r => Assert.Equal(("AAPL", t), (r.Symbols["symbol"], r.TimestampNs!.Value)));
    }

    [Fact]
    public void Should_Read_Back_Any_Trade() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll<long[], int>((seeds, any) =>
    {
        var version = (IlpVersion)(1 + ((any & int.MaxValue) % 3));
        byte[][] trades = [.. seeds.Select((s, i) => TestRecords.Trade((ulong)s, (uint)i % 3, s * 7919, BitConverter.Int64BitsToDouble(s * 2_862_933_555_777_941_757), (sbyte)((s % 3) - 1), tradeId: (ulong)s * 31))];
        ReadRow[] rows = Encode(version, trades);
        return rows.Length == seeds.Length && rows.Zip(seeds).All(pair =>
            pair.First.TimestampNs == pair.Second * 7919 && pair.First.Columns["seq"].Equals(pair.Second) &&
            (pair.Second * 31 == 0 ? !pair.First.Columns.ContainsKey("trade_id") : pair.First.Columns["trade_id"].Equals(pair.Second * 31)) &&
            pair.First.Columns["price"].Equals(BitConverter.Int64BitsToDouble(pair.Second * 2_862_933_555_777_941_757)));
    }));

    [Theory]
    [InlineData(63)]
    [InlineData(65)]
    public void Should_Refuse_What_Is_No_Whole_Record(int length)
    {
        var rows = new RecordRows(TestRecords.Names(), IlpVersion.V2);
        Assert.Contains("there is no whole record", Assert.Throws<InvalidDataException>(() => rows.Encode(((byte[])[.. TestRecords.Trade(), .. TestRecords.Trade()]).AsSpan(0, length))).Message);
    }

    [Fact]
    public void Should_Skip_Records_That_Are_Not_Published()
    {
        var rows = new RecordRows(TestRecords.Names(), IlpVersion.V2);
        rows.Encode(TestRecords.Bytes(new TickRecord { Header = TestRecords.Header(RecordType.Clock) }));
        Assert.Equal((1, 1), (rows.Records, rows.Skipped));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Should_Encode_Without_Allocating(IlpVersion version)
    {
        var rows = new RecordRows(TestRecords.Names(), version);
        byte[] records = [.. Enumerable.Repeat(TestRecords.All(), 50).SelectMany(all => all).SelectMany(r => r)];
        for (int i = 0; i < 3; i++) rows.Encode(records);
        Assert.Equal(0, Allocations.Least(() =>
        {
            rows.Clear();
            rows.Encode(records);
        }));
    }

    private static string TypeOf(TableDefinition table, string column) => table.Columns.SingleOrDefault(c => c.Name == column)?.Type ?? $"no column {table.Name}.{column}";

    private static string Join<T>(IReadOnlyDictionary<string, T> values) => string.Join(", ", values.Select(v => $"{v.Key}={v.Value}"));

    // Each batch's rows, cut where it says that they begin, in the order of the tables.
    private static ReadRow[] Encode(IlpVersion version, params byte[][] records)
    {
        var rows = new RecordRows(TestRecords.Names(), version);
        rows.Encode((byte[])[.. records.SelectMany(r => r)]);
        Assert.Equal(records.Length, rows.Records);
        return [.. rows.Batches.SelectMany(batch => Enumerable.Range(0, batch.Rows).Select(i => Assert.Single(IlpReading.Rows(batch.Bytes.Part(batch.StartOf(i), batch.StartOf(i + 1) - batch.StartOf(i)).Span))))];
    }
}
