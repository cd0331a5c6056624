namespace LowLatency.Tests;

/// <summary>A folder that is gone after the test; in memory where the system has such a place.</summary>
internal sealed class MemoryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.Exists("/dev/shm")
        ? Directory.CreateDirectory($"/dev/shm/lowlatency-tests-{Guid.NewGuid():N}")
        : Directory.CreateTempSubdirectory("lowlatency-tests-");

    public string FullName => _folder.FullName;

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
