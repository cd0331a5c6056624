using LowLatency.Aeron.Logs;
using LowLatency.Aeron.Protocol;
using LowLatency.Core.Counters;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Driver;

/// <summary>A log and its flow control: how far publishers may go, what is cleaned, who reads it.</summary>
internal sealed partial class IpcPublication
{
    private readonly ClientProxy _clients;
    private readonly SystemCounters _systemCounters;
    private readonly CounterTable _counters;
    private readonly Counter _publisherPosition;
    private readonly Counter _publisherLimit;
    private readonly PublicationParameters _parameters;
    private readonly int _tripGain;
    private readonly long _unblockTimeoutNs;
    private readonly long _startPosition;
    private readonly long _untetheredIntervalNs;
    private SubscriberPosition[] _subscribers = [];
    private int _references;
    private long _tripLimit;
    private long _cleanPosition;
    private long _consumerPosition;
    private long _lastConsumerPosition;
    private long _lastConsumerChangeNs;
    private bool _isCoolingDown;
    private long _coolDownEndNs;
    private bool _hasUntethered;
    private long _nextUntetheredNs;

    public IpcPublication(
        LogBuffers log, PublicationParameters parameters, DriverServices services, Counter publisherPosition, Counter publisherLimit, int sessionId, int streamId, string channel,
        bool isExclusive, long nowNs)
    {
        Log = log;
        SessionId = sessionId;
        StreamId = streamId;
        Channel = channel;
        IsExclusive = isExclusive;
        StartTermId = parameters.Start?.TermId ?? log.InitialTermId;
        StartTermOffset = parameters.Start?.TermOffset ?? 0;
        _parameters = parameters;
        _clients = services.Clients;
        _systemCounters = services.SystemCounters;
        _counters = services.Counters;
        _unblockTimeoutNs = services.PublicationUnblockTimeoutNs;
        _publisherPosition = publisherPosition;
        _publisherLimit = publisherLimit;
        _tripGain = parameters.WindowLength / 8;
        _startPosition = log.ProducerPosition;
        _consumerPosition = _startPosition;
        _lastConsumerPosition = _startPosition;
        _cleanPosition = _startPosition;
        _lastConsumerChangeNs = nowNs;
        _untetheredIntervalNs = parameters.UntetheredIntervalNs;
        publisherPosition.Set(_startPosition);
        publisherLimit.Set(_startPosition);
    }

    public LogBuffers Log { get; }

    public long RegistrationId => Log.CorrelationId;

    public int SessionId { get; }

    public int StreamId { get; }

    public string Channel { get; }

    public bool IsExclusive { get; }

    public int StartTermId { get; }

    public int StartTermOffset { get; }

    public int LimitCounterId => _publisherLimit.Id;

    public PublicationState State { get; private set; } = PublicationState.Active;

    public bool IsAcceptingSubscriptions => !_isCoolingDown && (State == PublicationState.Active || (State == PublicationState.Draining && !IsDrained));

    public int ActiveSubscribers
    {
        get
        {
            int count = 0;
            foreach (SubscriberPosition subscriber in _subscribers) count += subscriber.Counts ? 1 : 0;
            return count;
        }
    }

    /// <summary>Bytes that the log's file may yet take from the file system.</summary>
    public long UnallocatedBytes => _parameters.IsSparse ? Math.Max(0, Log.FileLength - LogBufferDescriptor.MetadataLength - (Log.ProducerPosition - _startPosition)) : 0;

    private bool IsDrained
    {
        get
        {
            long producer = Log.ProducerPosition;
            foreach (SubscriberPosition subscriber in _subscribers)
            {
                if (subscriber.Counts && subscriber.Counter.Value < producer) return false;
            }

            return true;
        }
    }

    /// <summary>Moves the publishers' limit behind the slowest subscriber, and cleans what all have read. Called in every duty cycle.</summary>
    /// <returns>1 when the limit moved.</returns>
    public int UpdateLimit()
    {
        if (State != PublicationState.Active) return 0;
        _publisherPosition.Set(Log.ProducerPosition);
        long least = long.MaxValue;
        long most = _consumerPosition;
        foreach (SubscriberPosition subscriber in _subscribers)
        {
            if (!subscriber.Counts) continue;
            long position = subscriber.Counter.Value;
            least = Math.Min(least, position);
            most = Math.Max(most, position);
        }

        if (least == long.MaxValue) return WithdrawLimit();
        _consumerPosition = most;
        long limit = least + _parameters.WindowLength;
        if (limit <= _tripLimit) return 0;
        // The limit first: a publisher that is held up need not wait for megabytes of zeroes. What is not clean yet is at most a window and a message behind the slowest
        // subscriber, and publishers come there more than two terms later, not before the driver's next turn.
        _publisherLimit.Set(limit);
        _tripLimit = limit + _tripGain;
        Clean(least);
        return 1;
    }

