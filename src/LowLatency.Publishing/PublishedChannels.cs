using System.Globalization;
using LowLatency.Aeron.Channels;

namespace LowLatency.Publishing;

/// <summary>The channels of publications and subscriptions, with what the settings add to them.</summary>
/// <param name="settings">The settings.</param>
internal sealed class PublishedChannels(PublishingSettings settings)
{
    private const int RequestTermBytes = 65_536;

    /// <summary>The engine's publications.</summary>
    public string Publication
    {
        get
        {
            ChannelUri uri = With(ChannelUri.Parse(settings.Channel), "term-length", settings.TermBytes.ToString(CultureInfo.InvariantCulture));
            string timeout = string.Create(CultureInfo.InvariantCulture, $"{settings.UntetheredTimeoutMs}ms");
            uri = With(With(uri, "untethered-window-limit-timeout", timeout), "untethered-linger-timeout", timeout);
            return With(uri, "untethered-resting-timeout", timeout).ToString();
        }
    }

    /// <summary>A subscriber's requests for snapshots.</summary>
    public string RequestPublication => With(ChannelUri.Parse(settings.RequestChannel), "term-length", RequestTermBytes.ToString(CultureInfo.InvariantCulture)).ToString();

    /// <summary>The engine's subscription to those.</summary>
    public string Requests => settings.RequestChannel;

    /// <summary>Subscriptions of this project: they never hold the engine up for long.</summary>
    public string Subscription => With(ChannelUri.Parse(settings.Channel), "tether", "false").ToString();

    private static ChannelUri With(ChannelUri uri, string key, string value) => uri[key] is null ? uri.With(key, value) : uri;
}
