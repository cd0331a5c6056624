using System.IO.Compression;
using System.Text;

namespace LowLatency.Feeds.Tests;

/// <summary>A folder that is gone after the test.</summary>
public sealed class TemporaryFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("feeds-");
    private int _count;

    public string Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    public string Bytes(ReadOnlySpan<byte> bytes)
    {
        string path = Path.Combine(_folder.FullName, $"{++_count}.csv");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public static byte[] Gzip(string text)
    {
        using var zipped = new MemoryStream();
        using (var stream = new GZipStream(zipped, CompressionLevel.Optimal)) stream.Write(Encoding.UTF8.GetBytes(text));
        return zipped.ToArray();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
