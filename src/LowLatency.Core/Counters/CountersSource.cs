using System.Diagnostics;
using System.Text;
using LowLatency.Core.Errors;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Counters;

/// <summary>A file with counters, opened for reading: an engine's, or an Aeron media driver's <c>cnc.dat</c>. It is read while it is written.</summary>
public sealed class CountersSource : IDisposable
{
    /// <summary>A heart that has not beaten for this long, in milliseconds, is taken to have stopped.</summary>
    public const long LivenessLimitMs = 3000;

    // Aeron's drivers beat once a second, and are given up after this.
    private const long AeronLivenessLimitMs = 10_000;

    private readonly MappedFile _file;
    private readonly MemoryView _errorLog;
    private readonly MemoryView _heartbeat;

    private CountersSource(MappedFile file, CountersFormat format, string role, long processId, long startMs, MemoryView heartbeat, CountersReader counters, MemoryView errorLog)
    {
        _file = file;
        _errorLog = errorLog;
        _heartbeat = heartbeat;
        Format = format;
        Role = role;
        ProcessId = processId;
        StartMs = startMs;
        Counters = counters;
    }

    /// <summary>The file's path.</summary>
    public string Path => _file.Path;

    /// <summary>Whose it is.</summary>
    public CountersFormat Format { get; }

    /// <summary>What the process is.</summary>
    public string Role { get; }

    /// <summary>The process's id, in its own name space.</summary>
    public long ProcessId { get; }

    /// <summary>When it started, in milliseconds since 1970.</summary>
    public long StartMs { get; }

    /// <summary>When its heart beat last, in milliseconds since 1970; -1 when it ended in order.</summary>
    public long HeartbeatMs => _heartbeat.GetInt64Volatile(0);

