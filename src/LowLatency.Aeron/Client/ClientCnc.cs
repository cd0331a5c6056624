using LowLatency.Aeron.Buffers;
using LowLatency.Aeron.Protocol;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Client;

/// <summary>A driver's <c>cnc.dat</c> as a client has it mapped.</summary>
internal sealed class ClientCnc
{
    private const string Explained = "is a driver running there, and is the folder the one that it has?";

    private readonly MappedFile _file;

    private ClientCnc(MappedFile file, CncLayout layout)
    {
        _file = file;
        MemoryView all = file.View;
        ToDriver = new ManyToOneRingBuffer(all.Slice(CncLayout.ToDriverOffset, layout.ToDriverLength));
        ToClients = all.Slice(layout.ToClientsOffset, layout.ToClientsLength);
        CounterMetadata = all.Slice(layout.MetadataOffset, layout.MetadataLength);
        CounterValues = all.Slice(layout.ValuesOffset, layout.ValuesLength);
        ClientLivenessTimeoutNs = all.GetInt64(CncLayout.ClientLivenessTimeoutNsOffset);
    }

    public ManyToOneRingBuffer ToDriver { get; }

    public MemoryView ToClients { get; }

    public MemoryView CounterMetadata { get; }

    public MemoryView CounterValues { get; }

    public long ClientLivenessTimeoutNs { get; }

    /// <summary>Waits for a driver that lives, as long as its timeout is.</summary>
    /// <exception cref="AeronTimeoutException">There was none.</exception>
    /// <exception cref="AeronException">There is one, of another version.</exception>
    public static ClientCnc Connect(AeronContext context)
    {
        string path = Path.Combine(context.Directory, CncLayout.FileName);
        long deadlineNs = context.Clock.MonotonicNs() + (context.DriverTimeoutMs * 1_000_000L);
        for (int looks = 0; ; looks++)
        {
            context.DriverAgent?.DoWork();
            if (TryOpen(path, context, out ClientCnc? cnc, out string problem)) return cnc!;
            if (context.Clock.MonotonicNs() - deadlineNs > 0) throw new AeronTimeoutException($"{problem} after {context.DriverTimeoutMs} ms: {Explained}");
            context.Wait(looks);
        }
    }

    /// <summary>Lets go of the file; the memory goes when nobody can reach it any more.</summary>
    public void Close() => _file.Dispose();

    private static bool TryOpen(string path, AeronContext context, out ClientCnc? cnc, out string problem)
    {
        cnc = null;
        MappedFile file;
        try
        {
            // Refusals may pass: a driver may be making the file anew.
            if (new FileInfo(path) is not { Exists: true, Length: > CncLayout.HeaderLength })
            {
                problem = $"There is no {path} of a driver";
                return false;
            }

            file = MappedFile.Open(path, writable: true);
        }
        catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException)
        {
            problem = $"{path} cannot be opened ({thrown.Message})";
            return false;
        }

        try
        {
            cnc = TryMake(file, path, context, out problem);
        }
        finally
        {
            if (cnc is null) file.Unmap();
        }

        return cnc is not null;
    }

    private static ClientCnc? TryMake(MappedFile file, string path, AeronContext context, out string problem)
    {
        problem = $"{path} is still being made";
        if (file.Length <= CncLayout.HeaderLength) return null;
        MemoryView all = file.View;
        // Acquire: all else is there when the version is.
        int version = all.GetInt32Volatile(CncLayout.VersionOffset);
        if (version == 0) return null;
        if (CncLayout.MajorOf(version) != CncLayout.MajorOf(CncLayout.Version) || version < CncLayout.Version)
            throw new AeronException(
                $"{path} has version {version >> 16}.{(version >> 8) & 0xFF}.{version & 0xFF}, and this client speaks 0.2: use a driver of Aeron 1.3x or later, or the embedded one.");
        var layout = new CncLayout(
            all.GetInt32(CncLayout.ToDriverLengthOffset),
            all.GetInt32(CncLayout.ToClientsLengthOffset),
            all.GetInt32(CncLayout.MetadataLengthOffset),
            all.GetInt32(CncLayout.ValuesLengthOffset),
            all.GetInt32(CncLayout.ErrorLogLengthOffset));
        if (!layout.IsSound) throw new AeronException($"{path} is no driver's: its buffers have impossible lengths.");
        if (file.Length < layout.Length) return null;
        var cnc = new ClientCnc(file, layout);
        long heartbeatMs = cnc.ToDriver.ConsumerHeartbeatMs;
        if (heartbeatMs == 0)
        {
            problem = $"The driver of {path} has not started";
            return null;
        }

        if (heartbeatMs < (context.Clock.EpochNs() / 1_000_000) - context.DriverTimeoutMs)
        {
            problem = heartbeatMs == RingBufferLayout.ShutDownMs ? $"The driver of {path} has been shut down" : $"The driver of {path} has given no sign for longer than it may";
            return null;
        }

        return cnc;
    }
}
