using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LowLatency.Aeron.Logs;
using LowLatency.Aeron.Protocol;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Client;

/// <summary>A publication with a log of its own that one thread writes: it knows where it is, and needs no atomic operation.</summary>
public sealed class ExclusivePublication : Publication
{
    private State _state;

    internal ExclusivePublication(ClientConductor conductor, LogBuffers log, MappedWord limit, string channel, in PublicationReadyEvent ready)
        : base(conductor, log, limit, channel, ready)
    {
        int termCount = log.ActiveTermCount;
        _state.Index = LogBufferDescriptor.IndexByTermCount(termCount);
        long rawTail = log.Tails[_state.Index].GetVolatile();
        _state.TermId = LogBufferDescriptor.TermIdOf(rawTail);
        _state.TermOffset = (int)rawTail;
        _state.TermBeginPosition = LogBufferDescriptor.PositionOf(_state.TermId, 0, log.PositionBits, log.InitialTermId);
    }

    /// <inheritdoc/>
    public override bool Offer(ReadOnlySpan<byte> message, out OfferResult result, long reservedValue = 0)
    {
        if (message.Length > MaxMessageLength) ThrowTooLong(message.Length);
        int offset = TryClaimTerm(message.Length, out MappedBlock term, out result);
        if (offset < 0) return false;
        if (message.Length <= MaxPayloadLength) Frames.Write(term, offset, _state.TermId, message, reservedValue);
        else Frames.WriteFragments(term, offset, _state.TermId, message, MaxPayloadLength, reservedValue);
        return true;
    }

    /// <inheritdoc/>
    public override bool TryClaim(int length, out BufferClaim claim, out OfferResult result)
    {
        if ((uint)length > (uint)MaxPayloadLength) ThrowClaimTooLong(length);
        int offset = TryClaimTerm(length, out MappedBlock term, out result);
        if (offset < 0)
        {
            claim = default;
            return false;
        }

        int frameLength = length + DataHeaderLayout.Length;
        Frames.Begin(term, offset, frameLength, _state.TermId);
        claim = new BufferClaim(term, offset, frameLength);
        return true;
    }

    private protected override bool OfferParts(MessageParts parts, long length, long reservedValue, out OfferResult result)
    {
        if (length > MaxMessageLength) ThrowTooLong(length);
        int offset = TryClaimTerm((int)length, out MappedBlock term, out result);
        if (offset < 0) return false;
        WriteParts(term, offset, _state.TermId, parts, (int)length, reservedValue);
        return true;
    }

    // The offset of the stretch that is ours, or -1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int TryClaimTerm(int length, out MappedBlock term, out OfferResult result)
    {
        term = default;
        LogBuffers? log = Log;
        if (log is null)
        {
            result = new OfferResult(OfferStatus.Closed);
            return -1;
        }

        int offset = _state.TermOffset;
        long position = _state.TermBeginPosition + offset;
        if (position >= Limit.GetVolatile())
        {
            result = Refusal(log, position, length);
            return -1;
        }

        int end = offset + LogBufferDescriptor.RequiredLength(length, MaxPayloadLength);
        // Release, before anything is written behind it: whoever unblocks this log after our death knows how far we may have come.
        log.Tails[_state.Index].SetOrdered(LogBufferDescriptor.PackTail(_state.TermId, end));
        if (end > log.TermLength)
        {
            result = EndOfTerm(log, offset);
            return -1;
        }

        term = log.Terms[_state.Index];
        _state.TermOffset = end;
        result = new OfferResult(_state.TermBeginPosition + end);
        return offset;
    }

    private OfferResult EndOfTerm(LogBuffers log, int offset)
    {
        if (offset < log.TermLength) Frames.PadToEnd(log.Terms[_state.Index], offset, _state.TermId);
        _state.TermOffset = log.TermLength;
        if (_state.TermBeginPosition + log.TermLength >= LogBufferDescriptor.MaxPossiblePosition(log.TermLength)) return new OfferResult(OfferStatus.MaxPositionExceeded);
        int nextTermId = unchecked(_state.TermId + 1);
        int nextCount = unchecked(nextTermId - log.InitialTermId);
        _state.Index = LogBufferDescriptor.IndexByTermCount(nextCount);
        _state.TermId = nextTermId;
        _state.TermOffset = 0;
        _state.TermBeginPosition += log.TermLength;
        log.Tails[_state.Index].Set(LogBufferDescriptor.PackTail(nextTermId, 0));
        // Release: the tail is there before the term is the active one.
        log.Metadata.PutInt32Ordered(LogBufferDescriptor.ActiveTermCountOffset, nextCount);
        return new OfferResult(OfferStatus.AdminAction);
    }

    // The writer's own, 128 bytes away from what other threads read.
    [StructLayout(LayoutKind.Explicit, Size = 280)]
    private struct State
    {
        [FieldOffset(128)]
        public long TermBeginPosition;
        [FieldOffset(136)]
        public int TermOffset;
        [FieldOffset(140)]
        public int TermId;
        [FieldOffset(144)]
        public int Index;
    }
}
