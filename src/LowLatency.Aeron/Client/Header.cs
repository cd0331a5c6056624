using LowLatency.Aeron.Protocol;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Client;

/// <summary>What a frame says of itself, copied out of the log: it may be kept.</summary>
public readonly struct Header
{
    private readonly long _offsetAndSession;
    private readonly long _streamAndTerm;
    private readonly int _initialTermId;
    private readonly byte _positionBits;
    private readonly byte _flags;

    internal Header(in MappedBlock term, int offset, int frameLength, int word, int initialTermId, int positionBits)
    {
        FrameLength = frameLength;
        _flags = DataHeaderLayout.FlagsOf(word);
        _offsetAndSession = term.GetInt64(offset + DataHeaderLayout.TermOffsetOffset);
        _streamAndTerm = term.GetInt64(offset + DataHeaderLayout.StreamIdOffset);
        ReservedValue = term.GetInt64(offset + DataHeaderLayout.ReservedValueOffset);
        _initialTermId = initialTermId;
        _positionBits = (byte)positionBits;
    }

    private Header(in Header first, int frameLength)
    {
        this = first;
        FrameLength = frameLength;
        _flags = DataHeaderLayout.Unfragmented;
    }

    /// <summary>Bytes of the frame with its header; of a message that was put together, as if it had been one frame of all its bytes, headers between included.</summary>
    public int FrameLength { get; }

    /// <summary>The publisher's eight bytes; 0 when it has set none.</summary>
    public long ReservedValue { get; }

    /// <summary>0x80 begins a message, 0x40 ends one.</summary>
    public byte Flags => _flags;

    /// <summary>Where in its term the frame begins.</summary>
    public int TermOffset => (int)_offsetAndSession;

    /// <summary>The publication's session.</summary>
    public int SessionId => (int)(_offsetAndSession >> 32);

    /// <summary>The stream.</summary>
    public int StreamId => (int)_streamAndTerm;

    /// <summary>The term.</summary>
    public int TermId => (int)(_streamAndTerm >> 32);

    /// <summary>The first term of the stream.</summary>
    public int InitialTermId => _initialTermId;

    /// <summary>The stream's position behind the message.</summary>
    public long Position => LogBufferDescriptor.PositionOf(TermId, 0, _positionBits, _initialTermId) + DataHeaderLayout.Align((long)TermOffset + FrameLength);

    /// <summary>The header of a message whose first frame this is, and which ends at an offset of the same term.</summary>
    internal Header ForMessageEndingAt(int endOffset) => new(this, endOffset - TermOffset);
}
