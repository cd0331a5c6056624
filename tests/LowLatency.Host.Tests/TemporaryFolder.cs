using System.IO.Compression;
using System.Text;

namespace LowLatency.Host.Tests;

/// <summary>A folder that is gone after the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("host-");

    public string FullName => _folder.FullName;

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string Write(string name, params string[] lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllLines(PathOf(name), lines);
        return PathOf(name);
    }

    /// <summary>Writes a gzip file that ends too early.</summary>
    public string WriteTruncated(string name, params string[] lines)
    {
        using var zipped = new MemoryStream();
        using (var stream = new GZipStream(zipped, CompressionLevel.Fastest)) stream.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        File.WriteAllBytes(PathOf(name), zipped.ToArray()[..^1000]);
        return PathOf(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
