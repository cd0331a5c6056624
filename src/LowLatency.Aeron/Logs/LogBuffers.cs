using LowLatency.Aeron.Protocol;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Logs;

/// <summary>
/// A mapped log: its terms, their tails and its metadata. The memory stays as long as anyone can reach this or a block of it, so that a late access is
/// never outside; see <see cref="MappedFile"/>.
/// </summary>
internal sealed class LogBuffers
{
    private readonly MappedFile _file;

    private LogBuffers(MappedFile file, MemoryView all)
    {
        _file = file;
        MetadataView = all.Slice(all.Length - LogBufferDescriptor.MetadataLength, LogBufferDescriptor.MetadataLength);
        Metadata = all.BlockAt(all.Length - LogBufferDescriptor.MetadataLength, LogBufferDescriptor.MetadataLength);
        TermLength = MetadataView.GetInt32(LogBufferDescriptor.TermLengthOffset);
        int pageSize = MetadataView.GetInt32(LogBufferDescriptor.PageSizeOffset);
        MtuLength = MetadataView.GetInt32(LogBufferDescriptor.MtuLengthOffset);
        if (!LogBufferDescriptor.IsTermLength(TermLength)) throw Invalid($"a term length of {TermLength}");
        if (!LogBufferDescriptor.IsPageSize(pageSize)) throw Invalid($"a page size of {pageSize}");
        if (!LogBufferDescriptor.IsMtu(MtuLength)) throw Invalid($"an MTU of {MtuLength}");
        if (all.Length != LogBufferDescriptor.FileLength(TermLength, pageSize)) throw Invalid($"{all.Length} bytes, and terms of {TermLength}");
        InitialTermId = MetadataView.GetInt32(LogBufferDescriptor.InitialTermIdOffset);
        PositionBits = LogBufferDescriptor.PositionBits(TermLength);
        for (int i = 0; i < LogBufferDescriptor.PartitionCount; i++)
        {
            Terms[i] = all.BlockAt((long)i * TermLength, TermLength);
            Tails[i] = MetadataView.WordAt(LogBufferDescriptor.TailCountersOffset + (i * sizeof(long)));
        }
    }

    public string Path => _file.Path;

    public long FileLength => _file.Length;

    public int TermLength { get; }

    public int PositionBits { get; }

    public int InitialTermId { get; }

    public int MtuLength { get; }

    public int MaxPayloadLength => MtuLength - DataHeaderLayout.Length;

    public MappedBlock[] Terms { get; } = new MappedBlock[LogBufferDescriptor.PartitionCount];

    public MappedWord[] Tails { get; } = new MappedWord[LogBufferDescriptor.PartitionCount];

    /// <summary>The metadata's words.</summary>
    public MappedBlock Metadata { get; }

    /// <summary>The metadata, its single bytes too.</summary>
    public MemoryView MetadataView { get; }

    public long CorrelationId => Metadata.GetInt64(LogBufferDescriptor.CorrelationIdOffset);

    public int ActiveTermCount => Metadata.GetInt32Volatile(LogBufferDescriptor.ActiveTermCountOffset);

    /// <summary>Where the producers are: the start of the next frame.</summary>
    public long ProducerPosition
    {
        get
        {
            long rawTail = Tails[LogBufferDescriptor.IndexByTermCount(ActiveTermCount)].GetVolatile();
            return LogBufferDescriptor.PositionOf(LogBufferDescriptor.TermIdOf(rawTail), LogBufferDescriptor.TermOffsetOf(rawTail, TermLength), PositionBits, InitialTermId);
        }
    }

    public bool IsConnected
    {
        get => Metadata.GetInt32Volatile(LogBufferDescriptor.IsConnectedOffset) == 1;
        set => Metadata.PutInt32Ordered(LogBufferDescriptor.IsConnectedOffset, value ? 1 : 0);
    }

    public long EndOfStreamPosition
    {
        get => Metadata.GetInt64Volatile(LogBufferDescriptor.EndOfStreamPositionOffset);
        set => Metadata.PutInt64Ordered(LogBufferDescriptor.EndOfStreamPositionOffset, value);
    }

    public bool IsRevoked
    {
        // The byte's word has the constant type beside it: the driver writes the byte alone.
        get => (byte)Metadata.GetInt32Volatile(LogBufferDescriptor.IsRevokedOffset) != 0;
        set => Metadata.PutInt32Ordered(LogBufferDescriptor.IsRevokedOffset, (Metadata.GetInt32(LogBufferDescriptor.IsRevokedOffset) & ~0xFF) | (value ? 1 : 0));
    }

    /// <summary>Maps a log that a driver has made.</summary>
    /// <exception cref="IOException">The file cannot be mapped.</exception>
    /// <exception cref="InvalidDataException">It is no log.</exception>
    public static LogBuffers Map(string path)
    {
        MappedFile file = MappedFile.Open(path, writable: true);
        try
        {
            return Of(file);
        }
        catch
        {
            file.Unmap();
            throw;
        }
    }

    /// <summary>Takes a file whose metadata has been written.</summary>
    public static LogBuffers Of(MappedFile file)
    {
        MemoryView all = file.View;
        if (all.Length < LogBufferDescriptor.MetadataLength) throw new InvalidDataException($"{file.Path} is no log: it has {all.Length} bytes.");
        return new LogBuffers(file, all);
    }

    /// <summary>Lets go of the file; the memory goes when nobody can reach it any more.</summary>
    public void Close() => _file.Dispose();

    /// <summary>Unmaps now: for the driver, whose one thread knows that it uses the log no more.</summary>
    public void Unmap() => _file.Unmap();

    private InvalidDataException Invalid(string what) => new($"{_file.Path} is no log: it has {what}.");
}
