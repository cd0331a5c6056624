namespace LowLatency.Benchmarks.Ipc;

/// <summary>A temporary folder for a driver, in memory where the system has a file system for that.</summary>
internal sealed class IpcFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    private readonly string _path = System.IO.Path.Combine(Directory.Exists(Memory) ? Memory : System.IO.Path.GetTempPath(), $"lowlatency-bench-{Environment.ProcessId}-{Guid.NewGuid():N}");

    public IpcFolder() => Directory.CreateDirectory(_path);

    /// <summary>Where the driver lives: a folder in it that the driver makes.</summary>
    public string DriverPath => System.IO.Path.Combine(_path, "driver");

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
