using LowLatency.Aeron.Buffers;
using LowLatency.Aeron.Protocol;
using LowLatency.Core.Counters;
using LowLatency.Core.Errors;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Driver;

/// <summary>A driver's <c>cnc.dat</c>, which it makes. All of its memory is allocated at once: a full file system is found here and not later.</summary>
internal sealed class DriverCnc
{
    private readonly MappedFile _file;
    private readonly MemoryView _all;

    public DriverCnc(string path, MediaDriverContext context)
    {
        CncLayout layout = context.CncLayout;
        _file = MappedFile.Create(path, (layout.Length + context.FilePageSize - 1) & ~(context.FilePageSize - 1L));
        _all = _file.View;
        _all.PutInt32(CncLayout.ToDriverLengthOffset, layout.ToDriverLength);
        _all.PutInt32(CncLayout.ToClientsLengthOffset, layout.ToClientsLength);
        _all.PutInt32(CncLayout.MetadataLengthOffset, layout.MetadataLength);
        _all.PutInt32(CncLayout.ValuesLengthOffset, layout.ValuesLength);
        _all.PutInt32(CncLayout.ErrorLogLengthOffset, layout.ErrorLogLength);
        _all.PutInt64(CncLayout.ClientLivenessTimeoutNsOffset, context.ClientLivenessTimeoutMs * 1_000_000L);
        _all.PutInt64(CncLayout.StartMsOffset, context.Clock.EpochNs() / 1_000_000);
        _all.PutInt64(CncLayout.ProcessIdOffset, Environment.ProcessId);
        _all.PutInt32(CncLayout.FilePageSizeOffset, context.FilePageSize);
        MemoryView values = _all.Slice(layout.ValuesOffset, layout.ValuesLength);
        Counters = new CounterTable(_all.Slice(layout.MetadataOffset, layout.MetadataLength), values, context.Clock, context.CounterReuseDelayMs);
        SystemCounters = new SystemCounters(Counters);
        ToDriver = new ManyToOneRingBuffer(_all.Slice(CncLayout.ToDriverOffset, layout.ToDriverLength));
        ToClients = new BroadcastTransmitter(_all.Slice(layout.ToClientsOffset, layout.ToClientsLength));
        Errors = new DistinctErrorLog(_all.Slice(layout.ErrorLogOffset, layout.ErrorLogLength), context.Clock);
        Length = _file.Length;
    }

    public long Length { get; }

    public CounterTable Counters { get; }

    public SystemCounters SystemCounters { get; }

    public ManyToOneRingBuffer ToDriver { get; }

    public BroadcastTransmitter ToClients { get; }

    public DistinctErrorLog Errors { get; }

    /// <summary>Clients may come.</summary>
    public void Open(long nowMs)
    {
        // Id 0 is given to nobody.
        ToDriver.NextCorrelationId();
        ToDriver.ConsumerHeartbeatMs = nowMs;
        // Release: all else is there before the version is.
        _all.PutInt32Ordered(CncLayout.VersionOffset, CncLayout.Version);
    }

    /// <summary>Tells clients that the driver is gone, and lets go of the file.</summary>
    public void Close()
    {
        ToDriver.ConsumerHeartbeatMs = RingBufferLayout.ShutDownMs;
        _file.Dispose();
    }
}
