using LowLatency.Aeron.Buffers;
using LowLatency.Aeron.Protocol;

namespace LowLatency.Aeron.Driver;

/// <summary>Tells the clients of events.</summary>
internal sealed class ClientProxy(BroadcastTransmitter toClients)
{
    public const string IpcSource = "aeron:ipc";

    private const int NoChannelStatus = -1;
    private const int MaxErrorText = 1023;

    private readonly byte[] _body = new byte[toClients.MaxMessageLength];

    public void Error(long correlationId, AeronErrorCode code, string message)
    {
        if (message.Length > MaxErrorText) message = message[..MaxErrorText];
        Send(EventType.Error, new ErrorEvent(correlationId, code, message).Write(_body));
    }

    public void PublicationReady(long correlationId, IpcPublication publication) =>
        Send(
            publication.IsExclusive ? EventType.ExclusivePublicationReady : EventType.PublicationReady,
            new PublicationReadyEvent(
                correlationId, publication.RegistrationId, publication.SessionId, publication.StreamId, publication.LimitCounterId, NoChannelStatus, publication.Log.Path).Write(_body));

    public void SubscriptionReady(long correlationId) => Send(EventType.SubscriptionReady, new NumberedEvent(correlationId, NoChannelStatus).Write(_body));

    public void OperationSuccess(long correlationId) => Send(EventType.OperationSuccess, new NumberedEvent(correlationId, 0).WriteId(_body));

    public void AvailableImage(IpcPublication publication, SubscriberPosition subscriber) =>
        Send(
            EventType.AvailableImage,
            new AvailableImageEvent(
                publication.RegistrationId, publication.SessionId, publication.StreamId, subscriber.Subscription.RegistrationId,
                subscriber.Counter.Id, publication.Log.Path, IpcSource).Write(_body));

    public void UnavailableImage(long registrationId, long subscriptionId, int streamId) =>
        Send(EventType.UnavailableImage, new UnavailableImageEvent(registrationId, subscriptionId, streamId, IpcSource).Write(_body));

    public void PublicationError(IpcPublication publication, AeronErrorCode code, string message) =>
        Send(EventType.PublicationError, new PublicationErrorEvent(publication.RegistrationId, code, message).Write(_body, publication.SessionId, publication.StreamId));

    public void CounterReady(long correlationId, int counterId) => Send(EventType.CounterReady, new NumberedEvent(correlationId, counterId).Write(_body));

    public void StaticCounter(long correlationId, int counterId) => Send(EventType.StaticCounter, new NumberedEvent(correlationId, counterId).Write(_body));

    public void UnavailableCounter(long registrationId, int counterId) => Send(EventType.UnavailableCounter, new NumberedEvent(registrationId, counterId).Write(_body));

    public void ClientTimeout(long clientId) => Send(EventType.ClientTimeout, new NumberedEvent(clientId, 0).WriteId(_body));

    public void NextSessionId(long correlationId, int sessionId) => Send(EventType.NextAvailableSessionId, new NumberedEvent(correlationId, sessionId).Write(_body));

    private void Send(EventType type, int length) => toClients.Transmit((int)type, _body.AsSpan(0, length));
}
