using System.Globalization;
using System.Text;

namespace LowLatency.Storage.QuestDb.Sending;

/// <summary>
/// Where rows go that the server refuses: a file .ilp with the rows as they were sent, which can be posted again once the reason is gone, and beside it a text with the
/// server's message. What is set aside is on the disk before its rows are acknowledged.
/// </summary>
/// <param name="folder">The folder; made when it is first needed.</param>
/// <param name="time">Names the files.</param>
internal sealed class Quarantine(string folder, TimeProvider time)
{
    private int _number;

    /// <summary>Sets rows aside.</summary>
    /// <param name="table">Their table.</param>
    /// <param name="rows">How many.</param>
    /// <param name="bytes">The rows.</param>
    /// <param name="message">Why.</param>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">They cannot be written down.</exception>
    public string Add(string table, int rows, ReadOnlySpan<byte> bytes, string message)
    {
        Directory.CreateDirectory(folder);
        while (true)
        {
            string stamp = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
            string path = Path.Combine(folder, $"{table}-{stamp}-{_number++:D4}.ilp");
            // Another process may have the same folder.
            if (File.Exists(path)) continue;
            Write(Path.ChangeExtension(path, ".txt"), Encoding.UTF8.GetBytes($"{rows} rows of {table}, {bytes.Length} bytes, refused by the server:{Environment.NewLine}{message}{Environment.NewLine}"));
            Write(path, bytes);
            return path;
        }
    }

    private static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }
}
