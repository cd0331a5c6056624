using LowLatency.Aeron.Buffers;
using LowLatency.Aeron.Protocol;

namespace LowLatency.Aeron.Client;

/// <summary>Writes a client's commands to its driver. The conductor's lock guards it.</summary>
internal sealed class DriverProxy(ManyToOneRingBuffer toDriver, long clientId)
{
    private const int Attempts = 100;

    private readonly byte[] _body = new byte[Math.Min(toDriver.MaxMessageLength, 16 * 1024)];

    public long AddPublication(string channel, int streamId, bool isExclusive)
    {
        CorrelatedMessage prefix = Next();
        int length = new PublicationMessage(prefix, streamId, channel).Write(_body);
        Send(isExclusive ? CommandType.AddExclusivePublication : CommandType.AddPublication, length);
        return prefix.CorrelationId;
    }

    public long AddSubscription(string channel, int streamId)
    {
        CorrelatedMessage prefix = Next();
        Send(CommandType.AddSubscription, new SubscriptionMessage(prefix, streamId, channel).Write(_body));
        return prefix.CorrelationId;
    }

    public long AddCounter(int typeId, ReadOnlySpan<byte> key, string label)
    {
        CorrelatedMessage prefix = Next();
        Send(CommandType.AddCounter, new CounterMessage(prefix, typeId, key, label).Write(_body));
        return prefix.CorrelationId;
    }

    public long AddStaticCounter(int typeId, ReadOnlySpan<byte> key, string label, long registrationId)
    {
        CorrelatedMessage prefix = Next();
        Send(CommandType.AddStaticCounter, new StaticCounterMessage(prefix, registrationId, typeId, key, label).Write(_body));
        return prefix.CorrelationId;
    }

    public void RemovePublication(long registrationId, bool revokes) =>
        Send(CommandType.RemovePublication, new RemoveMessage(Next(), registrationId, revokes ? RemoveMessage.RevokeFlag : 0).Write(_body, withFlags: true));

    public void RemoveSubscription(long registrationId) => Send(CommandType.RemoveSubscription, new RemoveMessage(Next(), registrationId, 0).Write(_body, withFlags: false));

    public void RemoveCounter(long registrationId) => Send(CommandType.RemoveCounter, new RemoveMessage(Next(), registrationId, 0).Write(_body, withFlags: false));

    public void RejectImage(long imageCorrelationId, long position, string reason) =>
        Send(CommandType.RejectImage, new RejectImageMessage(Next(), imageCorrelationId, position, reason).Write(_body));

    public void CloseClient() => Send(CommandType.ClientClose, new CorrelatedMessage(clientId, -1).Write(_body));

    private CorrelatedMessage Next() => new(clientId, toDriver.NextCorrelationId());

    private void Send(CommandType type, int length)
    {
        for (int i = 0; i < Attempts; i++)
        {
            if (toDriver.TryWrite((int)type, _body.AsSpan(0, length))) return;
            Thread.Yield();
        }

        throw new AeronException($"The driver's command buffer is full: {type} could not be written in {Attempts} attempts. The driver is overloaded, or halted.");
    }
}
