using LowLatency.Aeron.Buffers;
using LowLatency.Aeron.Logs;
using LowLatency.Aeron.Protocol;

namespace LowLatency.Aeron.Client;

/// <content>The turns: what the driver says, and whether both live.</content>
internal sealed partial class ClientConductor
{
    void IMessageHandler.OnMessage(int typeId, ReadOnlySpan<byte> body)
    {
        switch ((EventType)typeId)
        {
            case EventType.Error when ErrorEvent.TryRead(body, out ErrorEvent error):
                OnError(error);
                break;
            case EventType.AvailableImage when AvailableImageEvent.TryRead(body, out AvailableImageEvent available):
                OnAvailableImage(available);
                break;
            case EventType.UnavailableImage when UnavailableImageEvent.TryRead(body, out UnavailableImageEvent unavailable):
                if (_subscriptions.TryGetValue(unavailable.SubscriptionId, out Subscription? subscription)) OnUnavailableImage(subscription, unavailable.CorrelationId);
                break;
            case EventType.PublicationReady or EventType.ExclusivePublicationReady when PublicationReadyEvent.TryRead(body, out PublicationReadyEvent ready):
                if (ready.CorrelationId == _awaited) _answer = ready;
                break;
            case EventType.SubscriptionReady when NumberedEvent.TryRead(body, needsNumber: true, out NumberedEvent subscribed):
                if (_subscriptions.TryGetValue(subscribed.Id, out Subscription? own)) own.ChannelStatusId = subscribed.Number;
                if (subscribed.Id == _awaited) _answer = subscribed;
                break;
            case EventType.CounterReady when NumberedEvent.TryRead(body, needsNumber: true, out NumberedEvent counted):
                if (counted.Id == _awaited) _answer = counted.Number;
                if (_context.OnAvailableCounter is { } onAvailable) Call(() => onAvailable(Counters, counted.Id, counted.Number));
                break;
            case EventType.StaticCounter when NumberedEvent.TryRead(body, needsNumber: true, out NumberedEvent found):
                if (found.Id == _awaited) _answer = found.Number;
                break;
            case EventType.UnavailableCounter when NumberedEvent.TryRead(body, needsNumber: true, out NumberedEvent gone):
                if (_context.OnUnavailableCounter is { } onUnavailable) Call(() => onUnavailable(Counters, gone.Id, gone.Number));
                break;
            case EventType.ClientTimeout when NumberedEvent.TryRead(body, needsNumber: false, out NumberedEvent dead):
                if (dead.Id == ClientId)
                    Terminate(new AeronTimeoutException("The driver has given this client up: it gave no sign for longer than the driver's client liveness timeout."));
                break;
            case EventType.PublicationError when PublicationErrorEvent.TryRead(body, out PublicationErrorEvent failed):
                if (_publications.Values.Any(p => p.OriginalRegistrationId == failed.RegistrationId))
                    _errors.OnError(Name, new RegistrationException(failed.Code, $"A subscriber of publication {failed.RegistrationId} reports: {failed.Message}"));
                break;
        }
    }

    private int Service()
    {
        long nowNs = _context.Clock.MonotonicNs();
        int work = ReceiveEvents();
        if (_isClosed) return work;
        if (nowNs - _lastServiceNs > _cnc.ClientLivenessTimeoutNs)
        {
            long silentMs = (nowNs - _lastServiceNs) / 1_000_000;
            long allowedMs = _cnc.ClientLivenessTimeoutNs / 1_000_000;
            Terminate(new AeronTimeoutException(
                $"The client was not serviced for {silentMs} ms, and the driver's client liveness timeout is {allowedMs} ms: the driver may have given it up."));
            return work;
        }

        _lastServiceNs = nowNs;
        if (nowNs - _nextKeepaliveNs < 0) return work;
        _nextKeepaliveNs = nowNs + _keepaliveNs;
        CheckLiveness(_context.Clock.EpochNs() / 1_000_000);
        return work + 1;
    }