    /// <summary>The counters.</summary>
    public CountersReader Counters { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="IOException">There is no such file, or the system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="InvalidDataException">It is no file with counters, of a version that is not known, or still being made.</exception>
    public static CountersSource Open(string path)
    {
        MappedFile file = MappedFile.Open(path, writable: false);
        try
        {
            MemoryView all = file.View;
            if (all.Length < CountersFileLayout.HeaderBytes) throw Invalid(path, $"it has {all.Length} bytes, and a header needs {CountersFileLayout.HeaderBytes}");
            return all.Bytes(0, CountersFileLayout.Magic.Length).SequenceEqual(CountersFileLayout.Magic) ? OpenOwn(file, all) : OpenAeron(file, all);
        }
        catch
        {
            file.Unmap();
            throw;
        }
    }

    /// <summary>The distinct errors.</summary>
    public IReadOnlyList<LoggedError> ReadErrors() => ErrorLogReader.ReadAll(_errorLog);

    /// <summary>Whether the process runs.</summary>
    /// <param name="nowMs">The time, in milliseconds since 1970.</param>
    public ProcessState StateAt(long nowMs)
    {
        long heartbeatMs = HeartbeatMs;
        if (heartbeatMs == CountersFileLayout.ClosedMs) return ProcessState.Stopped;
        if (nowMs - heartbeatMs <= (Format == CountersFormat.Aeron ? AeronLivenessLimitMs : LivenessLimitMs)) return ProcessState.Running;
        return ProcessExists(heartbeatMs) ? ProcessState.Silent : ProcessState.Dead;
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => _file.Dispose();

    private static CountersSource OpenOwn(MappedFile file, MemoryView all)
    {
        int version = all.GetInt32Volatile(CountersFileLayout.VersionOffset);
        if (version == 0) throw Invalid(file.Path, "its process is still making it");
        if (version != CountersFileLayout.Version) throw Invalid(file.Path, $"it has version {version}, and only {CountersFileLayout.Version} is known");
        int length = all.GetInt32(CountersFileLayout.RoleLengthOffset);
        if (length is < 0 or > CountersFileLayout.MaxRoleLength) throw Invalid(file.Path, $"its role has {length} characters");
        return new CountersSource(
            file,
            CountersFormat.LowLatency,
            Encoding.ASCII.GetString(all.Bytes(CountersFileLayout.RoleOffset, length)),
            all.GetInt64(CountersFileLayout.ProcessIdOffset),
            all.GetInt64(CountersFileLayout.StartMsOffset),
            all.Slice(CountersFileLayout.HeartbeatMsOffset, sizeof(long)),
            ReaderOf(file.Path, Part(file.Path, all, CountersFileLayout.MetadataOffset), Part(file.Path, all, CountersFileLayout.ValuesOffset)),
            Part(file.Path, all, CountersFileLayout.ErrorLogOffset));
    }

    private static CountersSource OpenAeron(MappedFile file, MemoryView all)
    {
        int version = all.GetInt32Volatile(AeronCncLayout.VersionOffset);
        if (version == 0) throw Invalid(file.Path, "it begins with 0: an Aeron driver is still making it, or it is neither an engine's nor a driver's");
        if (version is < AeronCncLayout.LeastVersion or >= AeronCncLayout.NextMajor) throw Invalid(file.Path, "it begins neither as an engine's counters do nor as an Aeron driver's cnc.dat of version 0.2");
        long toDriver = all.GetInt32(AeronCncLayout.ToDriverLengthOffset);
        long toClients = all.GetInt32(AeronCncLayout.ToClientsLengthOffset);
        long metadata = all.GetInt32(AeronCncLayout.MetadataLengthOffset);
        long values = all.GetInt32(AeronCncLayout.ValuesLengthOffset);
        long errorLog = all.GetInt32(AeronCncLayout.ErrorLogLengthOffset);
        long metadataOffset = AeronCncLayout.HeaderBytes + toDriver + toClients;
        if (toDriver < AeronCncLayout.TrailerBytes || toDriver % sizeof(long) != 0 || toClients < 0) throw Invalid(file.Path, $"its buffers to driver and clients have {toDriver} and {toClients} bytes");
        return new CountersSource(
            file,
            CountersFormat.Aeron,
            "aeron driver",
            all.GetInt64(AeronCncLayout.ProcessIdOffset),
            all.GetInt64(AeronCncLayout.StartMsOffset),
            Part(file.Path, all, AeronCncLayout.HeaderBytes + toDriver - AeronCncLayout.TrailerBytes + AeronCncLayout.HeartbeatMsOffsetInTrailer, sizeof(long)),
            ReaderOf(file.Path, Part(file.Path, all, metadataOffset, metadata), Part(file.Path, all, metadataOffset + metadata, values)),
            Part(file.Path, all, metadataOffset + metadata + values, errorLog));
    }

    private static CountersReader ReaderOf(string path, MemoryView metadata, MemoryView values)
    {
        try
        {
            return new CountersReader(metadata, values);
        }
        catch (ArgumentException thrown)
        {
            throw Invalid(path, thrown.Message);
        }
    }

    private static MemoryView Part(string path, MemoryView all, int header) => Part(path, all, all.GetInt64(header), all.GetInt64(header + sizeof(long)));

    private static MemoryView Part(string path, MemoryView all, long offset, long length)
    {
        // Aligned, so that no word in it can be unaligned later.
        if (offset < 0 || length < 0 || offset > all.Length || length > all.Length - offset || offset % sizeof(long) != 0)
            throw Invalid(path, $"its header names {length} bytes at {offset}, and it has {all.Length}");
        return all.Slice(offset, length);
    }

    private static InvalidDataException Invalid(string path, string why) => new($"{path} cannot be read as counters: {why}.");

    private bool ProcessExists(long heartbeatMs)
    {
        try
        {
            using Process process = Process.GetProcessById((int)ProcessId);
            // One that started after the last beat has only the number of that which died.
            return new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() <= heartbeatMs;
        }
        catch (Exception thrown) when (thrown is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return thrown is System.ComponentModel.Win32Exception;
        }
    }
}
