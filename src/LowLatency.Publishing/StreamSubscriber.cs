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
public sealed partial class StreamSubscriber : Agent
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
    private long _heardNs;
    private bool _isHeldUp;
    private bool _isDraining;
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

    /// <summary>How long the engine has said nothing of itself, in nanoseconds; it does so each <c>publishing.status_interval_ms</c>. 0 where it has said nothing yet.</summary>
    public long SilenceNs => Volatile.Read(ref _heardNs) is not 0 and var heard ? _clock.MonotonicNs() - heard : 0;

    /// <summary>Lets it write to the ring.</summary>
    public void Release() => Volatile.Write(ref _isReleased, true);

    /// <inheritdoc/>
    public override int DoWork()
    {
        if (_session is null) return Open();
        if (_session.IsClosed) return Close();
        if (Phase == SubscriberPhase.Ended) return 0;
        int work = PollRecords(PublishedStreamIds.StatusOutlet);
        work += _missed.DoWork();
        if (Phase == SubscriberPhase.Live)
        {
            for (int outlet = 0; outlet < PublishedStreamIds.StatusOutlet; outlet++) work += PollRecords(outlet);
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

    private int PollRecords(int outlet)
    {
        _isHeldUp = false;
        int fragments = Poll(outlet);
        // Nothing may be the padding at the end of a term, with more behind it.
        if (fragments == 0 && !_isHeldUp) fragments = Poll(outlet);
        // What was sent before the last status is here when each stream has been found empty since.
        if (fragments == 0 && !_isHeldUp && Phase == SubscriberPhase.Live) _missed.OnEmpty(outlet);
        return fragments;
    }

    private int Poll(int outlet)
    {
        Subscription subscription = _session!.Outlets[outlet];
        var records = new SubscriberHandlers.Records(this);
        var status = new SubscriberHandlers.Status(this);
        return outlet == PublishedStreamIds.StatusOutlet ? subscription.ControlledPoll(ref status, FragmentsInTurn) : subscription.ControlledPoll(ref records, FragmentsInTurn);
    }

    // What was sent before a snapshot's message is read before it: else the snapshot would make it look old.
    private bool TryDrain()
    {
        _isDraining = true;
        bool isDrained = true;
        for (int outlet = 0; outlet < PublishedStreamIds.Outlets && isDrained; outlet++)
        {
            while (PollRecords(outlet) > 0)
            {
            }

            isDrained = !_isHeldUp;
        }

        _isDraining = false;
        return isDrained && Phase == SubscriberPhase.Snapshot;
    }
}
