using System.ComponentModel.DataAnnotations;
using System.Numerics;
using LowLatency.Aeron.Channels;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Publishing;

/// <summary>Publishing over Aeron (settings group <c>publishing</c>).</summary>
public sealed class PublishingSettings
{
    /// <summary>Where records go beside the ring: auto (Aeron where it can be had), aeron or ring.</summary>
    [ConfigurationKeyName("kind")]
    public PublishingKind Kind { get; set; } = PublishingKind.Auto;

    /// <summary>The channel of the streams: aeron:ipc, or a channel of UDP through an <c>aeronmd</c>.</summary>
    [ConfigurationKeyName("channel")]
    public string Channel { get; set; } = "aeron:ipc";

    /// <summary>The channel on which subscribers ask for snapshots.</summary>
    [ConfigurationKeyName("request_channel")]
    public string RequestChannel { get; set; } = "aeron:ipc";

    /// <summary>The number of the first stream: ticks; then bars, indicators, signals, status, requests for snapshots, snapshots.</summary>
    [ConfigurationKeyName("first_stream")]
    [Range(1, 2_000_000_000)]
    public int FirstStream { get; set; } = 1001;

    /// <summary>Bytes of a term of each stream, a power of two: a subscriber may be half of it behind. A stream takes three in memory, as it comes to them.</summary>
    [ConfigurationKeyName("term_bytes")]
    [Range(65_536, 1 << 30)]
    public int TermBytes { get; set; } = 1 << 24;

    /// <summary>What happens when a subscriber that is waited for does not read: drop (count, and go on) or wait (the engine waits).</summary>
    [ConfigurationKeyName("slow_subscriber")]
    public SlowSubscriberPolicy SlowSubscriber { get; set; } = SlowSubscriberPolicy.Drop;

    /// <summary>How long a subscriber that is not waited for (tether=false) may hold a stream up before it loses its image, in milliseconds; it then has as long again to leave.</summary>
    [ConfigurationKeyName("untethered_timeout_ms")]
    [Range(1, 60_000)]
    public int UntetheredTimeoutMs { get; set; } = 100;

    /// <summary>How often the engine's state is published, in milliseconds.</summary>
    [ConfigurationKeyName("status_interval_ms")]
    [Range(10, 60_000)]
    public int StatusIntervalMs { get; set; } = 1000;

    /// <summary>Looks whether the settings are possible beyond each one's range.</summary>
    /// <param name="mistakes">Receives a line for each mistake.</param>
    public void Check(ICollection<string> mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        if (!BitOperations.IsPow2(TermBytes))
        {
            uint above = BitOperations.RoundUpToPowerOf2((uint)TermBytes);
            mistakes.Add($"publishing.term_bytes: {TermBytes} is no power of two; the nearest are {above / 2} and {above}");
        }

        CheckChannel(Channel, "publishing.channel", mistakes);
        CheckChannel(RequestChannel, "publishing.request_channel", mistakes);
    }

    private static void CheckChannel(string channel, string path, ICollection<string> mistakes)
    {
        try
        {
            ChannelUri.Parse(channel);
        }
        catch (FormatException thrown)
        {
            mistakes.Add($"{path}: {thrown.Message}");
        }
    }
}
