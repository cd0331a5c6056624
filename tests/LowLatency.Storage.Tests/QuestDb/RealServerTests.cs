using System.Text.Json;
using LowLatency.Market.Records;
using LowLatency.Storage.QuestDb;
using LowLatency.Storage.QuestDb.Protocol;
using LowLatency.Storage.QuestDb.Schema;
using LowLatency.Storage.QuestDb.Sending;
using LowLatency.Storage.Tests.QuestDb.Rows;

namespace LowLatency.Storage.Tests.QuestDb;

/// <summary>
/// Against the server that the environment variable QUESTDB_URL names. Its tables of our names are emptied: it is to be a server for tests, and QUESTDB_EMPTY_TABLES is to say yes.
/// Emptied, not dropped: 8.1.2 does not show a table for up to a minute that was dropped and made anew.
/// </summary>
public sealed class RealServerTests : IAsyncLifetime
{
    private static readonly string? Url = Environment.GetEnvironmentVariable("QUESTDB_URL");
    private static readonly bool MayEmpty = Environment.GetEnvironmentVariable("QUESTDB_EMPTY_TABLES") == "yes";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private QuestDbSettings _settings = new();
    private QuestDbConnection _connection = null!;

    public static TheoryData<IlpProtocol> Protocols => [.. Enum.GetValues<IlpProtocol>()];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Url is not null && MayEmpty, "needs a QuestDB server: QUESTDB_URL=http://HOST:9000, and QUESTDB_EMPTY_TABLES=yes, for its tables of our names are emptied");
        _settings = new QuestDbSettings { Url = Url!, QuarantinePath = _folder };
        _settings.Retention.TickDays = 0;
        _settings.Retention.BarMonths = 0;
        _settings.Retention.IndicatorDays = 0;
        _settings.Retention.IntensityHours = 0;
        _settings.Retention.Parquet = false;
        _connection = new QuestDbConnection(_settings);
        using (QuestDbWriter tables = Writer(new ListSource([]))) await tables.DrainAsync(Stop);
        foreach (TableLife life in TableLife.All(_settings.Retention)) await ExecAsync($"TRUNCATE TABLE {life.Table}");
    }

    public ValueTask DisposeAsync()
    {
        _connection?.Dispose();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Should_Write_Every_Record_And_Once_However_Often(IlpProtocol protocol)
    {
        _settings.Protocol = protocol;
        using (QuestDbWriter probe = Writer(new ListSource([])))
        {
            if (protocol is IlpProtocol.V2 or IlpProtocol.V3 && (await _connection.ProtocolVersionsAsync(Stop)).Length == 0)
            {
                await Assert.ThrowsAsync<QuestDbException>(() => probe.DrainAsync(Stop));
                return;
            }
        }

        byte[] all = [.. TestRecords.All().SelectMany(r => r), .. TestRecords.Trade(8), .. TestRecords.Trade(9, instrument: 1, aggressor: 0, price: double.NaN)];
        for (int i = 0; i < 2; i++)
        {
            using QuestDbWriter writer = Writer(new ListSource([all, all]));
            await writer.DrainAsync(Stop);
            Assert.Equal((32L, 0L, 0L, ""), (writer.Counters.RowsAcknowledged, writer.Counters.RowsQuarantined, writer.Counters.Errors, writer.Counters.LastError));
        }

        foreach (TableLife life in TableLife.All(_settings.Retention)) await UntilAsync(life.Table, life.Table switch { "trades" => 3, "bars" => 2, _ => 1 });
        using JsonDocument trades = await _connection.ExecAsync("SELECT symbol, side, source, price, size, trade_id, seq, conditions, flags, cast(timestamp AS LONG) FROM trades ORDER BY seq", Stop);
        bool hasNanoseconds = (await new QuestDbSchema(_connection, _settings).ProbeAsync(Stop)).HasNanoseconds;
        long time = hasNanoseconds ? TestRecords.Time : TestRecords.Time / 1000;
        Assert.Equal(
        [
            $"""["AAPL","buy","nasdaq",190.21,100.0,123456,7,3,1,{time}]""",
            $"""["AAPL","buy","nasdaq",190.21,100.0,123456,8,null,null,{time}]""",
            $"""["A=B\\C",null,"nasdaq",null,100.0,123456,9,null,null,{time}]""",
        ], trades.RootElement.GetProperty("dataset").EnumerateArray().Select(r => r.GetRawText()));
        using JsonDocument bar = await _connection.ExecAsync("SELECT open, high, low, close, volume, vwap, buy_volume, trades, level, rev, ordinal, why, interval FROM bars WHERE interval = 'k0.5'", Stop);
        Assert.Equal("""[[1.25,2.5,0.5,2.0,1000.0,1.75,600.0,42,-3,1,7,"late","k0.5"]]""", bar.RootElement.GetProperty("dataset").GetRawText());
        using JsonDocument indicator = await _connection.ExecAsync("SELECT name, value, value2, value3, value4 FROM indicators", Stop);
        Assert.Equal("""[["macd(12,26,9)",0.5,1.5,2.5,null]]""", indicator.RootElement.GetProperty("dataset").GetRawText());
    }

    [Fact]
    public async Task Should_Keep_The_Latest_Of_A_Key()
    {
        foreach (double price in (double[])[1.5, 2.5])
        {
            using QuestDbWriter writer = Writer(new ListSource([TestRecords.Trade(1, price: price)]));
            await writer.DrainAsync(Stop);
        }

        await UntilAsync("trades", 1, "price = 2.5");
        await UntilAsync("trades", 1);
    }

    [Fact]
    public async Task Should_Set_A_Bad_Row_Aside_And_Take_The_Others()
    {
        using QuestDbWriter writer = Writer(new ListSource([TestRecords.Trade(1), TestRecords.Trade(2, ns: -5), TestRecords.Trade(3)]));
        await writer.DrainAsync(Stop);
        // A time before 1970 is refused by 9.x, and taken by 8.1.
        bool refuses = writer.Server!.HasNanoseconds;
        Assert.Equal(refuses ? (2L, 1L) : (3L, 0L), (writer.Counters.RowsAcknowledged, writer.Counters.RowsQuarantined));
        if (refuses) Assert.Contains("HTTP 400", writer.Counters.LastError, StringComparison.Ordinal);
        await UntilAsync("trades", refuses ? 2 : 3);
    }

    [Fact]
    public async Task Should_Name_The_Columns_Of_A_Table_That_Is_Not_Ours()
    {
        await ExecAsync("ALTER TABLE trades ADD COLUMN note STRING");
        try
        {
            using QuestDbWriter writer = Writer(new ListSource([TestRecords.Trade(1)]));
            SchemaDifferenceException? wrong = null;
            // The server shows the new column some time after it took it.
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (wrong is null && !patience.IsCancellationRequested)
            {
                using QuestDbWriter next = Writer(new ListSource([]));
                wrong = await Record.ExceptionAsync(() => next.DrainAsync(Stop)) as SchemaDifferenceException;
            }

            Assert.Equal(["trades.note: is there (STRING), and ought not to be"], wrong!.Differences);
            await Assert.ThrowsAsync<SchemaDifferenceException>(() => writer.DrainAsync(Stop));
            Assert.Equal(0, writer.Counters.Requests);
        }
        finally
        {
            await ExecAsync("ALTER TABLE trades DROP COLUMN note");
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (!patience.IsCancellationRequested)
            {
                using QuestDbWriter next = Writer(new ListSource([]));
                if (await Record.ExceptionAsync(() => next.DrainAsync(CancellationToken.None)) is null) break;
            }
        }
    }

    [Fact]
    public async Task Should_Care_For_Partitions_Without_Trouble()
    {
        _settings.Retention.TickDays = 5;
        _settings.Retention.BarMonths = 24;
        _settings.Retention.IndicatorDays = 90;
        _settings.Retention.IntensityHours = 1;
        long nowNs = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;
        using QuestDbWriter writer = Writer(new ListSource([TestRecords.Trade(1, ns: nowNs), TestRecords.Trade(2, ns: nowNs - (30L * 86_400_000_000_000))]));
        await writer.DrainAsync(Stop);
        using QuestDbWriter again = Writer(new ListSource([]));
        await again.DrainAsync(Stop);
        Assert.Equal(0, again.Counters.Errors);
        var care = new PartitionCare(_connection, _settings.Retention);
        Assert.Empty(await care.RunAsync(writer.Server!, Stop));
        // By the server's TTL, or by what care has dropped: the old one goes, the young one stays.
        await UntilAsync("trades", 1);
        await UntilAsync("trades", 1, "seq = 1");
        if (!writer.Server!.HasTtl) return;
        const string Wanted = """[[2,"YEAR"],[90,"DAY"],[1,"HOUR"],[0,"HOUR"],[5,"DAY"]]""";
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        string found = "";
        while (found != Wanted)
        {
            Assert.False(patience.IsCancellationRequested, found);
            using JsonDocument ttl = await _connection.ExecAsync("SELECT ttlValue, ttlUnit FROM tables() WHERE table_name IN ('trades', 'bars', 'indicators', 'intensity', 'spikes') ORDER BY table_name", Stop);
            found = ttl.RootElement.GetProperty("dataset").GetRawText();
        }
    }

    [Fact]
    public async Task Should_Write_Many_Rows_Once()
    {
        const int Count = 200_000;
        byte[][] batches = [.. Enumerable.Range(1, Count).Select(i => TestRecords.Trade((ulong)i, (uint)i % 3, TestRecords.Time + (i * 1000L))).Chunk(1000).Select(c => c.SelectMany(b => b).ToArray())];
        for (int i = 0; i < 2; i++)
        {
            using QuestDbWriter writer = Writer(new ListSource(batches));
            await writer.DrainAsync(Stop);
            Assert.Equal((Count, 0L), (writer.Counters.RowsAcknowledged, writer.Counters.Errors));
        }

        await UntilAsync("trades", Count);
        using JsonDocument sums = await _connection.ExecAsync("SELECT count(), sum(seq), count_distinct(seq) FROM trades", Stop);
        Assert.Equal($"[[{Count},{Count * (Count + 1L) / 2},{Count}]]", sums.RootElement.GetProperty("dataset").GetRawText());
    }

    private QuestDbWriter Writer(ListSource source) => new(_settings, TestRecords.Names(), source);

    private async Task ExecAsync(string sql) => (await _connection.ExecAsync(sql, Stop)).Dispose();

    // The server shows rows some time after it took them: asked again until its log is applied.
    private async Task UntilAsync(string table, long rows, string where = "true")
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        long found = -1;
        while (found != rows)
        {
            using JsonDocument answer = await _connection.ExecAsync($"SELECT count() FROM {table} WHERE {where}", CancellationToken.None);
            found = answer.RootElement.GetProperty("dataset")[0][0].GetInt64();
            Assert.False(patience.IsCancellationRequested, $"{table} has {found} rows where {where}, not {rows}");
        }
    }
}
