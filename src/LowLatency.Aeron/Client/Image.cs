using System.Runtime.CompilerServices;
using LowLatency.Aeron.Logs;
using LowLatency.Aeron.Protocol;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Client;

/// <summary>
/// What a subscription sees of one publication's log. One thread polls it. What it has consumed is told to the publisher at the end of each poll: that
/// is what lets the publisher go on.
/// </summary>
public sealed class Image
{
    private readonly MappedWord _position;

    // Null once it is closed. A poll reads it once: the log it then has stays mapped for as long as it uses it.
    private LogBuffers? _log;
    private long _finalPosition;
    private bool _finalEndOfStream;

    internal Image(Subscription subscription, LogBuffers log, MappedWord position, in AvailableImageEvent available)
    {
        _log = log;
        _position = position;
        Subscription = subscription;
        CorrelationId = available.CorrelationId;
        SessionId = available.SessionId;
        SourceIdentity = available.Source;
        PositionCounterId = available.PositionCounterId;
        JoinPosition = position.GetVolatile();
        TermLength = log.TermLength;
        InitialTermId = log.InitialTermId;
        MtuLength = log.MtuLength;
    }

    /// <summary>The subscription that has it.</summary>
    public Subscription Subscription { get; }

    /// <summary>What the log's first publication is registered under.</summary>
    public long CorrelationId { get; }

    /// <summary>The publication's session.</summary>
    public int SessionId { get; }

    /// <summary>Where it comes from; <c>aeron:ipc</c> of IPC.</summary>
    public string SourceIdentity { get; }

    /// <summary>The counter that holds its position.</summary>
    public int PositionCounterId { get; }

    /// <summary>Where in the stream the subscription joined.</summary>
    public long JoinPosition { get; }

    /// <summary>Bytes of a term.</summary>
    public int TermLength { get; }

    /// <summary>The first term.</summary>
    public int InitialTermId { get; }

    /// <summary>Most bytes of a frame, header included.</summary>
    public int MtuLength { get; }

    /// <summary>Whether it is closed: its publication has gone and all of it was read, or the subscription or the client was closed.</summary>
    public bool IsClosed => Volatile.Read(ref _log) is null;

    /// <summary>Up to where it has been consumed; once closed, where it was then.</summary>
    public long Position => IsClosed ? _finalPosition : _position.GetVolatile();

    /// <summary>Whether the publication has been closed and all of it consumed.</summary>
    public bool IsEndOfStream => Volatile.Read(ref _log) is { } log ? _position.GetVolatile() >= log.EndOfStreamPosition : _finalEndOfStream;

    /// <summary>Where the stream ends; <see cref="long.MaxValue"/> while its publication is open, and once the image is closed.</summary>
    public long EndOfStreamPosition => Volatile.Read(ref _log)?.EndOfStreamPosition ?? long.MaxValue;

    /// <summary>Whether the publication was cut off without its rest being read.</summary>
    public bool IsPublicationRevoked => Volatile.Read(ref _log) is { IsRevoked: true };

    /// <summary>Hands the next fragments to a handler. The position goes on also when the handler throws, over the fragment at which it did.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="fragmentLimit">Most fragments.</param>
    /// <returns>How many fragments it was.</returns>
    public int Poll<THandler>(ref THandler handler, int fragmentLimit)
        where THandler : struct, IFragmentHandler
    {
        LogBuffers? log = _log;
        return log is null ? 0 : Poll(log, ref handler, fragmentLimit, log.TermLength, _position.Get());
    }

    /// <summary>Hands the next fragments to a handler.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="fragmentLimit">Most fragments.</param>
    /// <returns>How many fragments it was.</returns>
    public int Poll(FragmentHandler handler, int fragmentLimit)
    {
        var wrapped = new DelegateFragmentHandler(handler);
        return Poll(ref wrapped, fragmentLimit);
    }

    /// <summary>Hands the next fragments to a handler, up to a position.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="limitPosition">Where it ends at the latest; a fragment that begins before it is handed on whole.</param>
    /// <param name="fragmentLimit">Most fragments.</param>
    /// <returns>How many fragments it was.</returns>
    public int BoundedPoll<THandler>(ref THandler handler, long limitPosition, int fragmentLimit)
        where THandler : struct, IFragmentHandler
    {
        LogBuffers? log = _log;
        if (log is null) return 0;
        long position = _position.Get();
        if (position >= limitPosition) return 0;
        int offset = (int)position & (log.TermLength - 1);
        return Poll(log, ref handler, fragmentLimit, (int)Math.Min(log.TermLength, limitPosition - position + offset), position);
    }

    /// <summary>Hands the next fragments to a handler, up to a position.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="limitPosition">Where it ends at the latest; a fragment that begins before it is handed on whole.</param>
    /// <param name="fragmentLimit">Most fragments.</param>
    /// <returns>How many fragments it was.</returns>
    public int BoundedPoll(FragmentHandler handler, long limitPosition, int fragmentLimit)
    {
        var wrapped = new DelegateFragmentHandler(handler);
        return BoundedPoll(ref wrapped, limitPosition, fragmentLimit);
    }

