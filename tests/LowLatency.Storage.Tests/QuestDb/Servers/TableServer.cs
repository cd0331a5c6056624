using System.Text.Json;
using System.Text.RegularExpressions;
using LowLatency.Storage.QuestDb.Schema;

namespace LowLatency.Storage.Tests.QuestDb.Servers;

/// <summary>A small QuestDB: tables with deduplication, the statements that the writer needs, rows over HTTP. What it is to do wrong, a test says by <see cref="OnWrite"/>.</summary>
internal sealed partial class TableServer : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (TableDefinition Definition, Dictionary<string, ReadRow> Rows)> _tables = [];
    private readonly LoopbackServer _server;

    public TableServer() => _server = new LoopbackServer(AnswerAsync);

    public string Url => _server.Url;

    /// <summary>Called for a request with rows before anything else; true: it was answered, or cut off.</summary>
    public Func<HttpExchange, Task<bool>> OnWrite { get; set; } = _ => Task.FromResult(false);

    /// <summary>Called for any request; true: it was answered, or cut off.</summary>
    public Func<HttpExchange, Task<bool>> OnAny { get; set; } = _ => Task.FromResult(false);

    /// <summary>The protocols that it names; none: it is 8.1, without nanoseconds and TTL.</summary>
    public int[] Versions { get; set; } = [1, 2, 3];

    public List<string> Statements { get; } = [];

    /// <summary>Requests with rows that were committed: the tables that each had.</summary>
    public List<string[]> Committed { get; } = [];

    public IReadOnlyList<ReadRow> Rows(string table)
    {
        lock (_lock) return _tables.TryGetValue(table, out var found) ? [.. found.Rows.Values] : [];
    }

    public void Drop(string table)
    {
        lock (_lock) _tables.Remove(table);
    }

    public void Run(string createTable)
    {
        lock (_lock)
        {
            TableDefinition definition = TableDefinition.Parse(createTable);
            _tables.TryAdd(definition.Name, (definition, []));
        }
    }

    /// <summary>Takes a request's rows as the server would: what is there by its keys is replaced.</summary>
    public async Task CommitAsync(HttpExchange exchange)
    {
        List<ReadRow> rows = IlpReading.Rows(await exchange.BodyAsync());
        lock (_lock)
        {
            Committed.Add([.. rows.Select(r => r.Table).Distinct()]);
            foreach (ReadRow row in rows)
            {
                (TableDefinition definition, Dictionary<string, ReadRow> kept) = _tables[row.Table];
                string key = string.Join('|', definition.Columns.Where(c => c.IsKey).Select(c => c.Name == "timestamp" ? row.TimestampNs : row.Symbols.GetValueOrDefault(c.Name) ?? row.Columns.GetValueOrDefault(c.Name)));
                kept[key] = row;
            }
        }
    }

    public void Dispose() => _server.Dispose();

    private async Task AnswerAsync(HttpExchange exchange)
    {
        if (await OnAny(exchange)) return;
        if (exchange.Path == "/settings")
        {
            await exchange.ChunkedAsync(200, Versions.Length == 0 ? """{"release.type":"OSS"}""" : $$$"""{"config":{"line.proto.support.versions":[{{{string.Join(',', Versions)}}}]}}""");
        }
        else if (exchange.Path.StartsWith("/exec?query=", StringComparison.Ordinal))
        {
            string sql = Uri.UnescapeDataString(exchange.Path["/exec?query=".Length..]);
            (int status, object body) = Exec(sql);
            await exchange.ChunkedAsync(status, JsonSerializer.Serialize(body));
        }
        else if (exchange.Path.StartsWith("/write", StringComparison.Ordinal))
        {
            if (await OnWrite(exchange)) return;
            await CommitAsync(exchange);
            await exchange.AcceptAsync();
        }
        else
        {
            await exchange.ChunkedAsync(404, "there is nothing here");
        }
    }

    private (int Status, object Body) Exec(string sql)
    {
        lock (_lock)
        {
            Statements.Add(sql);
            if (Versions.Length == 0 && (sql.Contains("TIMESTAMP_NS", StringComparison.Ordinal) || sql.Contains("ttl", StringComparison.OrdinalIgnoreCase))) return (400, new { error = "unsupported", position = 0 });
            if (sql.StartsWith("CREATE", StringComparison.Ordinal))
            {
                Run(sql);
                return (200, new { ddl = "OK" });
            }

            if (Columns().Match(sql) is { Success: true } columns)
            {
                if (!_tables.TryGetValue(columns.Groups[1].Value, out var table)) return (400, new { error = "table does not exist", position = 0 });
                return (200, new { columns = (object[])[new { name = "column" }, new { name = "type" }, new { name = "indexed" }, new { name = "upsertKey" }], dataset = table.Definition.Columns.Select(c => new object[] { c.Name, c.Type, false, c.IsKey }) });
            }

            if (sql.Contains("ttlValue FROM tables() LIMIT 0", StringComparison.Ordinal)) return Dataset([]);
            if (sql.Contains("ttlValue", StringComparison.Ordinal)) return Dataset(_tables.Values.Select(t => new object[] { t.Definition.Name, 5, "DAY" }));
            if (sql.Contains("FROM tables()", StringComparison.Ordinal)) return Dataset(_tables.Values.Select(t => new object[] { t.Definition.Name, t.Definition.Timestamp, t.Definition.PartitionBy, true }));
            if (sql.Contains("wal_tables()", StringComparison.Ordinal) || sql.StartsWith("SELECT cast", StringComparison.Ordinal)) return Dataset([]);
            return sql.StartsWith("ALTER", StringComparison.Ordinal) ? (200, new { ddl = "OK" }) : (400, new { error = $"not known here: {sql}", position = 0 });
        }
    }

    private static (int Status, object Body) Dataset(IEnumerable<object[]> rows) => (200, new { dataset = rows.ToArray() });

    [GeneratedRegex(@"^SHOW COLUMNS FROM (\w+)$")]
    private static partial Regex Columns();
}
