using System.Runtime.InteropServices;
using LowLatency.Aeron.Client;
using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Errors;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Publishing;

/// <summary>
/// Takes over Aeron what an engine in another process publishes, and writes it to a ring of this one, with the tables that belong to it: readers in this process cannot tell the
/// difference. It comes late without a seam: the newest record of every stream, then what follows. What it misses it knows by q.
/// </summary>
/// <remarks>
/// Connect, join the five streams, ask for a snapshot: of each stream the record with the higher q counts, from the snapshot or live. One subscriber serves one epoch of an engine; a
/// driver, and an engine of the same epoch, may come and go meanwhile.
/// </remarks>
public sealed class StreamSubscriber : Agent
{
    private const long UnheardNs = 10_000_000;
    private const long PatienceNs = 3_000_000_000;
    private const int FragmentsInTurn = 64;
    private const int TurnsUntilAsked = 1000;

    private readonly SessionOpening<SubscriberSession> _opening;
    private readonly MissedRecords _missed;
    private readonly int _maxInstruments;
    private readonly int _ringBytes;
    private readonly IClock _clock;
    private readonly IErrorHandler _errors;
    private readonly TaskCompletionSource<PublishedStreams> _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DefinitionReader _definitions;
    private SubscriberSession? _session;
    private MirrorWriter? _mirror;
    private long _deadlineNs;
    private long _correlation;
    private long _run;
    private long _snapshotRecords;
    private uint _epoch;
    private int _turnsUnknown;
    private long _unsent;
    private bool _isHeldUp;
    private bool _hasBegun;
    private int _imagesAtRequest;
    private int _phase;
    private bool _isReleased;
    private bool _isTold;

    /// <summary>Makes a subscriber.</summary>
    /// <param name="settings">The settings, the engine's.</param>
    /// <param name="journal">The folder of the engine's output journal; empty: what is missed is lost.</param>
    /// <param name="connect">Connects a client to the driver; called on a thread of its own.</param>
    /// <param name="maxInstruments">How many instruments there can be.</param>
    /// <param name="ringBytes">Size of the ring here in bytes, a power of two.</param>
    /// <param name="clock">The time.</param>
    /// <param name="errors">Is told when the driver is lost or cannot be had, and when records are missed.</param>
    public StreamSubscriber(PublishingSettings settings, string journal, Func<AeronClient> connect, int maxInstruments, int ringBytes, IClock clock, IErrorHandler errors)
    {
        _missed = new MissedRecords(journal, Name, clock, errors);
        _opening = new SessionOpening<SubscriberSession>(() => SubscriberSession.Open(connect, settings), clock);
        _maxInstruments = maxInstruments;
        _ringBytes = ringBytes;
        _clock = clock;
        _errors = errors;
        _definitions = new DefinitionReader(maxInstruments);
    }

    /// <inheritdoc/>
    public override string Name => "aeron-subscriber";

    /// <summary>Ends when it is known what is published; then readers are added to the ring, and <see cref="Release"/> is called.</summary>
    public Task<PublishedStreams> Known => _known.Task;

    /// <summary>What is published, as it is here; null until that is known.</summary>
    public PublishedStreams? Streams => Volatile.Read(ref _mirror)?.Streams;

    /// <summary>Ends when the engine has begun another epoch.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Where it is. Any thread may ask, as for the numbers below.</summary>
    public SubscriberPhase Phase => (SubscriberPhase)Volatile.Read(ref _phase);

    /// <summary>Records written to the ring.</summary>
    public long Records => Volatile.Read(ref _mirror)?.Records ?? 0;

    /// <summary>Records read from the output journal because they were missed.</summary>
    public long CaughtUp => _missed.CaughtUp;

    /// <summary>Records that were published and came neither over Aeron nor from the output journal, by q.</summary>
    public long Missed => Volatile.Read(ref _mirror)?.Missed ?? 0;

    /// <summary>Records of instruments beyond those that there can be here (engine.max_instruments), left out.</summary>
    public long Unknown { get; private set; }

    /// <summary>Messages that are no records, or of types that this version does not know, left out.</summary>
    public long Malformed { get; private set; }

    /// <summary>Snapshots taken, the first one included.</summary>
    public long Snapshots { get; private set; }

    /// <summary>What the engine said of itself last: where it is in its life.</summary>
    public PublisherState EngineState { get; private set; }

    /// <summary>Lets it write to the ring.</summary>
    public void Release() => Volatile.Write(ref _isReleased, true);

    /// <inheritdoc/>
    public override int DoWork()
    {
        if (_session is null) return Open();
        if (_session.IsClosed) return Close();
        if (Phase == SubscriberPhase.Ended) return 0;
        int work = PollStatus();
        work += _missed.DoWork();
        if (Phase == SubscriberPhase.Live)
        {
            for (int outlet = 0; outlet < PublishedStreamIds.StatusOutlet; outlet++) work += PollRecords(_session.Outlets[outlet], outlet);
            // An image that is new begins behind what was missed in between.
            if (_session.Images != _imagesAtRequest) Wait(0);
        }
        else
        {
            work += Synchronize();
        }

        if (_mirror is not { } mirror) return work;
        _missed.EndTurn(Phase == SubscriberPhase.Live, mirror, _definitions);
        mirror.Commit();
        return work;
    }

