using System.Runtime.InteropServices;
using LowLatency.Aeron;
using LowLatency.Aeron.Client;
using LowLatency.Core.Clocks;
using LowLatency.Market.Records;

namespace LowLatency.Publishing;

/// <summary>Whether another engine publishes on the same streams of the same driver: subscribers could not tell the two apart.</summary>
internal static class OtherEngine
{
    private const long ImageNs = 60_000_000;

    /// <summary>Listens for the status of another engine; for as long as one may be silent where there is, or was, one.</summary>
    /// <param name="client">The client.</param>
    /// <param name="settings">The settings.</param>
    /// <exception cref="AeronException">There is another.</exception>
    public static void ThrowIfHeard(AeronClient client, PublishingSettings settings)
    {
        using Subscription status = client.AddSubscription(new PublishedChannels(settings).Subscription, new PublishedStreamIds(settings.FirstStream).Status);
        SystemClock clock = SystemClock.Instance;
        long start = clock.MonotonicNs();
        long silenceNs = (settings.StatusIntervalMs * 1_500_000L) + ImageNs;
        var heard = default(Heard);
        while (heard.RunNs == 0)
        {
            long waited = clock.MonotonicNs() - start;
            // Nobody there; or what a dead one has left, which says nothing any more.
            if (waited > silenceNs || (waited > ImageNs && !status.IsConnected)) return;
            if (status.Poll(ref heard, 16) == 0) Thread.Sleep(1);
        }

        throw new AeronException(
            $"Another engine publishes on streams {settings.FirstStream} and on of {settings.Channel} (its run {heard.RunNs}): give one of the two another aeron.dir, or another publishing.first_stream. Nothing is sent while it does.");
    }

    private struct Heard : IFragmentHandler
    {
        public long RunNs;

        public void OnFragment(ReadOnlySpan<byte> payload, in Header header)
        {
            if (payload.Length == Marshal.SizeOf<StatusRecord>() && payload[0] == (byte)RecordType.Status && MemoryMarshal.AsRef<StatusRecord>(payload).State < Market.Streams.PublisherState.Stopped)
                RunNs = MemoryMarshal.AsRef<StatusRecord>(payload).RunNs;
        }
    }
}
