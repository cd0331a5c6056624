using LowLatency.Aeron.Logs;
using LowLatency.Aeron.Protocol;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Client;

/// <summary>
/// Room in a log for one message, written in place. <see cref="Commit"/> gives it to the subscribers, <see cref="Abort"/> gives it up. One that is left without either
/// holds up every subscriber of the stream until the driver unblocks it, 15 seconds by default.
/// </summary>
public ref struct BufferClaim
{
    private readonly int _offset;
    private readonly int _frameLength;
    private MappedBlock _term;
    private bool _isOpen;

    internal BufferClaim(scoped in MappedBlock term, int offset, int frameLength)
    {
        _term = term;
        _offset = offset;
        _frameLength = frameLength;
        _isOpen = true;
    }

    /// <summary>Whether it is still to be committed or aborted.</summary>
    public readonly bool IsOpen => _isOpen;

    /// <summary>The message's bytes; not zeroed by this, but zero in a fresh log. Not to be used once it is committed or aborted.</summary>
    /// <exception cref="InvalidOperationException">It is not open.</exception>
    public readonly Span<byte> Buffer
    {
        get
        {
            ThrowIfNotOpen();
            return _term.WritableBytes(_offset + DataHeaderLayout.Length, _frameLength - DataHeaderLayout.Length);
        }
    }

    /// <summary>Sets the eight bytes of the header that are the user's.</summary>
    /// <param name="value">Their value.</param>
    /// <exception cref="InvalidOperationException">It is not open.</exception>
    public readonly void SetReservedValue(long value)
    {
        ThrowIfNotOpen();
        _term.PutInt64(_offset + DataHeaderLayout.ReservedValueOffset, value);
    }

    /// <summary>Gives the message to the subscribers.</summary>
    /// <exception cref="InvalidOperationException">It is not open.</exception>
    public void Commit()
    {
        ThrowIfNotOpen();
        _isOpen = false;
        FrameWriter.Commit(_term, _offset, _frameLength);
        _term = default;
    }

    /// <summary>Gives the room up: subscribers skip it.</summary>
    /// <exception cref="InvalidOperationException">It is not open.</exception>
    public void Abort()
    {
        ThrowIfNotOpen();
        _isOpen = false;
        FrameWriter.SetWord(_term, _offset, DataHeaderLayout.Unfragmented, DataHeaderLayout.PaddingType);
        FrameWriter.Commit(_term, _offset, _frameLength);
        _term = default;
    }

    private readonly void ThrowIfNotOpen()
    {
        if (!_isOpen) throw new InvalidOperationException("The claim is not open: it was refused, committed or aborted before.");
    }
}