    /// <inheritdoc/>
    public override void OnClose()
    {
        _missed.Close();
        _opening.Cancel();
        _session?.Dispose();
        _known.TrySetCanceled();
        _ended.TrySetResult();
    }

    private void Enter(SubscriberPhase phase) => Volatile.Write(ref _phase, (int)phase);

    private void Wait(long ns)
    {
        Enter(SubscriberPhase.Waiting);
        _correlation = 0;
        _deadlineNs = _clock.MonotonicNs() + ns;
    }

    private int Open()
    {
        if (!_opening.Advance(out SubscriberSession? session, out Exception? failure)) return 0;
        if (session is not null)
        {
            _session = session;
            _isTold = false;
            Wait(0);
        }
        else if (failure is not null && !_isTold)
        {
            // Once: it may take hours until somebody starts the driver.
            _isTold = true;
            _errors.OnError(Name, failure);
        }

        return 1;
    }

    private int Close()
    {
        _errors.OnError(Name, new IOException("The Aeron driver, or our client of it, has gone; nothing is received until there is one again."));
        _session!.Dispose();
        _session = null;
        _opening.Again();
        if (Phase != SubscriberPhase.Ended) Enter(SubscriberPhase.Disconnected);
        return 1;
    }

    // Asks, waits, asks again; what comes of it is in Take.
    private int Synchronize()
    {
        SubscriberSession session = _session!;
        if (Phase == SubscriberPhase.Ready && Volatile.Read(ref _isReleased)) Wait(0);
        if (Phase is SubscriberPhase.Waiting or SubscriberPhase.Snapshot && _clock.MonotonicNs() - _deadlineNs >= 0 && session.IsConnected)
        {
            _imagesAtRequest = session.Images;
            _correlation = Random.Shared.NextInt64(1, long.MaxValue);
            Enter(SubscriberPhase.Waiting);
            _deadlineNs = _clock.MonotonicNs() + (session.TryRequest(_correlation) ? PatienceNs : UnheardNs);
        }

        var handler = new SubscriberHandlers.Snapshot(this);
        return session.Snapshots.ControlledPoll(ref handler, FragmentsInTurn);
    }

    private int PollStatus()
    {
        var handler = new SubscriberHandlers.Status(this);
        return _session!.Outlets[PublishedStreamIds.StatusOutlet].ControlledPoll(ref handler, FragmentsInTurn);
    }

    private int PollRecords(Subscription subscription, int outlet)
    {
        var handler = new SubscriberHandlers.Records(this);
        _isHeldUp = false;
        int fragments = subscription.ControlledPoll(ref handler, FragmentsInTurn);
        // Nothing may be the padding at the end of a term, with more behind it.
        if (fragments == 0 && !_isHeldUp) fragments = subscription.ControlledPoll(ref handler, FragmentsInTurn);
        // What was sent before the last status is here when each stream has been found empty since.
        if (fragments == 0 && !_isHeldUp && Phase == SubscriberPhase.Live) _missed.OnEmpty(outlet);
        return fragments;
    }

    // What was sent before a snapshot's message is read before it: else the snapshot would make it look old.
    private bool TryDrain()
    {
        for (int outlet = 0; outlet < PublishedStreamIds.StatusOutlet; outlet++)
        {
            while (PollRecords(_session!.Outlets[outlet], outlet) > 0)
            {
            }

            if (_isHeldUp) return false;
        }

        return Phase == SubscriberPhase.Snapshot;
    }

    // What others put on these streams must not stop us.
    private bool AreRecords(ReadOnlySpan<byte> message)
    {
        if (PublishedMessage.IsWhole(message)) return true;
        Malformed++;
        return false;
    }

    internal ControlledAction TakeStatus(ReadOnlySpan<byte> message, long run)
    {
        if (run < _run || !AreRecords(message)) return ControlledAction.Continue;
        // Of a run that we know nothing of yet: its snapshot tells all of this.
        bool isKnown = run == _run && Phase is SubscriberPhase.Live or SubscriberPhase.Ready or SubscriberPhase.Snapshot;
        while (!message.IsEmpty)
        {
            ReadOnlySpan<byte> record = message[..RecordLengths.Of((RecordType)message[0])];
            message = message[record.Length..];
            switch ((RecordType)record[0])
            {
                case RecordType.Status:
                    if (run > _run && Phase is SubscriberPhase.Live or SubscriberPhase.Ready) Wait(0);
                    ref readonly StatusRecord status = ref MemoryMarshal.AsRef<StatusRecord>(record);
                    EngineState = status.State;
                    _missed.OnStatus(status.Mark);
                    // Something was not sent at all: no record that follows needs to show it, but a snapshot does.
                    if (isKnown && status.Dropped + status.LappedBytes != _unsent && Phase == SubscriberPhase.Live) Wait(0);
                    _unsent = status.Dropped + status.LappedBytes;
                    break;
                case RecordType.Definition:
                    if (isKnown) _definitions.Take(MemoryMarshal.AsRef<DefinitionRecord>(record));
                    break;
                default:
                    if (Phase == SubscriberPhase.Live && isKnown && !TryTake(record, fromSnapshot: false)) return ControlledAction.Abort;
                    break;
            }
        }

        return ControlledAction.Continue;
    }

