using System.Text.Json;
using LowLatency.Storage.QuestDb.Protocol;
using LowLatency.Storage.QuestDb.Sending;

namespace LowLatency.Storage.QuestDb.Schema;

/// <summary>Makes a server's tables, and sees that they are ours. What <c>db init</c> does, and the writer when it starts and after each outage.</summary>
/// <param name="connection">The server.</param>
/// <param name="settings">The settings.</param>
public sealed class QuestDbSchema(QuestDbConnection connection, QuestDbSettings settings)
{
    /// <summary>Asks the server what it can do.</summary>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="QuestDbUnavailableException">It does not answer; try again.</exception>
    /// <exception cref="QuestDbException">It does not take the protocol that the settings want.</exception>
    public async Task<ServerCapabilities> ProbeAsync(CancellationToken stop)
    {
        int[] versions = await connection.ProtocolVersionsAsync(stop);
        int[] known = [.. versions.Where(v => Enum.IsDefined((IlpVersion)v))];
        var highest = (IlpVersion)(known.Length == 0 ? 1 : known.Max());
        if (settings.Protocol != IlpProtocol.Auto && settings.Protocol != IlpProtocol.V1 && !known.Contains((int)settings.Protocol))
            throw new QuestDbException($"questdb.protocol: the server at {connection.Name} takes {(known.Length == 0 ? "version 1 alone" : $"versions {string.Join(", ", known)}")}, not {settings.Protocol}; auto takes the highest.");
        IlpVersion version = settings.Protocol == IlpProtocol.Auto ? highest : (IlpVersion)settings.Protocol;
        bool hasNanoseconds = await CanAsync("SELECT cast(0 AS TIMESTAMP_NS)", stop);
        bool hasTtl = await CanAsync("SELECT ttlValue FROM tables() LIMIT 0", stop);
        return new ServerCapabilities(version, hasNanoseconds, hasTtl, versions.Length != 0);
    }

    /// <summary>Makes the tables that are not there, and checks all.</summary>
    /// <param name="server">What the server can do.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="SchemaDifferenceException">A table is not as ours.</exception>
    /// <exception cref="QuestDbUnavailableException">The server does not answer; try again.</exception>
    /// <exception cref="QuestDbException">The server refuses a statement.</exception>
    public async Task ApplyAsync(ServerCapabilities server, CancellationToken stop)
    {
        IReadOnlyList<string> statements = SchemaFiles.Statements(server, settings.Retention);
        foreach (string statement in statements) (await connection.ExecAsync(statement, stop)).Dispose();
        await CheckAsync([.. statements.Select(TableDefinition.Parse)], stop);
        if (server.HasTtl) await SetTtlAsync(stop);
    }

    private async Task<bool> CanAsync(string sql, CancellationToken stop)
    {
        try
        {
            (await connection.ExecAsync(sql, stop)).Dispose();
            return true;
        }
        catch (QuestDbSqlException)
        {
            return false;
        }
    }

    private async Task CheckAsync(TableDefinition[] ours, CancellationToken stop)
    {
        using JsonDocument tables = await connection.ExecAsync("SELECT table_name, designatedTimestamp, partitionBy, walEnabled FROM tables()", stop);
        Dictionary<string, JsonElement> known = tables.RootElement.GetProperty("dataset").EnumerateArray().ToDictionary(row => row[0].GetString()!, StringComparer.OrdinalIgnoreCase);
        var differences = new List<string>();
        foreach (TableDefinition table in ours)
        {
            using JsonDocument columns = await ColumnsAsync(table, stop);
            (int name, int type, int key) = (IndexOf(columns, "column"), IndexOf(columns, "type"), IndexOf(columns, "upsertKey"));
            ColumnDefinition[] theirs = [.. columns.RootElement.GetProperty("dataset").EnumerateArray().Select(row => new ColumnDefinition(row[name].GetString()!, row[type].GetString()!, row[key].GetBoolean()))];
            if (!known.TryGetValue(table.Name, out JsonElement found)) throw NotYet(table);
            differences.AddRange(SchemaComparison.Differences(table, theirs, found[1].GetString(), found[2].GetString()!, found[3].GetBoolean()));
        }

        if (differences.Count != 0) throw new SchemaDifferenceException(differences);
    }

    // 8.1 may not show for a moment a table that was dropped and made anew.
    private async Task<JsonDocument> ColumnsAsync(TableDefinition table, CancellationToken stop)
    {
        try
        {
            return await connection.ExecAsync($"SHOW COLUMNS FROM {table.Name}", stop);
        }
        catch (QuestDbSqlException refused) when (refused.Message.Contains("does not exist", StringComparison.Ordinal))
        {
            throw NotYet(table);
        }
    }

    private QuestDbUnavailableException NotYet(TableDefinition table) => new($"{connection.Name} took the statement that makes the table {table.Name}, and does not show the table.");

    private static int IndexOf(JsonDocument answer, string column)
    {
        string[] names = [.. answer.RootElement.GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("name").GetString()!)];
        int index = Array.IndexOf(names, column);
        return index >= 0 ? index : throw new QuestDbException($"The server's answer to SHOW COLUMNS has no {column}, but {string.Join(", ", names)}: a version that this writer does not know.");
    }

    // Tables that were there already may have another TTL than the settings.
    private async Task SetTtlAsync(CancellationToken stop)
    {
        using JsonDocument tables = await connection.ExecAsync("SELECT table_name, ttlValue, ttlUnit FROM tables()", stop);
        Dictionary<string, JsonElement> known = tables.RootElement.GetProperty("dataset").EnumerateArray().ToDictionary(row => row[0].GetString()!, StringComparer.OrdinalIgnoreCase);
        foreach (TableLife life in TableLife.All(settings.Retention))
        {
            JsonElement found = known[life.Table];
            if (!life.IsSame(found[1].GetInt32(), found[2].GetString()!)) (await connection.ExecAsync($"ALTER TABLE {life.Table} SET TTL {life.Ttl}", stop)).Dispose();
        }
    }
}
