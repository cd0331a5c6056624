using System.Runtime.InteropServices;
using LowLatency.Aeron.Client;
using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Errors;
using LowLatency.Core.Rings;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Publishing;

/// <summary>
/// Takes what an engine publishes from its ring and sends it over Aeron, in the order of publication within each stream. It has a cursor of its own: where nobody listens, where
/// there is no driver, and where a subscriber holds a stream up, the engine does not notice, unless the settings say that it waits.
/// </summary>
public sealed class StreamPublisher : Agent
{
    private const int ReadBytes = 64 * 1024;
    private const int TurnsBetweenTimers = 16;

    private static readonly byte[] OutletByType = [.. Enumerable.Range(0, 256).Select(type => (byte)PublishedStreamIds.OutletOf((RecordType)type))];

    private readonly PublishedStreams _streams;
    private readonly PublishingSettings _settings;
    private readonly IPublisherStatus _status;
    private readonly IClock _clock;
    private readonly IErrorHandler _errors;
    private readonly BroadcastReader _reader;
    private readonly LastRecords _last;
    private readonly byte[] _records = new byte[ReadBytes];
    private readonly long _run;
    private readonly long _statusNs;
    private int _at;
    private int _length;
    private PublishingSession? _session;
    private readonly SessionOpening<PublishingSession> _opening;
    private long _statusAtNs;
    private PublisherState _toldState;
    private string? _toldFailure;
    private ulong _statuses;
    private long _droppedBefore;
    private long _sentBefore;
    private long _unheardBefore;
    private long _laps;
    private uint _turns;

    /// <summary>Makes a publisher, to be made before the engine publishes; it sends what is published from now on.</summary>
    /// <param name="streams">What is published.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="status">What to say of the engine.</param>
    /// <param name="connect">Connects a client to the driver; called on a thread of its own.</param>
    /// <param name="parker">Where the agent's thread sleeps.</param>
    /// <param name="clock">The time.</param>
    /// <param name="errors">Is told when the driver is lost or refuses, and when records are lost.</param>
    public StreamPublisher(PublishedStreams streams, PublishingSettings settings, IPublisherStatus status, Func<AeronClient> connect, Parker parker, IClock clock, IErrorHandler errors)
    {
        ArgumentNullException.ThrowIfNull(streams);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(clock);
        _streams = streams;
        _settings = settings;
        _status = status;
        _clock = clock;
        _errors = errors;
        _last = new LastRecords(streams.Channels);
        _statusNs = settings.StatusIntervalMs * 1_000_000L;
        _run = clock.EpochNs();
        _opening = new SessionOpening<PublishingSession>(() => PublishingSession.Open(connect, settings, streams, _last, _run), clock);
        _reader = settings.SlowSubscriber == SlowSubscriberPolicy.Wait ? streams.Ring.AddGatingReader(parker) : streams.Ring.AddReader(parker);
    }

    /// <inheritdoc/>
    public override string Name => "aeron-publisher";

    /// <summary>The mark at which the output journal begins this run; -1 where there is none. Set before the start.</summary>
    public long JournalBase { get; init; } = -1;

    /// <summary>Which run of the engine this is: the reserved value of every message.</summary>
    public long RunNs => _run;

    /// <summary>Whether it has its publications at a driver now. Any thread may ask, as for the numbers below.</summary>
    public bool IsConnected => Volatile.Read(ref _session) is not null;

    /// <summary>Records that went into the logs.</summary>
    public long Sent => Volatile.Read(ref _sentBefore) + (Volatile.Read(ref _session)?.Outlets.Sum(o => o.Sent) ?? 0);

    /// <summary>Records that were not sent because a subscriber that is waited for did not read.</summary>
    public long Dropped => Volatile.Read(ref _droppedBefore) + (Volatile.Read(ref _session)?.Outlets.Sum(o => o.Dropped) ?? 0);

    /// <summary>Records that were not sent because nobody listened, or there was no driver.</summary>
    public long Unheard => Volatile.Read(ref _unheardBefore) + (Volatile.Read(ref _session)?.Outlets.Sum(o => o.Unheard) ?? 0);

    /// <summary>Bytes of records that were not sent because the publisher fell a whole ring behind the engine.</summary>
    public long LappedBytes => _reader.LostBytes;

    /// <summary>Bytes of records in the engine's ring that it has not read yet: how far it is behind.</summary>
    public long BacklogBytes => _streams.Ring.Position - _reader.Position;

    /// <summary>Whether everything committed so far has been handed over.</summary>
    public bool IsDrained => Volatile.Read(ref _length) == 0 && !_reader.HasRecords();

    /// <inheritdoc/>
    public override bool HasWork() => _length == 0 && _reader.HasRecords();

    /// <inheritdoc/>
    public override long IdleNs() => Math.Max(0, _statusAtNs - _clock.MonotonicNs());

    /// <inheritdoc/>
    public override int DoWork()
    {
        int work = 0;
        if (_session is null) work += Open();
        else if (_session.IsClosed) Close("the driver or its client has gone; what is published until there is one again is not sent");
        if (_length == 0) Read();
        if (_length != 0) work += Send();
        // While records come fast the others have their turn now and then.
        if (work == 0 || ++_turns % TurnsBetweenTimers == 0) work += RunTimers();
        return work;
    }

