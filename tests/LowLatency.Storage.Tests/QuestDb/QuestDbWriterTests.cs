using FsCheck;
using FsCheck.Fluent;
using LowLatency.Market.Records;
using LowLatency.Market.Settings;
using LowLatency.Storage.QuestDb;
using LowLatency.Storage.QuestDb.Protocol;
using LowLatency.Storage.QuestDb.Schema;
using LowLatency.Storage.Tests.QuestDb.Rows;
using LowLatency.Storage.Tests.QuestDb.Servers;

namespace LowLatency.Storage.Tests.QuestDb;

/// <summary>From records to tables: everything arrives, once, and the cursor follows what the server has.</summary>
public sealed class QuestDbWriterTests : IDisposable
{
    // Waiting for ever is what these tests are to find: a fault fails and does not hang. Far above what any needs.
    private const int MostMs = 60_000;

    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(12_345);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly TableServer _server = new();

    // Waits between attempts pass by themselves; the flush interval and time-outs are longer.
    private readonly ManualTime _time = new() { MovesBy = wait => wait <= TimeSpan.FromSeconds(10) };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _server.Dispose();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Theory(Timeout = MostMs)]
    [InlineData(new int[0], IlpVersion.V1, "TIMESTAMP")]
    [InlineData(new[] { 1, 2 }, IlpVersion.V2, "TIMESTAMP_NS")]
    [InlineData(new[] { 1, 2, 3 }, IlpVersion.V3, "TIMESTAMP_NS")]
    [InlineData(new[] { 1, 2, 3, 4 }, IlpVersion.V3, "TIMESTAMP_NS")]
    public async Task Should_Take_The_Highest_Protocol_And_Make_The_Tables(int[] versions, IlpVersion expected, string timestamp)
    {
        _server.Versions = versions;
        using QuestDbWriter writer = Writer(new ListSource([All()]));
        await writer.DrainAsync(Stop);
        Assert.Equal((expected, versions.Length != 0, versions.Length != 0), (writer.Server!.Protocol, writer.Server.HasTtl, writer.Server.HasNanoseconds));
        Assert.Equal(versions.Length == 0, !_server.Statements.Any(s => s.StartsWith("CREATE", StringComparison.Ordinal) && s.Contains("TTL", StringComparison.Ordinal)));
        Assert.Contains(_server.Statements, s => s.StartsWith($"CREATE TABLE IF NOT EXISTS trades (timestamp {timestamp},", StringComparison.Ordinal));
        Assert.Single(_server.Rows("trades"));
        Assert.Equal(14, writer.Counters.RowsAcknowledged);
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Refuse_A_Protocol_That_The_Server_Does_Not_Take()
    {
        _server.Versions = [1, 2];
        using QuestDbWriter writer = Writer(new ListSource([All()]), s => s.Protocol = IlpProtocol.V3);
        Assert.Contains("questdb.protocol", (await Assert.ThrowsAsync<QuestDbException>(() => writer.DrainAsync(Stop))).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Send_Each_Table_By_Itself()
    {
        using QuestDbWriter writer = Writer(new ListSource([All()]));
        await writer.DrainAsync(Stop);
        Assert.All(_server.Committed, tables => Assert.Single(tables));
        Assert.Equal(13, _server.Committed.Count);
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Send_The_Last_Rows_When_Their_Time_Has_Come_And_Nothing_Follows()
    {
        // The official client has no timer, and measures the interval by the Date of the answers: ours say the year 2000.
        var source = new ListSource([TestRecords.Trade(1)]);
        var acknowledged = new TaskCompletionSource();
        source.OnAcknowledge = acknowledged.SetResult;
        using QuestDbWriter writer = Writer(source);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task running = writer.RunAsync(stop.Token);
        await _time.WhenSet(wait => wait == FlushInterval);
        Assert.Empty(_server.Rows("trades"));
        Assert.Equal(0, source.Acknowledged);
        _time.Advance(FlushInterval);
        await acknowledged.Task;
        Assert.Single(_server.Rows("trades"));
        Assert.Equal((1, 1L), (source.Acknowledged, writer.Counters.RowsAcknowledged));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Send_At_Once_When_There_Are_Rows_Enough()
    {
        var source = new ListSource([]);
        var acknowledged = new TaskCompletionSource();
        source.OnAcknowledge = () => acknowledged.TrySetResult();
        using QuestDbWriter writer = Writer(source, s => s.RequestRows = 3);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task running = writer.RunAsync(stop.Token);
        source.Add([.. TestRecords.Trade(1), .. TestRecords.Trade(2)]);
        source.Add([.. TestRecords.Trade(3), .. TestRecords.Trade(4)]);
        await acknowledged.Task;
        Assert.Equal(4, _server.Rows("trades").Count);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Move_The_Cursor_Only_When_The_Server_Has_The_Rows()
    {
        var source = new ListSource([TestRecords.Trade(1), TestRecords.Trade(2)]);
        int attempts = 0;
        _server.OnWrite = async exchange =>
        {
            Assert.Equal(0, source.Acknowledged);
            if (++attempts > 3) return false;
            await exchange.BodyAsync();
            exchange.Reset();
            return true;
        };
        using QuestDbWriter writer = Writer(source);
        await writer.DrainAsync(Stop);
        Assert.Equal((2, 2), (source.Acknowledged, _server.Rows("trades").Count));
        Assert.Equal((2L, 2L, 3L), (writer.Counters.RecordsTaken, writer.Counters.RowsAcknowledged, writer.Counters.Retries));
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Read_Again_What_Was_Not_Acknowledged_When_It_Was_Stopped()
    {
        var source = new ListSource([TestRecords.Trade(1), TestRecords.Trade(2)]);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        _server.OnWrite = async exchange =>
        {
            // It has the rows, and the answer is lost with the writer.
            await _server.CommitAsync(exchange);
            await stop.CancelAsync();
            return true;
        };
        using QuestDbWriter first = Writer(source);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.DrainAsync(stop.Token));
        Assert.Equal(0, source.Acknowledged);
        await Assert.ThrowsAsync<InvalidOperationException>(() => first.DrainAsync(Stop));
        _server.OnWrite = _ => Task.FromResult(false);
        using QuestDbWriter second = Writer(source.FromAcknowledged());
        await second.DrainAsync(Stop);
        Assert.Equal([1L, 2], _server.Rows("trades").Select(r => (long)r.Columns["seq"]));
    }

    [Fact]
    public void Should_Leave_Each_Record_In_The_Table_Once_Whatever_The_Server_Does() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll<byte[], byte>((faults, size) =>
    {
        int[] plan = [.. faults.Select(f => f % 6)];
        int at = 0;
        using var server = new TableServer();
        server.OnWrite = async exchange =>
        {
            switch (at < plan.Length ? plan[at++] : 0)
            {
                // The answer to what was committed is lost, in two ways; the request is cut off, in two ways; it is refused for now.
                case 1: await server.CommitAsync(exchange); exchange.Reset(); return true;
                case 2: await server.CommitAsync(exchange); await exchange.SendAsync("HTTP/1.1 2"); exchange.Close(); return true;
                case 3: exchange.Reset(); return true;
                case 4: await server.CommitAsync(exchange); await exchange.ChunkedAsync(500, "broken"); return true;
                case 5: await exchange.BodyAsync(); await exchange.ChunkedAsync(503, "later"); return true;
                default: return false;
            }
        };
        int count = 50 + size;
        byte[][] batches = [.. Enumerable.Range(1, count).Select(i => TestRecords.Trade((ulong)i, (uint)i % 3, TestRecords.Time + (i / 7))).Chunk(5).Select(c => c.SelectMany(b => b).ToArray())];
        var source = new ListSource(batches);
        var settings = new QuestDbSettings { Url = server.Url, RequestRows = 1 + (size % 40), QuarantinePath = _folder, FlushIntervalMs = 12_345 };
        using var writer = new QuestDbWriter(settings, TestRecords.Names(), source, new ManualTime { MovesBy = wait => wait <= TimeSpan.FromSeconds(10) });
        writer.DrainAsync(Stop).GetAwaiter().GetResult();
        return source.Acknowledged == batches.Length && server.Rows("trades").Select(r => (long)r.Columns["seq"]).Order().SequenceEqual(Enumerable.Range(1, count).Select(i => (long)i));
    }));

    [Fact(Timeout = MostMs)]
    public async Task Should_Outlast_Hours_Without_The_Server_From_The_Start()
    {
        DateTimeOffset end = _time.GetUtcNow().AddHours(3);
        _server.OnAny = exchange =>
        {
            if (_time.GetUtcNow() >= end) return Task.FromResult(false);
            exchange.Reset();
            return Task.FromResult(true);
        };
        var source = new ListSource([.. Enumerable.Range(1, 20).Select(i => TestRecords.Trade((ulong)i))]);
        using QuestDbWriter writer = Writer(source);
        await writer.DrainAsync(Stop);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), _server.Rows("trades").Select(r => (long)r.Columns["seq"]));
        Assert.True(writer.Counters.Retries > 1000);
        Assert.True(writer.Counters.LagNs > 0);
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Make_Tables_Again_That_Went_Away_With_The_Server()
    {
        bool hasFailed = false;
        _server.OnWrite = exchange =>
        {
            if (hasFailed) return Task.FromResult(false);
            hasFailed = true;
            _server.Drop("trades");
            exchange.Reset();
            return Task.FromResult(true);
        };
        using QuestDbWriter writer = Writer(new ListSource([TestRecords.Trade(1)]));
        await writer.DrainAsync(Stop);
        Assert.Single(_server.Rows("trades"));
        Assert.Equal(2, _server.Statements.Count(s => s.StartsWith("CREATE TABLE IF NOT EXISTS trades", StringComparison.Ordinal)));
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Not_Send_A_Server_What_It_Took_Before_And_Does_Not_Take_Now()
    {
        var source = new ListSource([TestRecords.Trade(1)]);
        _server.OnWrite = exchange =>
        {
            _server.Versions = [];
            exchange.Reset();
            return Task.FromResult(true);
        };
        using QuestDbWriter writer = Writer(source);
        Assert.Contains("takes line protocol V1 now, and took V3 before", (await Assert.ThrowsAsync<QuestDbException>(() => writer.DrainAsync(Stop))).Message, StringComparison.Ordinal);
        Assert.Equal(0, source.Acknowledged);
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Write_Nothing_To_Tables_That_Are_Not_Ours()
    {
        _server.Run("CREATE TABLE IF NOT EXISTS trades (timestamp TIMESTAMP, symbol STRING, side SYMBOL, source SYMBOL, price FLOAT, size DOUBLE, trade_id LONG, seq LONG, note STRING, flags LONG) TIMESTAMP(timestamp) PARTITION BY DAY WAL DEDUP UPSERT KEYS(timestamp, symbol)");
        var source = new ListSource([TestRecords.Trade(1)]);
        using QuestDbWriter writer = Writer(source);
        SchemaDifferenceException wrong = await Assert.ThrowsAsync<SchemaDifferenceException>(() => writer.DrainAsync(Stop));
        Assert.Equal(
        [
            "trades.symbol: is STRING, ought to be SYMBOL",
            "trades.price: is FLOAT, ought to be DOUBLE",
            "trades.seq: is not a deduplication key, and ought to be",
            "trades.conditions: is not there, ought to be LONG",
            "trades.note: is there (STRING), and ought not to be",
            "trades: is partitioned by DAY, ought to be by HOUR",
        ], wrong.Differences);
        Assert.Contains("trades.price: is FLOAT, ought to be DOUBLE", wrong.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Committed);
        Assert.Equal(0, source.Acknowledged);
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Acknowledge_Records_That_No_Table_Takes()
    {
        var source = new ListSource([TestRecords.Bar(state: BarState.Open)]);
        using QuestDbWriter writer = Writer(source);
        await writer.DrainAsync(Stop);
        Assert.Equal((1L, 1L, 1L, 0L), (source.Acknowledged, writer.Counters.RecordsTaken, writer.Counters.RecordsSkipped, writer.Counters.Requests));
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Acknowledge_What_Was_Set_Aside()
    {
        var source = new ListSource([TestRecords.Trade(1), TestRecords.Trade(2), TestRecords.Quote()]);
        _server.OnWrite = async exchange =>
        {
            int bad = IlpReading.Rows(await exchange.BodyAsync()).FindIndex(r => r.Table == "trades" && (long)r.Columns["seq"] == 2);
            if (bad < 0) return false;
            await exchange.ChunkedAsync(400, $$"""{"code":"invalid","message":"no","line":{{bad + 1}}}""");
            return true;
        };
        using QuestDbWriter writer = Writer(source);
        await writer.DrainAsync(Stop);
        Assert.Equal((3L, 1L, 2L), (source.Acknowledged, writer.Counters.RowsQuarantined, writer.Counters.RowsAcknowledged));
        Assert.Equal((1, 1), (_server.Rows("trades").Count, _server.Rows("quotes").Count));
        Assert.Single(Directory.GetFiles(_folder, "trades-*.ilp"));
    }

    [Fact]
    public void Should_Name_All_Mistakes_Of_The_Settings()
    {
        var settings = new QuestDbSettings { Url = "http://me:secret@h:9000", Token = "t", Username = "u", RequestRows = 0, RetryMaxMs = 5, QuarantinePath = "", TlsCaFile = "/no/such/file" };
        SettingsException wrong = Assert.Throws<SettingsException>(() => new QuestDbWriter(settings, TestRecords.Names(), new ListSource([])));
        string[] paths = ["questdb.request_rows", "questdb.url", "questdb.token", "questdb.retry_max_ms", "questdb.quarantine_path", "questdb.tls_ca_file"];
        Assert.Equal(paths, wrong.Mistakes.Select(m => m.Split(':')[0]));
        Assert.DoesNotContain("secret", wrong.Message, StringComparison.Ordinal);
    }

    private static byte[] All() => [.. TestRecords.All().SelectMany(r => r)];

    private QuestDbWriter Writer(ListSource source, Action<QuestDbSettings>? change = null)
    {
        var settings = new QuestDbSettings { Url = _server.Url, QuarantinePath = _folder, FlushIntervalMs = (int)FlushInterval.TotalMilliseconds };
        change?.Invoke(settings);
        return new QuestDbWriter(settings, TestRecords.Names(), source, _time);
    }
}
