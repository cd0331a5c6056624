using LowLatency.Storage.QuestDb;
using LowLatency.Storage.QuestDb.Protocol;
using LowLatency.Storage.QuestDb.Rows;
using LowLatency.Storage.QuestDb.Sending;
using LowLatency.Storage.Tests.QuestDb.Rows;
using LowLatency.Storage.Tests.QuestDb.Servers;

namespace LowLatency.Storage.Tests.QuestDb.Sending;

/// <summary>A sender of trades with numbers 1, 2, 3 …, a server that does what the test says, and what arrived.</summary>
internal sealed class SenderScene : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private LoopbackServer? _server;

    public SenderScene() => Settings = new QuestDbSettings { QuarantinePath = _folder };

    public QuestDbSettings Settings { get; }

    public WriterCounters Counters { get; } = new();

    // Waits between attempts are at most 10 s, the time-out of a request is 30 s.
    public ManualTime Time { get; } = new() { MovesBy = wait => wait <= TimeSpan.FromSeconds(10) };

    public List<ReadRow> Taken { get; } = [];

    public int Connections => _server!.Connections;

    /// <summary>What was set aside, in the order of the rows.</summary>
    public IReadOnlyList<(string Text, byte[] Bytes)> Quarantined =>
        Directory.Exists(_folder) ? [.. Directory.GetFiles(_folder, "*.ilp").Order(StringComparer.Ordinal).Select(f => (File.ReadAllText(Path.ChangeExtension(f, ".txt")), File.ReadAllBytes(f)))] : [];

    public Task SendAsync(int rows, Func<HttpExchange, int, Task> answer) => SendUntilAsync(rows, answer, TestContext.Current.CancellationToken);

    public async Task SendUntilAsync(int rows, Func<HttpExchange, int, Task> answer, CancellationToken stop)
    {
        int attempts = 0;
        _server = new LoopbackServer(exchange => answer(exchange, Interlocked.Increment(ref attempts)));
        Settings.Url = _server.Url;
        using var connection = new QuestDbConnection(Settings, Time);
        var sender = new RowSender(connection, Settings, Counters, Time, random: new Random(5));
        await sender.SendAsync(Batch(rows), stop);
    }

    public static RowBatch Batch(int rows)
    {
        var records = new RecordRows(TestRecords.Names(), IlpVersion.V2);
        // Prices whose bytes hold a line break: 0x0A in a double.
        for (int i = 1; i <= rows; i++) records.Encode(TestRecords.Trade((ulong)i, price: BitConverter.Int64BitsToDouble(0x400A_0A0A_0A0A_0A0A)));
        return records.Batches.Single(b => b.Table == "trades");
    }

    public async Task TakeAsync(HttpExchange exchange, bool answer = true)
    {
        Taken.AddRange(IlpReading.Rows(await exchange.BodyAsync()));
        if (answer) await exchange.AcceptAsync();
    }

    /// <summary>Refuses a request in which a row is bad, whole, as the server does.</summary>
    public async Task RefuseAsync(HttpExchange exchange, Func<ReadRow, bool> isBad, bool tellsLine)
    {
        int line = IlpReading.Rows(await exchange.BodyAsync()).FindIndex(r => isBad(r)) + 1;
        if (line == 0) await TakeAsync(exchange);
        else if (tellsLine) await exchange.ChunkedAsync(400, $$"""{"code":"invalid","message":"failed to parse line protocol:errors encountered on line(s):\nerror in line {{line}}: cast error","line":{{line}},"errorId":"cf261bf396d8-6"}""");
        else await exchange.ChunkedAsync(400, "no good");
    }

    public void Dispose()
    {
        _server?.Dispose();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
