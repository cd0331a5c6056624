using LowLatency.Aeron.Protocol;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Logs;

/// <summary>Makes the next term the active one. Any number of producers, and the driver, may try: one wins, and all come to the same.</summary>
internal static class TermRotation
{
    /// <summary>Rotates from the term of a count, unless that was done.</summary>
    /// <returns>Whether this call set the active term count.</returns>
    public static bool Rotate(LogBuffers log, int termCount, int termId)
    {
        int nextTermId = unchecked(termId + 1);
        int nextCount = termCount + 1;
        MappedWord tail = log.Tails[LogBufferDescriptor.IndexByTermCount(nextCount)];
        int expectedTermId = unchecked(nextTermId - LogBufferDescriptor.PartitionCount);
        while (true)
        {
            long rawTail = tail.GetVolatile();
            if (LogBufferDescriptor.TermIdOf(rawTail) != expectedTermId || tail.CompareAndSet(rawTail, LogBufferDescriptor.PackTail(nextTermId, 0))) break;
        }

        return log.Metadata.CompareAndSetInt32(LogBufferDescriptor.ActiveTermCountOffset, termCount, nextCount);
    }
}