    internal ControlledAction TakeRecords(ReadOnlySpan<byte> message, long run)
    {
        if (run < _run || !AreRecords(message)) return ControlledAction.Continue;
        if (run > _run)
        {
            Wait(0);
            _isHeldUp = true;
            return ControlledAction.Abort;
        }

        while (!message.IsEmpty)
        {
            ReadOnlySpan<byte> record = message[..RecordLengths.Of((RecordType)message[0])];
            // What of the message was taken before it is offered again is known by its q.
            _isHeldUp = !TryTake(record, fromSnapshot: false);
            if (_isHeldUp) return ControlledAction.Abort;
            message = message[record.Length..];
        }

        return ControlledAction.Continue;
    }

    internal ControlledAction TakeSnapshot(ReadOnlySpan<byte> message)
    {
        long before = _snapshotRecords;
        if (!AreRecords(message)) return ControlledAction.Continue;
        bool isDrained = !_hasBegun;
        while (!message.IsEmpty)
        {
            ReadOnlySpan<byte> record = message[..RecordLengths.Of((RecordType)message[0])];
            message = message[record.Length..];
            var type = (RecordType)record[0];
            if (type is RecordType.SnapshotBegin or RecordType.SnapshotEnd)
            {
                TakeMark(type, MemoryMarshal.AsRef<SnapshotRecord>(record));
            }
            else if (Phase == SubscriberPhase.Snapshot)
            {
                _deadlineNs = _clock.MonotonicNs() + PatienceNs;
                if (type == RecordType.Definition)
                {
                    _definitions.Take(MemoryMarshal.AsRef<DefinitionRecord>(record));
                }
                else if (Volatile.Read(ref _isReleased) && !((isDrained || (isDrained = TryDrain())) && TryTake(record, fromSnapshot: true)))
                {
                    // Not now: the message comes again, whole.
                    _snapshotRecords = before;
                    return ControlledAction.Abort;
                }

                _snapshotRecords++;
            }
        }

        return ControlledAction.Continue;
    }

    private void TakeMark(RecordType type, in SnapshotRecord mark)
    {
        if (mark.Correlation != _correlation) return;
        if (type == RecordType.SnapshotEnd)
        {
            if (Phase == SubscriberPhase.Snapshot) End(mark);
        }
        else if (_mirror is not null && mark.Epoch != _mirror.Streams.Epoch)
        {
            Enter(SubscriberPhase.Ended);
            _ended.TrySetResult();
        }
        else
        {
            _run = mark.RunNs;
            _epoch = mark.Epoch;
            if (!_hasBegun) _missed.OnFirstSnapshot(mark.Mark);
            _snapshotRecords = 0;
            Enter(SubscriberPhase.Snapshot);
        }
    }

    private void End(in SnapshotRecord mark)
    {
        // Something of it was lost: again.
        if (mark.Count != _snapshotRecords)
        {
            Wait(0);
            return;
        }

        Snapshots++;
        if (_mirror is null)
        {
            var channels = new ChannelTable(_definitions.Bars, _definitions.Indicators);
            var streams = new PublishedStreams(PublishedStreams.CreateRing(_ringBytes), channels, _definitions.Instruments, _definitions.Sources, _epoch, _definitions.Alerts) { IsMirror = true };
            Volatile.Write(ref _mirror, new MirrorWriter(streams));
            _known.TrySetResult(streams);
            Enter(SubscriberPhase.Ready);
        }
        else
        {
            _hasBegun = true;
            Enter(SubscriberPhase.Live);
        }
    }

    // False when it cannot be taken now: the ring is full, what its instrument is called has not been said yet, or records before it are to be had from the journal first.
    private bool TryTake(ReadOnlySpan<byte> record, bool fromSnapshot)
    {
        if (!_mirror!.Knows(record)) return IsBeyondAll(MemoryMarshal.AsRef<RecordHeader>(record).Instrument);
        MirrorResult result = _mirror.Write(record, begins: fromSnapshot && !_hasBegun, counts: _missed.Counts);
        if (result == MirrorResult.Gap) _missed.OnGap();
        return result == MirrorResult.Done;
    }

    // Its definition is on the status stream, which is polled next; unless that was missed, or there is no room for the instrument here.
    private bool IsBeyondAll(uint instrument)
    {
        if (instrument >= (uint)_maxInstruments)
        {
            Unknown++;
            return true;
        }

        if (++_turnsUnknown < TurnsUntilAsked) return false;
        _turnsUnknown = 0;
        Wait(0);
        return false;
    }
}
