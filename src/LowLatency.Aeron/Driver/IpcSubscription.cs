using LowLatency.Aeron.Channels;

namespace LowLatency.Aeron.Driver;

/// <summary>A subscription of a client.</summary>
internal sealed class IpcSubscription(long registrationId, long clientId, int streamId, string channel, ChannelUri uri)
{
    public long RegistrationId => registrationId;

    public long ClientId => clientId;

    public int StreamId => streamId;

    public string Channel => channel;

    /// <summary>The only session it wants; null for all.</summary>
    public int? SessionId { get; } = uri.Int32("session-id");

    /// <summary>Whether it holds up publishers as long as it likes.</summary>
    public bool IsTether { get; } = uri.Boolean("tether") ?? true;

    /// <summary>Whether, untethered, it gets an image again that it has lost.</summary>
    public bool IsRejoin { get; } = uri.Boolean("rejoin") ?? true;

    public bool Matches(IpcPublication publication) => publication.StreamId == streamId && (SessionId is not { } only || only == publication.SessionId);
}
