using System.Text.RegularExpressions;

namespace LowLatency.Storage.QuestDb.Schema;

/// <summary>The numbered SQL files, for a server: each statement can be run again and again.</summary>
public static partial class SchemaFiles
{
    private const string Folder = "QuestDb/";

    /// <summary>The files' names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(SchemaFiles).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Select(n => n[Folder.Length..]).Order(StringComparer.Ordinal)];

    /// <summary>All statements for a server, in order.</summary>
    /// <param name="server">What it can do.</param>
    /// <param name="retention">How long rows are kept.</param>
    public static IReadOnlyList<string> Statements(ServerCapabilities server, RetentionSettings retention) => [.. Names.SelectMany(name => StatementsOf(name, server, retention))];

    private static IEnumerable<string> StatementsOf(string name, ServerCapabilities server, RetentionSettings retention)
    {
        using Stream stream = typeof(SchemaFiles).Assembly.GetManifestResourceStream(Folder + name)!;
        using var reader = new StreamReader(stream);
        string sql = Comment().Replace(reader.ReadToEnd(), "").Replace("$TIMESTAMP", server.HasNanoseconds ? "TIMESTAMP_NS" : "TIMESTAMP", StringComparison.Ordinal);
        sql = Ttl().Replace(sql, match => server.HasTtl ? TtlOf(match.Groups[1].Value, retention) : "");
        return sql.Split(';').Select(s => Blanks().Replace(s, " ").Replace("( ", "(", StringComparison.Ordinal).Replace(" )", ")", StringComparison.Ordinal).Trim()).Where(s => s.Length != 0);
    }

    private static string TtlOf(string table, RetentionSettings retention)
    {
        TableLife life = TableLife.All(retention).Single(life => life.Table == table);
        return life.Keep == 0 ? "" : $"TTL {life.Keep} {life.Unit}S";
    }

    [GeneratedRegex("--.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\$TTL\((\w+)\)")]
    private static partial Regex Ttl();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
