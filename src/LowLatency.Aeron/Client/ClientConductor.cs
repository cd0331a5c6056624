using LowLatency.Aeron.Buffers;
using LowLatency.Aeron.Channels;
using LowLatency.Aeron.Logs;
using LowLatency.Aeron.Protocol;
using LowLatency.Core.Agents;
using LowLatency.Core.Counters;
using LowLatency.Core.Errors;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Client;

/// <summary>
/// What a client does beside offering and polling: commands to the driver, its events, liveness of both. It runs on a thread of its own or is invoked;
/// a call that waits for an answer gives it its turns itself. One lock guards all of it.
/// </summary>
internal sealed partial class ClientConductor : Agent, IMessageHandler
{
    private const int EventsATurn = 20;

    private readonly Lock _lock = new();
    private readonly AeronContext _context;
    private readonly ClientCnc _cnc;
    private readonly CopyBroadcastReceiver _events;
    private readonly DriverProxy _driver;
    private readonly ClientHeartbeat _heartbeat;
    private readonly IErrorHandler _errors;
    private readonly MappedLogs _logs = new();
    private readonly Dictionary<long, Publication> _publications = [];
    private readonly Dictionary<long, Subscription> _subscriptions = [];
    private readonly Dictionary<long, AeronCounter> _counters = [];
    private readonly long _keepaliveNs;
    private long _lastServiceNs;
    private long _nextKeepaliveNs;
    private bool _inHandler;
    private volatile bool _isClosed;
    private Exception? _reason;

    // What a call waits for, and what came.
    private long _awaited = -1;
    private object? _answer;
    private string _awaitedChannel = "";

    public ClientConductor(AeronContext context)
    {
        _context = context;
        _cnc = ClientCnc.Connect(context);
        ClientId = _cnc.ToDriver.NextCorrelationId();
        _events = new CopyBroadcastReceiver(_cnc.ToClients);
        _driver = new DriverProxy(_cnc.ToDriver, ClientId);
        _heartbeat = new ClientHeartbeat(_cnc.CounterMetadata, _cnc.CounterValues, ClientId, context.ClientName);
        _errors = context.ErrorHandler ?? StandardErrorHandler.Instance;
        _keepaliveNs = context.KeepaliveIntervalMs * 1_000_000L;
        Counters = new CountersReader(_cnc.CounterMetadata, _cnc.CounterValues);
        _lastServiceNs = context.Clock.MonotonicNs();
        _nextKeepaliveNs = _lastServiceNs + _keepaliveNs;
    }

    public override string Name => "aeron-client";

    public long ClientId { get; }

    public CountersReader Counters { get; }

    public bool IsClosed => _isClosed;

    /// <summary>How many logs are mapped: for tests.</summary>
    internal int MappedLogCount => _logs.Count;

    public override int DoWork()
    {
        // Whoever holds it waits for an answer and does this work meanwhile.
        if (!_lock.TryEnter()) return 0;
        try
        {
            return _isClosed || _inHandler ? 0 : Service();
        }
        finally
        {
            _lock.Exit();
        }
    }

    public ConcurrentPublication AddPublication(string channel, int streamId) => (ConcurrentPublication)AddPublication(channel, streamId, isExclusive: false);

    public ExclusivePublication AddExclusivePublication(string channel, int streamId) => (ExclusivePublication)AddPublication(channel, streamId, isExclusive: true);

    public Subscription AddSubscription(string channel, int streamId, Action<Image>? onAvailable, Action<Image>? onUnavailable)
    {
        ChannelUri.Parse(channel);
        lock (_lock)
        {
            ThrowIfUnusable();
            long registrationId = _driver.AddSubscription(channel, streamId);
            // Known before the answer: images follow it at once.
            var subscription = new Subscription(this, channel, streamId, registrationId, onAvailable ?? _context.OnAvailableImage, onUnavailable ?? _context.OnUnavailableImage);
            _subscriptions.Add(registrationId, subscription);
            try
            {
                Await(registrationId, channel, _driver.RemoveSubscription);
            }
            catch
            {
                _subscriptions.Remove(registrationId);
                foreach (Image image in subscription.RemoveAll()) Release(image);
                throw;
            }

            return subscription;
        }
    }

    public AeronCounter AddCounter(int typeId, ReadOnlySpan<byte> key, string label)
    {
        ThrowIfNoCounter(key, label);
        lock (_lock)
        {
            ThrowIfUnusable();
            long registrationId = _driver.AddCounter(typeId, key, label);
            int id = (int)Await(registrationId, label, _driver.RemoveCounter);
            return Keep(new AeronCounter(this, id, registrationId, ValueOf(id), registrationId));
        }
    }

    public AeronCounter AddStaticCounter(int typeId, ReadOnlySpan<byte> key, string label, long registrationId)
    {
        ThrowIfNoCounter(key, label);
        lock (_lock)
        {
            ThrowIfUnusable();
            long handleId = _driver.AddStaticCounter(typeId, key, label, registrationId);
            // Not taken back: it is nobody's, and who asks again gets it.
            int id = (int)Await(handleId, label, null);
            return Keep(new AeronCounter(this, id, registrationId, ValueOf(id), handleId));
        }
    }

    public void Close(Publication publication, bool revokes)
    {
        lock (_lock)
        {
            if (_isClosed || !_publications.Remove(publication.RegistrationId)) return;
            ThrowIfInHandler();
            Release(publication);
            _driver.RemovePublication(publication.RegistrationId, revokes);
        }
    }

