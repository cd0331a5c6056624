using System.Text.Json;
using LowLatency.Storage.QuestDb.Sending;

namespace LowLatency.Storage.QuestDb.Schema;

/// <summary>Looks after old partitions: drops them where the server has no TTL, turns them into Parquet where it can, and sees whether a table's log has stopped being applied.</summary>
/// <param name="connection">The server.</param>
/// <param name="settings">How long rows are kept.</param>
public sealed class PartitionCare(QuestDbConnection connection, RetentionSettings settings)
{
    /// <summary>The statements for a server. A statement that finds no partition does nothing.</summary>
    /// <param name="server">What it can do.</param>
    public IReadOnlyList<string> Statements(ServerCapabilities server)
    {
        ArgumentNullException.ThrowIfNull(server);
        var statements = new List<string>();
        foreach (TableLife life in TableLife.All(settings))
        {
            if (!server.HasTtl && life.Keep > 0) statements.Add($"ALTER TABLE {life.Table} DROP PARTITION WHERE timestamp < dateadd('{life.Letter}', -{life.Keep}, now())");
            if (server.HasParquet && life.ParquetDays > 0) statements.Add($"ALTER TABLE {life.Table} CONVERT PARTITION TO PARQUET WHERE timestamp < dateadd('d', -{life.ParquetDays}, now())");
        }

        return statements;
    }

    /// <summary>Runs them all: one that is refused does not keep the others from being run.</summary>
    /// <param name="server">What the server can do.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>What was refused, and which tables are suspended; a line each.</returns>
    /// <exception cref="QuestDbUnavailableException">The server does not answer.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(ServerCapabilities server, CancellationToken stop)
    {
        var troubles = new List<string>();
        foreach (string statement in Statements(server))
        {
            try
            {
                (await connection.ExecAsync(statement, stop)).Dispose();
            }
            catch (QuestDbSqlException refused)
            {
                troubles.Add(refused.Message);
            }
        }

        using JsonDocument suspended = await connection.ExecAsync("SELECT name FROM wal_tables() WHERE suspended", stop);
        foreach (JsonElement row in suspended.RootElement.GetProperty("dataset").EnumerateArray())
        {
            string table = row[0].GetString()!;
            if (TableLife.All(settings).Any(life => life.Table == table)) troubles.Add($"The table {table} is suspended: the server takes its rows but does not show them; see SELECT * FROM wal_tables(), then ALTER TABLE {table} RESUME WAL.");
        }

        return troubles;
    }
}
