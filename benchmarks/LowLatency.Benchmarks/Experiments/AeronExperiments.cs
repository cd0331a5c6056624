using LowLatency.Benchmarks.Ipc;
using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Peers.Official;

namespace LowLatency.Benchmarks.Experiments;

/// <summary>The experiments of suite aeron, in the order in which they run.</summary>
internal static class AeronExperiments
{
    private const string Suite = "aeron";
    private const int RoundTripLength = 32;

    // The official exclusive sample of C sends 32 bytes whatever it is told.
    private const int ExclusiveStreamingLength = 32;

    /// <summary>All of them.</summary>
    public static Experiment[] All { get; } =
    [
        Throughput(32),
        Throughput(64),
        Throughput(256),
        new(Suite, "aeron-round-trip", $"{RoundTripLength} bytes there on one IPC stream and back on another, one at a time", Metric.MedianLatency, _ => RoundTrips())
        {
            MustNotAllocate = true,
        },
    ];

    private static Experiment Throughput(int length) =>
        new(Suite, $"aeron-{length}", $"messages of {length} bytes over an IPC stream, one publisher, one subscriber", Metric.Throughput, _ => Streams(length))
        {
            MustNotAllocate = true,
            TellsRuns = true,
        };

    private static IEnumerable<Contender> Streams(int length) =>
    [
        new IpcThroughput(DriverKind.OwnThread, PublicationKind.ExclusiveOffer, length, Role.Ours),
        new IpcThroughput(DriverKind.OwnThread, PublicationKind.ExclusiveClaim, length, Role.Variant),
        new IpcThroughput(DriverKind.OwnThread, PublicationKind.ConcurrentOffer, length, Role.Variant),
        new IpcThroughput(DriverKind.OwnThread, PublicationKind.ConcurrentClaim, length, Role.Variant),
        new IpcThroughput(DriverKind.SubscribersThread, PublicationKind.ExclusiveOffer, length, Role.Variant),
        new IpcThroughput(DriverKind.Official, PublicationKind.ExclusiveOffer, length, Role.Variant),
        new OfficialThroughput("Throughput", length),
        new OfficialThroughput("ExclusiveThroughput", length),
        new OfficialStreaming("streaming_publisher", length),
        .. length == ExclusiveStreamingLength ? (Contender[])[new OfficialStreaming("streaming_exclusive_publisher", length)] : [],
        new AbsentPeer("Aeron.NET samples", DotNetReason),
    ];

    private static IEnumerable<Contender> RoundTrips() =>
    [
        new IpcRoundTrip(DriverKind.OwnThread, RoundTripLength, Role.Ours),
        new IpcRoundTrip(DriverKind.SubscribersThread, RoundTripLength, Role.Variant),
        new IpcRoundTrip(DriverKind.Official, RoundTripLength, Role.Variant),
        new OfficialPing(RoundTripLength),
        new OfficialPingPong("PingPong", RoundTripLength),
        new OfficialPingPong("ExclusivePingPong", RoundTripLength),
        new AbsentPeer("Aeron.NET samples", DotNetReason),
    ];

    private static string DotNetReason => "Aeron.Client cannot be restored here, and this suite does not start its samples.";
}