    /// <summary>
    /// Hands the next fragments to a handler that says after each how it goes on. When the handler throws, the position goes on over the fragment at
    /// which it did.
    /// </summary>
    /// <param name="handler">The handler.</param>
    /// <param name="fragmentLimit">Most fragments.</param>
    /// <returns>How many fragments it was; one that was aborted does not count.</returns>
    public int ControlledPoll<THandler>(ref THandler handler, int fragmentLimit)
        where THandler : struct, IControlledFragmentHandler
    {
        LogBuffers? log = _log;
        if (log is null) return 0;
        long position = _position.Get();
        MappedBlock term = log.Terms[LogBufferDescriptor.IndexByPosition(position, log.PositionBits)];
        int offset = (int)position & (log.TermLength - 1);
        int told = offset;
        int fragments = 0;
        try
        {
            while (fragments < fragmentLimit && offset < log.TermLength && !IsClosed)
            {
                int frame = offset;
                int length = term.GetInt32Volatile(frame);
                if (length <= 0) break;
                int word = term.GetInt32(frame + DataHeaderLayout.VersionOffset);
                offset += DataHeaderLayout.Align(length);
                if (DataHeaderLayout.TypeOf(word) == DataHeaderLayout.PaddingType) continue;
                fragments++;
                var header = new Header(term, frame, length, word, log.InitialTermId, log.PositionBits);
                switch (handler.OnFragment(term.Bytes(frame + DataHeaderLayout.Length, length - DataHeaderLayout.Length), header))
                {
                    case ControlledAction.Abort:
                        fragments--;
                        offset = frame;
                        return fragments;
                    case ControlledAction.Break:
                        return fragments;
                    case ControlledAction.Commit:
                        position += offset - told;
                        told = offset;
                        Tell(position);
                        break;
                }
            }
        }
        finally
        {
            if (offset > told) Tell(position + offset - told);
            term.KeepAlive();
        }

        return fragments;
    }

    /// <summary>Hands the next fragments to a handler that says after each how it goes on.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="fragmentLimit">Most fragments.</param>
    /// <returns>How many fragments it was; one that was aborted does not count.</returns>
    public int ControlledPoll(ControlledFragmentHandler handler, int fragmentLimit)
    {
        var wrapped = new DelegateControlledFragmentHandler(handler);
        return ControlledPoll(ref wrapped, fragmentLimit);
    }

    /// <summary>
    /// Rejects the stream, as one that nobody should go on with: its publishers' error handlers are told why, and all subscribers of it lose the image; the driver
    /// gives it again after its image liveness timeout. What was not read is kept for then. Does nothing when the image is closed.
    /// </summary>
    /// <param name="reason">Why, at most 1023 bytes in UTF-8.</param>
    /// <exception cref="ArgumentException">The reason is too long.</exception>
    /// <exception cref="AeronException">The client is closed, or the driver's command buffer full.</exception>
    public void Reject(string reason) => Subscription.Reject(this, reason);

    /// <summary>Lets go of the log; called by the conductor.</summary>
    internal LogBuffers? Release()
    {
        _finalEndOfStream = IsEndOfStream;
        _finalPosition = Position;
        return Interlocked.Exchange(ref _log, null);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Poll<THandler>(LogBuffers log, ref THandler handler, int fragmentLimit, int endOffset, long position)
        where THandler : struct, IFragmentHandler
    {
        MappedBlock term = log.Terms[LogBufferDescriptor.IndexByPosition(position, log.PositionBits)];
        int start = (int)position & (log.TermLength - 1);
        int initialTermId = log.InitialTermId;
        int positionBits = log.PositionBits;
        int offset = start;
        int fragments = 0;
        try
        {
            while (fragments < fragmentLimit && offset < endOffset && _log is not null)
            {
                int frame = offset;
                // Acquire: the frame is read after its length.
                int length = term.GetInt32Volatile(frame);
                if (length <= 0) break;
                int word = term.GetInt32(frame + DataHeaderLayout.VersionOffset);
                offset += DataHeaderLayout.Align(length);
                if (DataHeaderLayout.TypeOf(word) == DataHeaderLayout.PaddingType) continue;
                fragments++;
                var header = new Header(term, frame, length, word, initialTermId, positionBits);
                handler.OnFragment(term.Bytes(frame + DataHeaderLayout.Length, length - DataHeaderLayout.Length), header);
            }
        }
        finally
        {
            if (offset > start) Tell(position + offset - start);
            term.KeepAlive();
        }

        return fragments;
    }

    // Release: all was read before the publisher may have the room again. A closed image's counter may be another's.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Tell(long position)
    {
        if (_log is not null) _position.SetOrdered(position);
    }
}
