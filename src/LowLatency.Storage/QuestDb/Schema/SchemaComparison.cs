namespace LowLatency.Storage.QuestDb.Schema;

/// <summary>Holds a server's table against ours.</summary>
internal static class SchemaComparison
{
    /// <summary>What is different, a line each.</summary>
    /// <param name="ours">As the SQL has it.</param>
    /// <param name="theirs">The server's columns.</param>
    /// <param name="designated">The server's designated timestamp; null: none.</param>
    /// <param name="partitionBy">How the server partitions it.</param>
    /// <param name="isWal">Whether it has a write-ahead log, without which it takes no rows over HTTP.</param>
    public static IEnumerable<string> Differences(TableDefinition ours, IReadOnlyList<ColumnDefinition> theirs, string? designated, string partitionBy, bool isWal)
    {
        foreach (ColumnDefinition column in ours.Columns)
        {
            ColumnDefinition? found = theirs.FirstOrDefault(c => c.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase));
            if (found is null) yield return $"{ours.Name}.{column.Name}: is not there, ought to be {column.Type}";
            else if (!IsSameType(ours, column, found)) yield return $"{ours.Name}.{column.Name}: is {found.Type}, ought to be {column.Type}";
            else if (found.IsKey != column.IsKey) yield return $"{ours.Name}.{column.Name}: {(found.IsKey ? "is" : "is not")} a deduplication key, and ought {(column.IsKey ? "" : "not ")}to be";
        }

        foreach (ColumnDefinition extra in theirs.Where(c => !ours.Columns.Any(o => o.Name.Equals(c.Name, StringComparison.OrdinalIgnoreCase))))
            yield return $"{ours.Name}.{extra.Name}: is there ({extra.Type}), and ought not to be";
        if (!string.Equals(designated, ours.Timestamp, StringComparison.OrdinalIgnoreCase)) yield return $"{ours.Name}: its designated timestamp is {designated ?? "none"}, ought to be {ours.Timestamp}";
        if (!partitionBy.Equals(ours.PartitionBy, StringComparison.OrdinalIgnoreCase)) yield return $"{ours.Name}: is partitioned by {partitionBy}, ought to be by {ours.PartitionBy}";
        if (!isWal) yield return $"{ours.Name}: has no write-ahead log, and ought to (ALTER TABLE {ours.Name} SET TYPE WAL, and a restart of the server)";
    }

    // A server that was upgraded keeps its tables of microseconds: rows stay apart by their number, and the user has chosen it.
    private static bool IsSameType(TableDefinition ours, ColumnDefinition column, ColumnDefinition found) =>
        found.Type.Equals(column.Type, StringComparison.OrdinalIgnoreCase) || (column.Name == ours.Timestamp && found.Type is "TIMESTAMP" or "TIMESTAMP_NS");
}
