using System.Runtime.CompilerServices;
using LowLatency.Aeron.Logs;
using LowLatency.Aeron.Protocol;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Client;

/// <summary>
/// A publication that any number of threads write, and any number of processes with it: all that are added with the same channel and stream share
/// one log. Room is claimed by one atomic addition to the term's tail.
/// </summary>
public sealed class ConcurrentPublication : Publication
{
    internal ConcurrentPublication(ClientConductor conductor, LogBuffers log, MappedWord limit, string channel, in PublicationReadyEvent ready)
        : base(conductor, log, limit, channel, ready)
    {
    }

    /// <inheritdoc/>
    public override bool Offer(ReadOnlySpan<byte> message, out OfferResult result, long reservedValue = 0)
    {
        if (message.Length > MaxMessageLength) ThrowTooLong(message.Length);
        if (!TryClaimTerm(message.Length, out Stretch stretch, out result)) return false;
        if (message.Length <= MaxPayloadLength) Frames.Write(stretch.Term, stretch.Offset, stretch.TermId, message, reservedValue);
        else Frames.WriteFragments(stretch.Term, stretch.Offset, stretch.TermId, message, MaxPayloadLength, reservedValue);
        return true;
    }

    /// <inheritdoc/>
    public override bool TryClaim(int length, out BufferClaim claim, out OfferResult result)
    {
        if ((uint)length > (uint)MaxPayloadLength) ThrowClaimTooLong(length);
        if (!TryClaimTerm(length, out Stretch stretch, out result))
        {
            claim = default;
            return false;
        }

        int frameLength = length + DataHeaderLayout.Length;
        Frames.Begin(stretch.Term, stretch.Offset, frameLength, stretch.TermId);
        claim = new BufferClaim(stretch.Term, stretch.Offset, frameLength);
        return true;
    }

    private protected override bool OfferParts(MessageParts parts, long length, long reservedValue, out OfferResult result)
    {
        if (length > MaxMessageLength) ThrowTooLong(length);
        if (!TryClaimTerm((int)length, out Stretch stretch, out result)) return false;
        WriteParts(stretch.Term, stretch.Offset, stretch.TermId, parts, (int)length, reservedValue);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryClaimTerm(int length, out Stretch stretch, out OfferResult result)
    {
        stretch = default;
        LogBuffers? log = Log;
        if (log is null)
        {
            result = new OfferResult(OfferStatus.Closed);
            return false;
        }

        long limit = Limit.GetVolatile();
        int termCount = log.ActiveTermCount;
        int index = LogBufferDescriptor.IndexByTermCount(termCount);
        MappedWord tail = log.Tails[index];
        long rawTail = tail.GetVolatile();
        int termId = LogBufferDescriptor.TermIdOf(rawTail);
        if (termCount != unchecked(termId - log.InitialTermId))
        {
            // Another producer is about to rotate.
            result = new OfferResult(OfferStatus.AdminAction);
            return false;
        }

        long position = LogBufferDescriptor.PositionOf(termId, LogBufferDescriptor.TermOffsetOf(rawTail, log.TermLength), log.PositionBits, log.InitialTermId);
        if (position >= limit)
        {
            result = Refusal(log, position, length);
            return false;
        }

        int required = LogBufferDescriptor.RequiredLength(length, MaxPayloadLength);
        // The atomic addition claims; what was read before it was a look only. Its term id counts, too.
        rawTail = tail.GetAndAdd(required);
        termId = LogBufferDescriptor.TermIdOf(rawTail);
        int offset = LogBufferDescriptor.TermOffsetOf(rawTail, log.TermLength);
        int end = offset + required;
        if (end > log.TermLength)
        {
            result = EndOfTerm(log, index, offset, end, termId);
            return false;
        }

        stretch = new Stretch(log.Terms[index], offset, termId);
        result = new OfferResult(LogBufferDescriptor.PositionOf(termId, end, log.PositionBits, log.InitialTermId));
        return true;
    }

    // Everyone who comes past the end tries to rotate: the one who was to do it may have died.
    private OfferResult EndOfTerm(LogBuffers log, int index, int offset, int end, int termId)
    {
        if (offset < log.TermLength) Frames.PadToEnd(log.Terms[index], offset, termId);
        if (LogBufferDescriptor.PositionOf(termId, end, log.PositionBits, log.InitialTermId) >= LogBufferDescriptor.MaxPossiblePosition(log.TermLength))
            return new OfferResult(OfferStatus.MaxPositionExceeded);
        TermRotation.Rotate(log, unchecked(termId - log.InitialTermId), termId);
        return new OfferResult(OfferStatus.AdminAction);
    }

    /// <summary>A stretch of a term that is ours.</summary>
    private readonly struct Stretch(MappedBlock term, int offset, int termId)
    {
        public readonly MappedBlock Term = term;
        public readonly int Offset = offset;
        public readonly int TermId = termId;
    }
}
