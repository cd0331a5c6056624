using LowLatency.Aeron.Channels;
using LowLatency.Aeron.Protocol;

namespace LowLatency.Aeron.Driver;

/// <summary>What a publication's channel says, and the driver's settings where it says nothing. Keys of network media are ignored.</summary>
internal sealed class PublicationParameters
{
    public required int TermLength { get; init; }

    public required int MtuLength { get; init; }

    public required int WindowLength { get; init; }

    public required bool IsSparse { get; init; }

    public required bool SignalsEos { get; init; }

    public required long EntityTag { get; init; }

    public required long ResponseCorrelationId { get; init; }

    public required long LingerTimeoutNs { get; init; }

    public required long UntetheredWindowLimitTimeoutNs { get; init; }

    public required long UntetheredLingerTimeoutNs { get; init; }

    public required long UntetheredRestingTimeoutNs { get; init; }

    /// <summary>How often untethered subscribers are looked at: an eighth of the shortest timeout, and not more often than each millisecond.</summary>
    public long UntetheredIntervalNs =>
        Math.Max(1_000_000, Math.Min(UntetheredWindowLimitTimeoutNs, Math.Min(UntetheredLingerTimeoutNs, UntetheredRestingTimeoutNs)) / 8);

    public required int? SessionId { get; init; }

    public required StartPosition? Start { get; init; }

    public bool HasTermLength { get; private init; }

    public bool HasMtuLength { get; private init; }

    public static PublicationParameters Of(ChannelUri uri, MediaDriverContext context)
    {
        if (uri["session-id"] is { } tag && tag.StartsWith("tag:", StringComparison.Ordinal))
            throw Invalid($"session-id={tag} refers to a network publication, and there are none here");
        long termLength = uri.Size("term-length") ?? context.IpcTermLength;
        if (!LogBufferDescriptor.IsTermLength(termLength)) throw Invalid($"term-length={termLength} must be a power of two from 65536 to 1073741824");
        long mtu = uri.Size("mtu") ?? context.IpcMtuLength;
        if (!LogBufferDescriptor.IsMtu(mtu)) throw Invalid($"mtu={mtu} must be a multiple of 32, over 32 and at most 65504");
        int half = (int)termLength / 2;
        long window = context.IpcPublicationWindowLength == 0 ? half : Math.Min(context.IpcPublicationWindowLength, half);
        if (uri.Size("pub-wnd") is { } given)
        {
            if (given < mtu || given > half) throw Invalid($"pub-wnd={given} must be from the mtu ({mtu}) to half the term-length ({half})");
            window = given;
        }

        return new PublicationParameters
        {
            TermLength = (int)termLength,
            MtuLength = (int)mtu,
            WindowLength = (int)window,
            IsSparse = uri.Boolean("sparse") ?? context.IsTermBufferSparse,
            SignalsEos = uri.Boolean("eos") ?? true,
            EntityTag = EntityTagOf(uri),
            ResponseCorrelationId = Int64(uri, "response-correlation-id") ?? -1,
            LingerTimeoutNs = uri.DurationNs("linger") ?? 5_000_000_000,
            UntetheredWindowLimitTimeoutNs = uri.DurationNs("untethered-window-limit-timeout") ?? context.UntetheredWindowLimitTimeoutMs * 1_000_000L,
            UntetheredLingerTimeoutNs = uri.DurationNs("untethered-linger-timeout") ?? context.UntetheredLingerTimeoutMs * 1_000_000L,
            UntetheredRestingTimeoutNs = uri.DurationNs("untethered-resting-timeout") ?? context.UntetheredRestingTimeoutMs * 1_000_000L,
            SessionId = uri.Int32("session-id"),
            Start = StartOf(uri, (int)termLength),
            HasTermLength = uri["term-length"] is not null,
            HasMtuLength = uri["mtu"] is not null,
        };
    }

    /// <summary>Looks whether another publication may share a log.</summary>
    public void ThrowIfDifferent(IpcPublication existing)
    {
        if (SessionId is { } sessionId && sessionId != existing.SessionId) throw Different("session-id", existing.SessionId, sessionId);
        if (HasMtuLength && MtuLength != existing.Log.MtuLength) throw Different("mtu", existing.Log.MtuLength, MtuLength);
        if (HasTermLength && TermLength != existing.Log.TermLength) throw Different("term-length", existing.Log.TermLength, TermLength);
        if (Start is not { } start) return;
        if (start.InitialTermId != existing.Log.InitialTermId) throw Different("init-term-id", existing.Log.InitialTermId, start.InitialTermId);
        if (start.TermId != existing.StartTermId) throw Different("term-id", existing.StartTermId, start.TermId);
        if (start.TermOffset != existing.StartTermOffset) throw Different("term-offset", existing.StartTermOffset, start.TermOffset);
    }

    private static StartPosition? StartOf(ChannelUri uri, int termLength)
    {
        int? initialTermId = uri.Int32("init-term-id");
        int? termId = uri.Int32("term-id");
        int? termOffset = uri.Int32("term-offset");
        if (initialTermId is null && termId is null && termOffset is null) return null;
        if (initialTermId is not { } initial || termId is not { } id || termOffset is not { } offset) throw Invalid("init-term-id, term-id and term-offset must be given together");
        if (unchecked(id - initial) < 0) throw Invalid($"term-id={id} is more than 2^31 from init-term-id={initial}");
        if (offset < 0 || offset > termLength || offset % DataHeaderLayout.FrameAlignment != 0)
            throw Invalid($"term-offset={offset} must be a multiple of 32 from 0 to the term-length ({termLength})");
        return new StartPosition(initial, id, offset);
    }

    private static long EntityTagOf(ChannelUri uri)
    {
        if (uri["tags"] is not { } tags || tags.Split(',') is not [_, { Length: > 0 } tag, ..]) return -1;
        return long.TryParse(tag, out long value) ? value : throw Invalid($"tags={tags}: the entity tag is not a whole number");
    }

    private static long? Int64(ChannelUri uri, string key)
    {
        if (uri[key] is not { } text) return null;
        return long.TryParse(text, out long value) ? value : throw Invalid($"{key}={text} is not a whole number");
    }

    private static CommandException Invalid(string why) => new(AeronErrorCode.InvalidChannel, $"{why}.");

    private static CommandException Different(string key, long existing, long wanted) =>
        new(AeronErrorCode.GenericError, $"{key}={wanted} does not match the existing publication's {key}={existing}: a stream's concurrent publications share one log.");

    /// <summary>Where a stream starts when not at its beginning.</summary>
    internal readonly record struct StartPosition(int InitialTermId, int TermId, int TermOffset);
}
