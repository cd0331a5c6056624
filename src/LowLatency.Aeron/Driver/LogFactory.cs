using LowLatency.Aeron.Logs;
using LowLatency.Aeron.Protocol;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Driver;

/// <summary>Makes the logs of publications, with all that is constant in them.</summary>
internal static class LogFactory
{
    public static LogBuffers Create(string path, PublicationParameters parameters, int pageSize, long registrationId, int sessionId, int streamId, int initialTermId, bool isExclusive)
    {
        long length = LogBufferDescriptor.FileLength(parameters.TermLength, pageSize);
        MappedFile file = parameters.IsSparse ? MappedFile.CreateSparse(path, length) : MappedFile.Create(path, length);
        try
        {
            if (!parameters.IsSparse) TouchPages(file.View);
            MemoryView metadata = file.View.Slice(length - LogBufferDescriptor.MetadataLength, LogBufferDescriptor.MetadataLength);
            PutTails(metadata, parameters, initialTermId);
            metadata.PutInt64(LogBufferDescriptor.EndOfStreamPositionOffset, long.MaxValue);
            metadata.PutInt64(LogBufferDescriptor.CorrelationIdOffset, registrationId);
            metadata.PutInt32(LogBufferDescriptor.InitialTermIdOffset, initialTermId);
            metadata.PutInt32(LogBufferDescriptor.DefaultFrameHeaderLengthOffset, DataHeaderLayout.Length);
            metadata.PutInt32(LogBufferDescriptor.MtuLengthOffset, parameters.MtuLength);
            metadata.PutInt32(LogBufferDescriptor.TermLengthOffset, parameters.TermLength);
            metadata.PutInt32(LogBufferDescriptor.PageSizeOffset, pageSize);
            metadata.PutInt32(LogBufferDescriptor.PublicationWindowLengthOffset, parameters.WindowLength);
            PutDefaultHeader(metadata, sessionId, streamId, initialTermId);
            metadata.PutInt64(LogBufferDescriptor.EntityTagOffset, parameters.EntityTag);
            metadata.PutInt64(LogBufferDescriptor.ResponseCorrelationIdOffset, parameters.ResponseCorrelationId);
            metadata.PutInt64(LogBufferDescriptor.LingerTimeoutNsOffset, parameters.LingerTimeoutNs);
            metadata.PutInt64(LogBufferDescriptor.UntetheredWindowLimitTimeoutNsOffset, parameters.UntetheredWindowLimitTimeoutNs);
            metadata.PutInt64(LogBufferDescriptor.UntetheredRestingTimeoutNsOffset, parameters.UntetheredRestingTimeoutNs);
            metadata.PutInt64(LogBufferDescriptor.UntetheredLingerTimeoutNsOffset, parameters.UntetheredLingerTimeoutNs);
            metadata.PutBytes(LogBufferDescriptor.SparseOffset, [Byte(parameters.IsSparse), Byte(parameters.SignalsEos)]);
            metadata.PutBytes(LogBufferDescriptor.TypeOffset, [isExclusive ? LogBufferDescriptor.ExclusiveType : LogBufferDescriptor.ConcurrentType]);
            return LogBuffers.Of(file);
        }
        catch
        {
            file.Unmap();
            File.Delete(path);
            throw;
        }
    }

    // Allocated is not there yet: a page of a file of memory is zeroed, and on a virtual machine perhaps found, when it is touched first. Not in a publisher's time.
    private static void TouchPages(MemoryView all)
    {
        for (long offset = 0; offset < all.Length; offset += Environment.SystemPageSize) all.PutInt64(offset, 0);
    }

    private static void PutTails(MemoryView metadata, PublicationParameters parameters, int initialTermId)
    {
        int termId = parameters.Start?.TermId ?? initialTermId;
        int count = unchecked(termId - initialTermId);
        for (int i = 0; i < LogBufferDescriptor.PartitionCount; i++)
        {
            // The partitions that come next have the ids of three terms ago, as if they had been used.
            long tail = i == 0
                ? LogBufferDescriptor.PackTail(termId, parameters.Start?.TermOffset ?? 0)
                : LogBufferDescriptor.PackTail(unchecked(termId + i - LogBufferDescriptor.PartitionCount), 0);
            int index = (LogBufferDescriptor.IndexByTermCount(count) + i) % LogBufferDescriptor.PartitionCount;
            metadata.PutInt64(LogBufferDescriptor.TailCountersOffset + (index * sizeof(long)), tail);
        }

        metadata.PutInt32(LogBufferDescriptor.ActiveTermCountOffset, count);
    }

    private static void PutDefaultHeader(MemoryView metadata, int sessionId, int streamId, int initialTermId)
    {
        const int At = LogBufferDescriptor.DefaultFrameHeaderOffset;
        metadata.PutInt32(At + DataHeaderLayout.VersionOffset, DataHeaderLayout.Word(DataHeaderLayout.Unfragmented, DataHeaderLayout.DataType));
        metadata.PutInt32(At + DataHeaderLayout.SessionIdOffset, sessionId);
        metadata.PutInt32(At + DataHeaderLayout.StreamIdOffset, streamId);
        metadata.PutInt32(At + DataHeaderLayout.TermIdOffset, initialTermId);
    }

    private static byte Byte(bool value) => value ? (byte)1 : (byte)0;
}
