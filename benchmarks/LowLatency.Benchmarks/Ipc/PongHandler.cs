using LowLatency.Aeron.Client;
using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Ipc;

/// <summary>Sends back what comes.</summary>
/// <param name="back">Where it goes.</param>
internal readonly struct PongHandler(ExclusivePublication back) : IFragmentHandler
{
    public void OnFragment(ReadOnlySpan<byte> payload, in Header header)
    {
        SpinWaiting waiting = default;
        while (!back.Offer(payload, out OfferResult result))
        {
            IpcLoops.Refused(result);
            waiting.Wait();
        }
    }
}
