using System.IO.Compression;
using System.Text;
using LowLatency.Market.Settings;

namespace LowLatency.Feeds.Csv;

/// <summary>The symbols that tick files hold, for a message about one that they do not.</summary>
internal static class FileSymbols
{
    private const int MaxRows = 1_000_000;
    private const int MaxSymbols = 10_000;
    private const int MaxTold = 10;

    /// <summary>What to say of a symbol that no row is of: the nearest of those that the files hold, and the first of these.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="rows">How many rows there were.</param>
    /// <param name="paths">The files.</param>
    public static string Missing(string symbol, long rows, IEnumerable<string> paths)
    {
        IReadOnlyList<string> symbols = Read(paths);
        string hint = NearestName.Find(symbol, symbols) is { } nearest ? $"did you mean {nearest}? " : "";
        string more = symbols.Count > MaxTold ? $" and {symbols.Count - MaxTold} more" : "";
        return $"--symbol (feed.replay.symbol) {symbol}: none of the {rows} rows is of this symbol; {hint}the files have {string.Join(", ", symbols.Take(MaxTold))}{more}";
    }

    /// <summary>Reads the symbols of the first million rows, at most ten thousand, in the order in which they come. A damaged file gives those before the damage.</summary>
    /// <param name="paths">The files.</param>
    public static IReadOnlyList<string> Read(IEnumerable<string> paths)
    {
        var found = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int rows = 0;
        foreach (string path in paths)
        {
            try
            {
                using var reader = new StreamReader(Open(path), Encoding.UTF8);
                int column = Array.FindIndex((reader.ReadLine() ?? "").Split(','), name => name.Trim() == "symbol");
                while (column >= 0 && rows++ < MaxRows && found.Count < MaxSymbols && reader.ReadLine() is { } line)
                {
                    string[] cells = line.Split(',', column + 2);
                    if (cells.Length > column && cells[column].Length > 0 && seen.Add(cells[column])) found.Add(cells[column]);
                }
            }
            catch (Exception thrown) when (thrown is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                // The replay has told what is wrong with the file.
            }
        }

        return found;
    }

    private static Stream Open(string path)
    {
        FileStream file = File.OpenRead(path);
        bool zipped = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return zipped ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
