using LowLatency.Aeron.Protocol;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Logs;

/// <summary>Frees the readers of a log from a claim that a dead producer left: makes padding of it, or rotates where a full term was not left.</summary>
internal static class LogUnblocker
{
    private enum Outcome
    {
        Nothing,
        Unblocked,
        UnblockedToEnd,
    }

    /// <summary>Unblocks at a position, where readers have stood for long.</summary>
    /// <returns>Whether something was unblocked.</returns>
    public static bool Unblock(LogBuffers log, long blockedPosition)
    {
        int blockedCount = (int)(blockedPosition >> log.PositionBits);
        int blockedOffset = (int)(blockedPosition & (log.TermLength - 1));
        int activeCount = log.ActiveTermCount;
        if (activeCount == blockedCount - 1 && blockedOffset == 0)
        {
            long rawActive = log.Tails[LogBufferDescriptor.IndexByTermCount(activeCount)].GetVolatile();
            return TermRotation.Rotate(log, activeCount, LogBufferDescriptor.TermIdOf(rawActive));
        }

        int index = LogBufferDescriptor.IndexByTermCount(blockedCount);
        long rawTail = log.Tails[index].GetVolatile();
        int termId = LogBufferDescriptor.TermIdOf(rawTail);
        switch (UnblockTerm(log, log.Terms[index], blockedOffset, LogBufferDescriptor.TermOffsetOf(rawTail, log.TermLength), termId))
        {
            case Outcome.UnblockedToEnd:
                TermRotation.Rotate(log, blockedCount, termId);
                return true;
            case Outcome.Unblocked:
                return true;
            default:
                return false;
        }
    }

    private static Outcome UnblockTerm(LogBuffers log, in MappedBlock term, int blockedOffset, int tailOffset, int termId)
    {
        int length = term.GetInt32Volatile(blockedOffset);
        if (length < 0)
        {
            Pad(log, term, blockedOffset, termId, -length);
            return Outcome.Unblocked;
        }

        if (length != 0) return Outcome.Nothing;
        // Claimed, and not begun: it ends where the next frame has begun, or at the term's end.
        int offset = blockedOffset + DataHeaderLayout.FrameAlignment;
        for (; offset < tailOffset; offset += DataHeaderLayout.FrameAlignment)
        {
            if (term.GetInt32Volatile(offset) == 0) continue;
            if (!IsZeroBack(term, offset, blockedOffset)) return Outcome.Nothing;
            Pad(log, term, blockedOffset, termId, offset - blockedOffset);
            return Outcome.Unblocked;
        }

        if (offset != log.TermLength || term.GetInt32Volatile(blockedOffset) != 0) return Outcome.Nothing;
        Pad(log, term, blockedOffset, termId, offset - blockedOffset);
        return Outcome.UnblockedToEnd;
    }

    private static bool IsZeroBack(in MappedBlock term, int from, int to)
    {
        for (int offset = from - DataHeaderLayout.FrameAlignment; offset >= to; offset -= DataHeaderLayout.FrameAlignment)
        {
            if (term.GetInt32Volatile(offset) != 0) return false;
        }

        return true;
    }

    private static void Pad(LogBuffers log, in MappedBlock term, int offset, int termId, int length)
    {
        long ids = log.Metadata.GetInt64(LogBufferDescriptor.DefaultFrameHeaderOffset + DataHeaderLayout.TermOffsetOffset);
        int sessionId = (int)(ids >> 32);
        int streamId = log.Metadata.GetInt32(LogBufferDescriptor.DefaultFrameHeaderOffset + DataHeaderLayout.StreamIdOffset);
        FrameWriter.SetWord(term, offset, DataHeaderLayout.Unfragmented, DataHeaderLayout.PaddingType);
        term.PutInt64(offset + DataHeaderLayout.TermOffsetOffset, DataHeaderLayout.Pair(offset, sessionId));
        term.PutInt64(offset + DataHeaderLayout.StreamIdOffset, DataHeaderLayout.Pair(streamId, termId));
        FrameWriter.Commit(term, offset, length);
    }
}