    public void Close(Subscription subscription)
    {
        lock (_lock)
        {
            if (_isClosed || !_subscriptions.Remove(subscription.RegistrationId)) return;
            ThrowIfInHandler();
            CloseImages(subscription);
            _driver.RemoveSubscription(subscription.RegistrationId);
        }
    }

    public void Close(AeronCounter counter)
    {
        lock (_lock)
        {
            if (_isClosed || !_counters.Remove(counter.HandleId)) return;
            ThrowIfInHandler();
            counter.MarkClosed();
            if (!counter.IsStatic) _driver.RemoveCounter(counter.RegistrationId);
        }
    }

    public void Reject(Image image, string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (System.Text.Encoding.UTF8.GetByteCount(reason) > RejectImageMessage.MaxReasonBytes)
            throw new ArgumentException($"A reason has at most {RejectImageMessage.MaxReasonBytes} bytes.", nameof(reason));
        lock (_lock)
        {
            ThrowIfUnusable();
            if (!image.IsClosed) _driver.RejectImage(image.CorrelationId, image.Position, reason);
        }
    }

    /// <summary>Closes everything, and tells the driver.</summary>
    public void CloseClient()
    {
        lock (_lock)
        {
            if (_isClosed) return;
            ThrowIfInHandler();
            CloseAll(null);
            try
            {
                _driver.CloseClient();
            }
            catch (AeronException full)
            {
                // The driver will notice by itself.
                _errors.OnError(Name, full);
            }

            _cnc.Close();
        }
    }

    private Publication AddPublication(string channel, int streamId, bool isExclusive)
    {
        ChannelUri.Parse(channel);
        lock (_lock)
        {
            ThrowIfUnusable();
            long registrationId = _driver.AddPublication(channel, streamId, isExclusive);
            var ready = (PublicationReadyEvent)Await(registrationId, channel, id => _driver.RemovePublication(id, revokes: false));
            LogBuffers log = TakeLog(ready);
            MappedWord limit = ValueOf(ready.LimitCounterId);
            Publication publication = isExclusive ? new ExclusivePublication(this, log, limit, channel, ready) : new ConcurrentPublication(this, log, limit, channel, ready);
            _publications.Add(registrationId, publication);
            return publication;
        }
    }

    private LogBuffers TakeLog(in PublicationReadyEvent ready)
    {
        try
        {
            return _logs.Take(ready.RegistrationId, ready.LogFile);
        }
        catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            _driver.RemovePublication(ready.CorrelationId, revokes: false);
            throw new AeronException($"The publication's log {ready.LogFile} cannot be mapped: {thrown.Message}", thrown);
        }
    }

    // What was asked for and is not answered in time is taken back: commands are done in their order, so that what the driver may still make is removed behind it.
    private object Await(long correlationId, string channel, Action<long>? takeBack)
    {
        _awaited = correlationId;
        _answer = null;
        _awaitedChannel = channel;
        try
        {
            long deadlineNs = _context.Clock.MonotonicNs() + (_context.DriverTimeoutMs * 1_000_000L);
            for (int looks = 0; ; looks++)
            {
                _context.DriverAgent?.DoWork();
                Service();
                if (_answer is RegistrationException refused) throw refused;
                if (_answer is { } answer) return answer;
                ThrowIfUnusable();
                if (_context.Clock.MonotonicNs() - deadlineNs > 0)
                {
                    TakeBack(takeBack, correlationId);
                    throw new AeronTimeoutException($"The driver of {_context.Directory} has not answered in {_context.DriverTimeoutMs} ms (command {correlationId}, '{channel}').");
                }

                _context.Wait(looks);
            }
        }
        finally
        {
            _awaited = -1;
            _answer = null;
        }
    }

    private void TakeBack(Action<long>? takeBack, long correlationId)
    {
        try
        {
            takeBack?.Invoke(correlationId);
        }
        catch (AeronException full)
        {
            // It cannot be said now; the driver gives it up with the client.
            _errors.OnError(Name, full);
        }
    }

    private AeronCounter Keep(AeronCounter counter)
    {
        _counters.Add(counter.HandleId, counter);
        return counter;
    }

    private static void ThrowIfNoCounter(ReadOnlySpan<byte> key, string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        if (key.Length > CountersLayout.MaxKeyBytes) throw new ArgumentException($"A key has at most {CountersLayout.MaxKeyBytes} bytes, not {key.Length}.", nameof(key));
        if (System.Text.Encoding.UTF8.GetByteCount(label) > CountersLayout.MaxLabelBytes)
            throw new ArgumentException($"A label has at most {CountersLayout.MaxLabelBytes} bytes.", nameof(label));
    }

    private MappedWord ValueOf(int counterId) => _cnc.CounterValues.WordAt((long)counterId * CountersLayout.ValueBytes);

    private void ThrowIfUnusable()
    {
        if (_reason is not null) throw new AeronException($"The client is closed: {_reason.Message}", _reason);
        ObjectDisposedException.ThrowIf(_isClosed, typeof(AeronClient));

        ThrowIfInHandler();
    }

    private void ThrowIfInHandler()
    {
        if (_inHandler) throw new InvalidOperationException("A handler of images or counters must not add or close: it is called in the midst of the client's work.");
    }
}