    private int ReceiveEvents()
    {
        int received = 0;
        while (received < EventsATurn && !_isClosed)
        {
            BroadcastStatus status = _events.Receive(this);
            if (status == BroadcastStatus.Nothing) break;
            received++;
            if (status == BroadcastStatus.Lapped)
                Terminate(new AeronException("The client was too slow for the driver's events and has lost some: it cannot know its images any more."));
        }

        return received;
    }

    private void CheckLiveness(long nowMs)
    {
        long heartbeatMs = _cnc.ToDriver.ConsumerHeartbeatMs;
        if (heartbeatMs == RingBufferLayout.ShutDownMs)
        {
            Terminate(new AeronTimeoutException($"The driver of {_context.Directory} has been shut down."));
        }
        else if (nowMs > heartbeatMs + _context.DriverTimeoutMs)
        {
            Terminate(new AeronTimeoutException(
                $"The driver of {_context.Directory} has given no sign for {nowMs - heartbeatMs} ms, more than the {_context.DriverTimeoutMs} that it may: it has died, or was halted."));
        }
        else if (!_heartbeat.Beat(nowMs))
        {
            Terminate(new AeronTimeoutException("The driver has freed this client's heartbeat counter: it has given the client up."));
        }
    }

    private void OnError(in ErrorEvent error)
    {
        if (error.CorrelationId == _awaited) _answer = new RegistrationException(error.Code, $"'{_awaitedChannel}': {error.Message}");
        else if (_subscriptions.ContainsKey(error.CorrelationId) || _publications.ContainsKey(error.CorrelationId))
            _errors.OnError(Name, new RegistrationException(error.Code, error.Message));
    }

    private void OnAvailableImage(in AvailableImageEvent available)
    {
        if (!_subscriptions.TryGetValue(available.SubscriptionId, out Subscription? subscription)) return;
        Image image;
        try
        {
            LogBuffers log = _logs.Take(available.CorrelationId, available.LogFile);
            image = new Image(subscription, log, ValueOf(available.PositionCounterId), available);
        }
        catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            _errors.OnError(Name, thrown);
            return;
        }

        subscription.Add(image);
        if (subscription.OnAvailableImage is { } handler) Call(() => handler(image));
    }

    private void OnUnavailableImage(Subscription subscription, long correlationId)
    {
        if (subscription.Remove(correlationId) is not { } image) return;
        Release(image);
        if (subscription.OnUnavailableImage is { } handler) Call(() => handler(image));
    }

    // What a handler throws is the application's; the client goes on.
    private void Call(Action handler)
    {
        _inHandler = true;
        try
        {
            handler();
        }
        catch (Exception thrown)
        {
            _errors.OnError(Name, thrown);
        }
        finally
        {
            _inHandler = false;
        }
    }

    private void Terminate(Exception reason)
    {
        if (_isClosed) return;
        CloseAll(reason);
        _cnc.Close();
        _errors.OnError(Name, reason);
    }

    private void CloseAll(Exception? reason)
    {
        _reason = reason;
        _isClosed = true;
        foreach (Publication publication in _publications.Values) Release(publication);
        foreach (Subscription subscription in _subscriptions.Values) CloseImages(subscription);
        foreach (AeronCounter counter in _counters.Values) counter.MarkClosed();
        _publications.Clear();
        _subscriptions.Clear();
        _counters.Clear();
        if (_context.OnClose is { } handler) Call(handler);
    }

    private void CloseImages(Subscription subscription)
    {
        foreach (Image image in subscription.RemoveAll())
        {
            Release(image);
            if (subscription.OnUnavailableImage is { } handler) Call(() => handler(image));
        }
    }

    private void Release(Image image)
    {
        if (image.Release() is not null) _logs.Release(image.CorrelationId);
    }

    private void Release(Publication publication)
    {
        if (publication.Release() is not null) _logs.Release(publication.OriginalRegistrationId);
    }
}