    public void AddReference() => _references++;

    /// <summary>A publisher has gone. After the last one subscribers read the rest.</summary>
    public void ReleaseReference()
    {
        if (--_references > 0) return;
        long producer = Log.ProducerPosition;
        if (_publisherLimit.Value > producer) _publisherLimit.Set(producer);
        Log.EndOfStreamPosition = producer;
        if (!Log.IsRevoked) State = PublicationState.Draining;
    }

    /// <summary>Gives a subscription the stream from where the slowest subscriber is; without any, from where the last one was.</summary>
    public SubscriberPosition Add(IpcSubscription subscription, long nowNs)
    {
        long join = JoinPosition;
        Span<byte> key = stackalloc byte[CountersLayout.MaxKeyBytes];
        key.Clear();
        StreamKey.Write(key, subscription.RegistrationId, SessionId, StreamId, subscription.Channel);
        string label = $"sub-pos: {subscription.RegistrationId} {SessionId} {StreamId} {subscription.Channel} @{join}";
        Counter counter = _counters.AllocateRegistered(CounterTypes.SubscriberPosition, label, key, subscription.RegistrationId, subscription.ClientId, RegistrationId);
        counter.Set(join);
        var position = new SubscriberPosition(subscription, counter, nowNs);
        _subscribers = [.. _subscribers, position];
        _hasUntethered |= !subscription.IsTether;
        _nextUntetheredNs = nowNs;
        Log.IsConnected = true;
        return position;
    }

    public bool Has(IpcSubscription subscription) => Array.Exists(_subscribers, s => s.Subscription == subscription);

    /// <summary>A subscription has gone.</summary>
    public void Remove(IpcSubscription subscription)
    {
        SubscriberPosition? position = Array.Find(_subscribers, s => s.Subscription == subscription);
        if (position is null) return;
        _consumerPosition = position.Counts ? Math.Max(_consumerPosition, position.Counter.Value) : _consumerPosition;
        _subscribers = [.. _subscribers.Where(s => s != position)];
        _hasUntethered = Array.Exists(_subscribers, s => !s.Subscription.IsTether);
        if (ActiveSubscribers == 0) Log.IsConnected = false;
        if (position.State != TetherState.Closed) _counters.Free(position.Counter);
    }

    /// <summary>Frees its counters; the log itself is deleted by the caller.</summary>
    public void Close()
    {
        foreach (SubscriberPosition subscriber in _subscribers)
        {
            if (subscriber.State != TetherState.Closed) _counters.Free(subscriber.Counter);
        }

        _subscribers = [];
        _counters.Free(_publisherPosition);
        _counters.Free(_publisherLimit);
    }

    private long JoinPosition
    {
        get
        {
            long position = _consumerPosition;
            foreach (SubscriberPosition subscriber in _subscribers)
            {
                if (subscriber.Counts) position = Math.Min(position, subscriber.Counter.Value);
            }

            return position;
        }
    }

    // Nobody reads: publishers stop where the most advanced reader was, and find themselves not connected.
    private int WithdrawLimit()
    {
        if (_publisherLimit.Value <= _consumerPosition) return 0;
        _publisherLimit.Set(_consumerPosition);
        _tripLimit = _consumerPosition;
        Clean(_consumerPosition);
        return 1;
    }

    // At most to the end of a term at once; publishers come there two terms later.
    private void Clean(long position)
    {
        // Subscribers write their positions: one that is no frame's boundary must not stop the driver.
        position &= ~(DataHeaderLayout.FrameAlignment - 1L);
        if (position <= _cleanPosition) return;
        MappedBlock term = Log.Terms[LogBufferDescriptor.IndexByPosition(_cleanPosition, Log.PositionBits)];
        int offset = (int)(_cleanPosition & (Log.TermLength - 1));
        int length = (int)Math.Min(position - _cleanPosition, Log.TermLength - offset);
        // The first length last, and released: who finds it 0 finds zeroes behind it.
        term.Clear(offset + sizeof(long), length - sizeof(long));
        term.PutInt64Ordered(offset, 0);
        _cleanPosition += length;
    }
}
