using System.Buffers.Binary;
using System.Reflection;
using LowLatency.Aeron.Protocol;
using LowLatency.Core.Counters;

namespace LowLatency.Aeron.Driver;

/// <summary>The counters that every driver has, at the ids that tools and clients expect. Most are of network media and stay 0.</summary>
internal sealed class SystemCounters
{
    public const int Errors = 15;
    public const int FreeFails = 17;
    public const int UnblockedPublications = 19;
    public const int UnblockedCommands = 20;
    public const int ClientTimeouts = 24;
    public const int SoftwareVersion = 34;
    public const int BytesMapped = 35;
    public const int PublicationsRevoked = 40;
    public const int ImagesRejected = 42;
    public const int ControlProtocolVersion = 43;

    /// <summary>1.0.0: clients may ask for the next session id.</summary>
    private const int ControlProtocol = 1 << 16;

    private const long Driver = -1;

    private static readonly string[] Labels =
    [
        "Bytes sent", "Bytes received", "Failed offers to ReceiverProxy", "Failed offers to SenderProxy", "Failed offers to DriverConductorProxy",
        "NAKs sent", "NAKs received", "Status Messages sent", "Status Messages received", "Heartbeats sent", "Heartbeats received", "Retransmits sent",
        "Flow control under runs", "Flow control over runs", "Invalid packets", "Errors: ", "Short sends", "Failed attempts to free log buffers",
        "Sender flow control limits, i.e. back-pressure events", "Unblocked Publications", "Unblocked Control Commands", "Possible TTL Asymmetry",
        "ControllableIdleStrategy status", "Loss gap fills", "Client liveness timeouts", "Resolution changes", "Conductor max cycle time doing its work in ns",
        "Conductor work cycle exceeded threshold count", "Sender max cycle time doing its work in ns", "Sender work cycle exceeded threshold count",
        "Receiver max cycle time doing its work in ns", "Receiver work cycle exceeded threshold count", "NameResolver max time in ns",
        "NameResolver exceeded threshold count", "Aeron software: ", "Bytes currently mapped", "Retransmitted bytes", "Retransmit Pool Overflow count",
        "Error Frames received", "Error Frames sent", "Publications Revoked", "Publication Images Revoked", "Images rejected", "Control protocol version",
        "Status Messages rejected", "Failed offers to NativeResourceAgentProxy",
    ];

    private readonly Counter[] _counters = new Counter[Labels.Length];

    /// <summary>Allocates them as the first of a table.</summary>
    public SystemCounters(CounterTable table)
    {
        Version version = typeof(SystemCounters).Assembly.GetName().Version ?? new Version(0, 0, 0);
        string identity = $"version={version.ToString(3)} commit=lowlatency";
        Span<byte> key = stackalloc byte[sizeof(int)];
        for (int id = 0; id < Labels.Length; id++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(key, id);
            string label = id is Errors or SoftwareVersion ? Labels[id] + identity : Labels[id];
            _counters[id] = table.AllocateRegistered(CounterTypes.System, label, key, id, Driver, 0);
        }

        _counters[SoftwareVersion].Set((version.Major << 16) | (version.Minor << 8) | version.Build);
        _counters[ControlProtocolVersion].Set(ControlProtocol);
    }

    public Counter this[int id] => _counters[id];
}
