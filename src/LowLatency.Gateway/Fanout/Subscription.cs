using LowLatency.Gateway.Protocol;

namespace LowLatency.Gateway.Fanout;

/// <summary>One client's interest in one stream. The fanout thread's own.</summary>
/// <param name="client">Who.</param>
/// <param name="stream">In what.</param>
/// <param name="conflates">Whether a newer record may replace one that has not gone out.</param>
/// <param name="intervalNs">The least time between two conflated messages, in nanoseconds; 0: each flush.</param>
/// <param name="laps">How often the fanout had been lapped when the subscription began.</param>
internal sealed class Subscription(FanoutClient client, StreamState stream, bool conflates, long intervalNs, long laps)
{
    /// <summary>Who.</summary>
    public FanoutClient Client { get; } = client;

    /// <summary>In what.</summary>
    public StreamState Stream { get; } = stream;

    /// <summary>Whether a newer record may replace one that has not gone out.</summary>
    public bool Conflates { get; } = conflates;

    /// <summary>The least time between two conflated messages, in nanoseconds.</summary>
    public long IntervalNs { get; } = intervalNs;

    /// <summary>How often the fanout had been lapped when the subscription began.</summary>
    public long Laps { get; } = laps;

    /// <summary>The last q that was put into the client's buffer, or named to it as skipped.</summary>
    public ulong LastQ { get; set; } = stream.LastQ;

    /// <summary>Whether the stream's newest record is still to be sent.</summary>
    public bool IsPending { get; set; }

    /// <summary>Whether the client's list of pending subscriptions has it.</summary>
    public bool IsListed { get; set; }

    /// <summary>When the next conflated message may go out, on the monotonic clock.</summary>
    public long DueNs { get; set; }
}
