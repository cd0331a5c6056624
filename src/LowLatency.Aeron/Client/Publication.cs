using System.Diagnostics.CodeAnalysis;
using LowLatency.Aeron.Logs;
using LowLatency.Aeron.Protocol;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Client;

/// <summary>
/// A stream's writing end: <see cref="ConcurrentPublication"/> for any number of threads and processes, <see cref="ExclusivePublication"/> for one thread, and faster.
/// Nothing waits: an offer that cannot be taken says why.
/// </summary>
public abstract class Publication : IDisposable
{
    private readonly ClientConductor _conductor;
    private readonly MappedWord _limit;
    private readonly FrameWriter _frames;

    // Null once it is closed. An offer reads it once: the log it then has stays mapped for as long as it uses it.
    private LogBuffers? _log;
    private long _finalPosition;

    private protected Publication(ClientConductor conductor, LogBuffers log, MappedWord limit, string channel, in PublicationReadyEvent ready)
    {
        _conductor = conductor;
        _log = log;
        _limit = limit;
        _frames = new FrameWriter(ready.SessionId, ready.StreamId);
        Channel = channel;
        StreamId = ready.StreamId;
        SessionId = ready.SessionId;
        RegistrationId = ready.CorrelationId;
        OriginalRegistrationId = ready.RegistrationId;
        ChannelStatusId = ready.ChannelStatusId;
        TermLength = log.TermLength;
        InitialTermId = log.InitialTermId;
        MaxPayloadLength = log.MaxPayloadLength;
        MaxMessageLength = LogBufferDescriptor.MaxMessageLength(log.TermLength);
    }

    /// <summary>The channel it was added with.</summary>
    public string Channel { get; }

    /// <summary>The stream.</summary>
    public int StreamId { get; }

    /// <summary>The session: one for each log.</summary>
    public int SessionId { get; }

    /// <summary>What it is registered under.</summary>
    public long RegistrationId { get; }

    /// <summary>What the first publication of the same log is registered under.</summary>
    public long OriginalRegistrationId { get; }

    /// <summary>The counter that tells the channel's state; -1 of IPC, which needs none.</summary>
    public int ChannelStatusId { get; }

    /// <summary>Bytes of a term.</summary>
    public int TermLength { get; }

    /// <summary>The first term.</summary>
    public int InitialTermId { get; }

    /// <summary>Most bytes of a message in one frame, and of a claim.</summary>
    public int MaxPayloadLength { get; }

    /// <summary>Most bytes of a message.</summary>
    public int MaxMessageLength { get; }

    /// <summary>Whether it is closed.</summary>
    public bool IsClosed => Volatile.Read(ref _log) is null;

    /// <summary>Whether it has a subscriber; false when closed.</summary>
    public bool IsConnected => Volatile.Read(ref _log) is { IsConnected: true };

    /// <summary>Where the stream is: behind the last message; where it was, once closed.</summary>
    public virtual long Position => Volatile.Read(ref _log) is { } log ? log.ProducerPosition : _finalPosition;

    /// <summary>Up to where messages may begin now; -4 (<see cref="OfferStatus.Closed"/>) when closed.</summary>
    public long PositionLimit => IsClosed ? (long)OfferStatus.Closed : _limit.GetVolatile();

    /// <summary>How many bytes may be offered before the slowest subscriber holds it up; -4 (<see cref="OfferStatus.Closed"/>) when closed.</summary>
    public long AvailableWindow => IsClosed ? (long)OfferStatus.Closed : _limit.GetVolatile() - Position;

    private protected LogBuffers? Log => _log;

    private protected ref readonly MappedWord Limit => ref _limit;

    private protected ref readonly FrameWriter Frames => ref _frames;

    /// <summary>Offers a message.</summary>
    /// <param name="message">Its bytes, at most <see cref="MaxMessageLength"/>; more than <see cref="MaxPayloadLength"/> take several frames.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="reservedValue">The user's eight bytes of the header.</param>
    /// <returns>Whether it was accepted.</returns>
    /// <exception cref="ArgumentException">It is too long.</exception>
    public abstract bool Offer(ReadOnlySpan<byte> message, out OfferResult result, long reservedValue = 0);

