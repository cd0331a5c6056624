using System.Text.RegularExpressions;

namespace LowLatency.Storage.QuestDb.Schema;

/// <summary>A table as its SQL defines it. The SQL is the only place that does.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns, in order.</param>
/// <param name="Timestamp">Its designated timestamp.</param>
/// <param name="PartitionBy">HOUR, DAY, MONTH or YEAR.</param>
public sealed partial record TableDefinition(string Name, IReadOnlyList<ColumnDefinition> Columns, string Timestamp, string PartitionBy)
{
    /// <summary>Reads a statement.</summary>
    /// <param name="sql">CREATE TABLE IF NOT EXISTS, as the files have it.</param>
    /// <exception cref="FormatException">It is another statement.</exception>
    public static TableDefinition Parse(string sql)
    {
        Match match = Statement().Match(sql);
        if (!match.Success) throw new FormatException($"This is no CREATE TABLE of the kind that the schema files have: {sql}");
        string[] keys = Parts(match.Groups["keys"].Value);
        IEnumerable<ColumnDefinition> columns =
            from part in Parts(match.Groups["columns"].Value)
            let words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            select new ColumnDefinition(words[0], words[1], keys.Contains(words[0]));
        return new TableDefinition(match.Groups["name"].Value, [.. columns], match.Groups["timestamp"].Value, match.Groups["partition"].Value);
    }

    private static string[] Parts(string list) => list.Split(',', StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"^\s*CREATE TABLE IF NOT EXISTS (?<name>\w+) \((?<columns>[^()]+)\) TIMESTAMP\((?<timestamp>\w+)\) PARTITION BY (?<partition>\w+)\b[^()]* WAL DEDUP UPSERT KEYS\((?<keys>[^()]+)\)\s*$")]
    private static partial Regex Statement();
}