    /// <inheritdoc/>
    public override void OnClose()
    {
        _opening.Cancel();
        if (_session is null) return;
        TellStatus();
        foreach (StreamOutlet outlet in _session.Outlets) outlet.TryFlush(mayDrop: true);
        _session.Dispose();
    }

    // Once all that was read has been sent.
    private long Mark => JournalBase < 0 ? 0 : JournalBase + _reader.Position;

    private void Read()
    {
        int length = _reader.Read(_records);
        if (length == 0 && _reader.Laps != _laps)
        {
            _laps = _reader.Laps;
            _errors.OnError(Name, new IOException($"The publisher fell a whole ring (engine.output_bytes) behind the engine, for the {_laps}. time; {_reader.LostBytes} bytes of records were not sent over Aeron in all."));
        }

        _at = 0;
        Volatile.Write(ref _length, length);
    }

    private int Send()
    {
        // A stream that is held up waits in the ring as long as that is less than half full, unless it gates.
        bool mayDrop = _settings.SlowSubscriber == SlowSubscriberPolicy.Drop && BacklogBytes > _streams.Ring.Capacity / 2;
        StreamOutlet[]? outlets = _session?.Outlets;
        int sent = _at;
        while (_at < _length)
        {
            ReadOnlySpan<byte> record = _records.AsSpan(_at, RecordLengths.Of((RecordType)_records[_at]));
            if (outlets is null) _unheardBefore++;
            else if (!TryAppend(outlets, record, mayDrop)) return _at - sent;
            _last.Store(record);
            _at += record.Length;
        }

        if (outlets is not null && !TryFlush(outlets, mayDrop)) return _at - sent;
        sent = _length - sent;
        Volatile.Write(ref _length, 0);
        return Math.Max(sent, 1);
    }

    private static bool TryAppend(StreamOutlet[] outlets, ReadOnlySpan<byte> record, bool mayDrop)
    {
        int outlet = OutletByType[record[0]];
        // Definitions go before the records that refer to them: whoever has one of these finds the others on the status stream.
        if ((RecordType)record[0] != RecordType.Definition) return outlets[outlet].TryAppend(record, mayDrop);
        return outlets[outlet].TryAppend(record, mayDrop) && outlets[outlet].TryFlush(mayDrop);
    }

    private static bool TryFlush(StreamOutlet[] outlets, bool mayDrop)
    {
        bool all = true;
        foreach (StreamOutlet outlet in outlets) all &= outlet.TryFlush(mayDrop);
        return all;
    }

    private int RunTimers()
    {
        long now = _clock.MonotonicNs();
        // Of records that have been sent only: whoever has a snapshot's message has, or had, all that came before it.
        int work = _session is { } session && _length == 0 ? session.Snapshots.DoWork(now, Mark) : 0;
        if (now - _statusAtNs < 0 && _status.State == _toldState) return work;
        _statusAtNs = now + _statusNs;
        _status.OnStatus(this);
        _toldState = _status.State;
        // Behind what was published before it.
        if (_session is not null && _length == 0) TellStatus();
        return work + 1;
    }

    private void TellStatus()
    {
        var record = new StatusRecord
        {
            Header = { Type = RecordType.Status, EventNs = _clock.EpochNs(), Sequence = ++_statuses },
            Epoch = _streams.Epoch,
            State = _status.State,
            RunNs = _run,
            Taken = _status.Taken,
            Published = _status.Published,
            Dropped = Dropped,
            LappedBytes = LappedBytes,
            Instruments = (uint)_streams.Instruments.Count,
            Sources = (uint)_streams.Sources.Count,
            Bars = (uint)_streams.Channels.Bars.Count,
            Indicators = (uint)_streams.Channels.Indicators.Count,
            Alerts = (uint)_streams.Alerts.Specs.Count,
            Mark = Mark,
        };
        StreamOutlet outlet = _session!.Outlets[PublishedStreamIds.StatusOutlet];
        // A status is of its moment: where it finds no room the next one will.
        if (outlet.TryAppend(MemoryMarshal.AsBytes(new ReadOnlySpan<StatusRecord>(in record)), mayDrop: true)) outlet.TryFlush(mayDrop: true);
    }

    private int Open()
    {
        if (!_opening.Advance(out PublishingSession? session, out Exception? failure)) return 0;
        // Each reason once: it may be tried for hours.
        if (failure is not null && failure.Message != _toldFailure) _errors.OnError(Name, failure);
        if (failure is not null) _toldFailure = failure.Message;
        if (session is null) return 1;
        _toldFailure = null;
        _statusAtNs = _clock.MonotonicNs();
        Volatile.Write(ref _session, session);
        return 1;
    }

    private void Close(string why)
    {
        PublishingSession session = _session!;
        Volatile.Write(ref _droppedBefore, Dropped);
        Volatile.Write(ref _sentBefore, Sent);
        Volatile.Write(ref _unheardBefore, Unheard);
        Volatile.Write(ref _session, null);
        _opening.Again();
        _errors.OnError(Name, new IOException($"Publishing over Aeron is interrupted: {why}."));
        session.Dispose();
    }
}