    /// <summary>Claims room for a message that is written in place.</summary>
    /// <param name="length">Its bytes, at most <see cref="MaxPayloadLength"/>.</param>
    /// <param name="claim">The room; to be committed or aborted soon.</param>
    /// <param name="result">What became of it.</param>
    /// <returns>Whether there is room.</returns>
    /// <exception cref="ArgumentException">It is too long, or negative.</exception>
    public abstract bool TryClaim(int length, out BufferClaim claim, out OfferResult result);

    /// <summary>Offers a message of two parts, one behind the other: a header and a body for one.</summary>
    /// <param name="first">The first part.</param>
    /// <param name="second">The second part.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="reservedValue">The user's eight bytes of the header.</param>
    /// <returns>Whether it was accepted.</returns>
    /// <exception cref="ArgumentException">It is too long.</exception>
    public bool Offer(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, out OfferResult result, long reservedValue = 0) =>
        OfferParts(new MessageParts(first, second, default), (long)first.Length + second.Length, reservedValue, out result);

    /// <summary>Offers a message of several parts, one behind the other.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="reservedValue">The user's eight bytes of the header.</param>
    /// <returns>Whether it was accepted.</returns>
    /// <exception cref="ArgumentException">It is too long.</exception>
    public bool Offer(ReadOnlySpan<ReadOnlyMemory<byte>> parts, out OfferResult result, long reservedValue = 0)
    {
        long length = 0;
        foreach (ReadOnlyMemory<byte> part in parts) length += part.Length;
        return OfferParts(new MessageParts(default, default, parts), length, reservedValue, out result);
    }

    /// <summary>Closes it: subscribers get what is in the log, then lose the image. May be called more than once.</summary>
    [SuppressMessage("Usage", "CA1816", Justification = "There is no finalizer.")]
    public void Dispose() => _conductor.Close(this, revokes: false);

    /// <summary>Closes it, and cuts the stream: subscribers lose the image without what they have not read.</summary>
    public void Revoke() => _conductor.Close(this, revokes: true);

    /// <summary>Lets go of the log; called by the conductor.</summary>
    internal LogBuffers? Release()
    {
        _finalPosition = Position;
        return Interlocked.Exchange(ref _log, null);
    }

    /// <summary>Claims a stretch of the log, and writes the parts.</summary>
    private protected abstract bool OfferParts(MessageParts parts, long length, long reservedValue, out OfferResult result);

    /// <summary>Writes frames of parts into a stretch that is claimed.</summary>
    private protected void WriteParts(in MappedBlock term, int offset, int termId, MessageParts parts, int length, long reservedValue)
    {
        byte flags = DataHeaderLayout.BeginFlag;
        while (true)
        {
            int payload = Math.Min(length, MaxPayloadLength);
            int frameLength = payload + DataHeaderLayout.Length;
            if (length <= MaxPayloadLength) flags |= DataHeaderLayout.EndFlag;
            _frames.Begin(term, offset, frameLength, termId);
            parts.CopyTo(term.WritableBytes(offset + DataHeaderLayout.Length, payload));
            FrameWriter.SetWord(term, offset, flags, DataHeaderLayout.DataType);
            if (reservedValue != 0) term.PutInt64(offset + DataHeaderLayout.ReservedValueOffset, reservedValue);
            FrameWriter.Commit(term, offset, frameLength);
            if (length <= MaxPayloadLength) return;
            length -= payload;
            offset += DataHeaderLayout.Align(frameLength);
            flags = 0;
        }
    }

    /// <summary>Why a message is not taken at a position at or behind the limit.</summary>
    private protected static OfferResult Refusal(LogBuffers log, long position, int length)
    {
        if (position + DataHeaderLayout.Align((long)length + DataHeaderLayout.Length) >= LogBufferDescriptor.MaxPossiblePosition(log.TermLength))
            return new OfferResult(OfferStatus.MaxPositionExceeded);
        return new OfferResult(log.IsConnected ? OfferStatus.BackPressured : OfferStatus.NotConnected);
    }

    [DoesNotReturn]
    private protected void ThrowTooLong(long length) =>
        throw new ArgumentException(
            $"A message of {length} bytes is more than the {MaxMessageLength} that one of this stream may have: an eighth of the term length {TermLength}, 16 MiB at most.");

    [DoesNotReturn]
    private protected void ThrowClaimTooLong(int length) =>
        throw new ArgumentException(
            $"A claim of {length} bytes is not from 0 to {MaxPayloadLength}, the payload of one frame: offer longer messages, or choose a larger mtu.", nameof(length));
}
