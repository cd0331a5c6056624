using System.Globalization;

namespace LowLatency.Aeron.Channels;

/// <summary>Builds a channel of IPC or UDP by its parts: <c>new ChannelUriBuilder { TermLength = 65536, Alias = "ticks" }.Build()</c>.</summary>
public sealed class ChannelUriBuilder
{
    /// <summary><see cref="ChannelUri.IpcMedia"/> or <see cref="ChannelUri.UdpMedia"/>.</summary>
    public string Media { get; init; } = ChannelUri.IpcMedia;

    /// <summary>Bytes of a term: a power of two from 64 KiB to 1 GiB.</summary>
    public int? TermLength { get; init; }

    /// <summary>Most bytes of a frame, header included: a multiple of 32 up to 65504.</summary>
    public int? Mtu { get; init; }

    /// <summary>The session id to have, or to listen to.</summary>
    public int? SessionId { get; init; }

    /// <summary>Whether a subscription slows the publisher rather than lose its image; true when nothing is said.</summary>
    public bool? Tether { get; init; }

    /// <summary>Whether a subscription that lost its image for being slow gets it again; true when nothing is said.</summary>
    public bool? Rejoin { get; init; }

    /// <summary>Whether the log's file takes memory only where it is written; true when nothing is said.</summary>
    public bool? Sparse { get; init; }

    /// <summary>How far the publisher may run ahead of the slowest subscriber, in bytes.</summary>
    public int? PublicationWindow { get; init; }

    /// <summary>The address of UDP, <c>host:port</c>.</summary>
    public string? Endpoint { get; init; }

    /// <summary>A name for people.</summary>
    public string? Alias { get; init; }

    /// <summary>The channel.</summary>
    /// <exception cref="FormatException">The parts make no channel.</exception>
    public ChannelUri Build()
    {
        ChannelUri uri = ChannelUri.Parse($"aeron:{Media}");
        foreach ((string key, string? value) in (ReadOnlySpan<(string, string?)>)[
            ("endpoint", Endpoint), ("term-length", Text(TermLength)), ("mtu", Text(Mtu)), ("session-id", Text(SessionId)), ("tether", Text(Tether)), ("rejoin", Text(Rejoin)),
            ("sparse", Text(Sparse)), ("pub-wnd", Text(PublicationWindow)), ("alias", Alias)])
        {
            if (value is not null) uri = uri.With(key, value);
        }

        return uri;
    }

    private static string? Text(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Text(bool? value) => value is { } known ? (known ? "true" : "false") : null;
}
