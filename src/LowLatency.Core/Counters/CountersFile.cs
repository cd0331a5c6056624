using System.Text;
using LowLatency.Core.Clocks;
using LowLatency.Core.Errors;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Counters;

/// <summary>
/// A process's counters and its error log in a mapped file (<see cref="CountersFileLayout"/>) that other processes read while it runs, and after it
/// has crashed. A process that ends in order deletes its file, unless errors were written down in it.
/// </summary>
public sealed class CountersFile : IDisposable
{
    private const int MinErrorLogBytes = 4096;

    private readonly MappedFile _file;
    private readonly MappedWord _heartbeat;
    private readonly MemoryView _errorLog;
    private readonly IClock _clock;
    private int _disposed;

    private CountersFile(MappedFile file, MemoryView metadata, MemoryView values, MemoryView errorLog, IClock clock)
    {
        _file = file;
        _clock = clock;
        _errorLog = errorLog;
        _heartbeat = file.View.WordAt(CountersFileLayout.HeartbeatMsOffset);
        Table = new CounterTable(metadata, values, clock);
        Errors = new DistinctErrorLog(errorLog, clock);
    }

    /// <summary>The file's path.</summary>
    public string Path => _file.Path;

    /// <summary>The counters.</summary>
    public CounterTable Table { get; }

    /// <summary>The error log.</summary>
    public DistinctErrorLog Errors { get; }

    /// <summary>Makes a file; its heart has beaten once.</summary>
    /// <param name="path">A path where there is no file.</param>
    /// <param name="role">What the process is, in letters of ASCII, at most 44.</param>
    /// <param name="capacity">How many counters there can be at once, at least 1.</param>
    /// <param name="errorLogBytes">Room of the error log in bytes, at least 4096.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="IOException">There is such a file, the disk is full, or the system refuses for another reason.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static CountersFile Create(string path, string role, int capacity, int errorLogBytes, IClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentException.ThrowIfNullOrEmpty(role);
        if (role.Length > CountersFileLayout.MaxRoleLength || !Ascii.IsValid(role)) throw new ArgumentException($"The role '{role}' is not at most {CountersFileLayout.MaxRoleLength} characters of ASCII.", nameof(role));
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(errorLogBytes, MinErrorLogBytes);
        long metadataBytes = (long)capacity * CountersLayout.MetadataBytes;
        long valuesBytes = (long)capacity * CountersLayout.ValueBytes;
        long valuesOffset = CountersFileLayout.HeaderBytes + metadataBytes;
        long errorLogOffset = valuesOffset + valuesBytes;
        MappedFile file = MappedFile.Create(path, errorLogOffset + errorLogBytes);
        MemoryView all = file.View;
        var made = new CountersFile(
            file, all.Slice(CountersFileLayout.HeaderBytes, metadataBytes), all.Slice(valuesOffset, valuesBytes), all.Slice(errorLogOffset, errorLogBytes), clock);
        all.PutBytes(CountersFileLayout.MagicOffset, CountersFileLayout.Magic);
        all.PutInt32(CountersFileLayout.HeaderLengthOffset, CountersFileLayout.HeaderBytes);
        all.PutInt64(CountersFileLayout.ProcessIdOffset, Environment.ProcessId);
        all.PutInt64(CountersFileLayout.StartMsOffset, clock.EpochNs() / 1_000_000);
        all.PutInt64(CountersFileLayout.MetadataOffset, CountersFileLayout.HeaderBytes);
        all.PutInt64(CountersFileLayout.MetadataOffset + 8, metadataBytes);
        all.PutInt64(CountersFileLayout.ValuesOffset, valuesOffset);
        all.PutInt64(CountersFileLayout.ValuesOffset + 8, valuesBytes);
        all.PutInt64(CountersFileLayout.ErrorLogOffset, errorLogOffset);
        all.PutInt64(CountersFileLayout.ErrorLogOffset + 8, errorLogBytes);
        all.PutInt32(CountersFileLayout.RoleLengthOffset, role.Length);
        all.PutBytes(CountersFileLayout.RoleOffset, Encoding.ASCII.GetBytes(role));
        made.Beat();
        // Release: who sees the version sees the header and a heart that has beaten.
        all.PutInt32Ordered(CountersFileLayout.VersionOffset, CountersFileLayout.Version);
        return made;
    }

    /// <summary>Says that the process lives. Nothing after <see cref="Dispose"/>, also when that comes at the same time.</summary>
    public void Beat()
    {
        long before = _heartbeat.GetVolatile();
        if (before != CountersFileLayout.ClosedMs) _heartbeat.CompareAndSet(before, _clock.EpochNs() / 1_000_000);
    }

    /// <summary>
    /// Says that the process ended in order, and deletes the file unless it has errors to tell. Counters may still be written: into memory that nobody
    /// opens any more.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _heartbeat.SetOrdered(CountersFileLayout.ClosedMs);
        bool hasErrors = _errorLog.GetInt32Volatile(0) != 0;
        _file.Dispose();
        if (!hasErrors) File.Delete(Path);
    }
}
