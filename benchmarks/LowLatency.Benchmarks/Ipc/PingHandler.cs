using System.Runtime.InteropServices;
using LowLatency.Aeron.Client;
using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Histograms;

namespace LowLatency.Benchmarks.Ipc;

/// <summary>Looks at the clock when a message has come back, and whether it is the one that was sent.</summary>
/// <param name="latency">Takes the times.</param>
internal struct PingHandler(LatencyHistogram latency) : IFragmentHandler
{
    /// <summary>The number of the message that is under way.</summary>
    public long Number;

    /// <summary>Whether anything else has come.</summary>
    public long Wrong;

    public void OnFragment(ReadOnlySpan<byte> payload, in Header header)
    {
        latency.Record(LabClock.NowNs() - MemoryMarshal.Read<long>(payload));
        Wrong |= MemoryMarshal.Read<long>(payload[sizeof(long)..]) ^ Number;
    }
}
