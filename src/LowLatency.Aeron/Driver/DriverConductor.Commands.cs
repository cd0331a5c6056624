using System.Buffers.Binary;
using System.Security.Cryptography;
using LowLatency.Aeron.Channels;
using LowLatency.Aeron.Logs;
using LowLatency.Aeron.Protocol;
using LowLatency.Core.Counters;

namespace LowLatency.Aeron.Driver;

/// <content>What clients ask for.</content>
internal sealed partial class DriverConductor
{
    private const int NextSessionIdLength = 20;

    // Nobody's: no client's end takes it away.
    private const long StaticOwnerId = -1;

    void Buffers.IMessageHandler.OnMessage(int typeId, ReadOnlySpan<byte> body)
    {
        // Whatever a client sends, its command fails and the driver goes on. One without a correlation id can get no answer.
        bool hasPrefix = CorrelatedMessage.TryRead(body, out CorrelatedMessage prefix);
        try
        {
            if (!hasPrefix || !TryHandle((CommandType)typeId, prefix, body))
                Record(new CommandException(AeronErrorCode.MalformedCommand, $"The command {(CommandType)typeId} of {body.Length} bytes is too short, or names more than it has."));
        }
        catch (CommandException refused)
        {
            Refuse(prefix, refused);
        }
        catch (FormatException thrown)
        {
            Refuse(prefix, new CommandException(AeronErrorCode.InvalidChannel, thrown.Message, thrown));
        }
        catch (IOException thrown) when (IsDiskFull(thrown))
        {
            Refuse(prefix, new CommandException(AeronErrorCode.StorageSpace, $"The driver's folder {_directory.Path} has no room: {thrown.Message}", thrown));
        }
        catch (Exception thrown)
        {
            Record(thrown);
            _clients.Error(prefix.CorrelationId, AeronErrorCode.GenericError, $"{thrown.GetType().Name}: {thrown.Message}");
        }
    }

    private bool TryHandle(CommandType type, CorrelatedMessage prefix, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case CommandType.AddPublication or CommandType.AddExclusivePublication:
                if (!PublicationMessage.TryRead(body, out PublicationMessage publication)) return false;
                AddPublication(publication, type == CommandType.AddExclusivePublication);
                return true;
            case CommandType.RemovePublication:
                if (!RemoveMessage.TryRead(body, out RemoveMessage removed)) return false;
                RemovePublication(removed);
                return true;
            case CommandType.AddSubscription:
                if (!SubscriptionMessage.TryRead(body, out SubscriptionMessage subscription)) return false;
                AddSubscription(subscription);
                return true;
            case CommandType.RemoveSubscription:
                if (!RemoveMessage.TryRead(body, out RemoveMessage unsubscribed)) return false;
                RemoveSubscription(unsubscribed);
                return true;
            case CommandType.AddCounter:
                if (!CounterMessage.TryRead(body, out CounterMessage counter)) return false;
                AddCounter(counter);
                return true;
            case CommandType.RemoveCounter:
                if (!RemoveMessage.TryRead(body, out RemoveMessage uncounted)) return false;
                RemoveCounter(uncounted);
                return true;
            case CommandType.ClientKeepalive:
                if (_clientsById.TryGetValue(prefix.ClientId, out DriverClient? living)) living.Heartbeat.Set(NowMs);
                return true;
            case CommandType.ClientClose:
                if (!_clientsById.TryGetValue(prefix.ClientId, out DriverClient? closing)) return true;
                closing.IsClosedByCommand = true;
                closing.Heartbeat.Set(0);
                return true;
            case CommandType.TerminateDriver:
                if (!MessageText.TryRead(body, CorrelatedMessage.Length, out ReadOnlySpan<byte> token)) return false;
                // Denied unless the application says otherwise: the driver ends with the process that it is embedded in. It ends behind this turn.
                _isTerminated |= _context.TerminationValidator?.Invoke(token) == true;
                return true;
            case CommandType.AddStaticCounter:
                if (!StaticCounterMessage.TryRead(body, out StaticCounterMessage added)) return false;
                AddStaticCounter(added);
                return true;
            case CommandType.RejectImage:
                if (!RejectImageMessage.TryRead(body, out RejectImageMessage rejected)) return false;
                RejectImage(rejected);
                return true;
            case CommandType.GetNextAvailableSessionId:
                if (body.Length < NextSessionIdLength) return false;
                int streamId = BinaryPrimitives.ReadInt32LittleEndian(body[CorrelatedMessage.Length..]);
                _clients.NextSessionId(prefix.CorrelationId, NextSessionId(streamId));
                return true;
            case >= CommandType.AddDestination and <= CommandType.RemoveDestinationById:
                throw new CommandException(AeronErrorCode.NotSupported,
                    $"The embedded driver does not support {type}: it speaks IPC only. For UDP run aeronmd, and name its folder.");
            default:
                Record(new CommandException(AeronErrorCode.UnknownCommandType, $"The command type {(int)type} is not known."));
                return true;
        }
    }

    private void AddPublication(in PublicationMessage message, bool isExclusive)
    {
        PublicationParameters parameters = PublicationParameters.Of(IpcChannel(message.Channel), _context);
        int streamId = message.StreamId;
        IpcPublication? publication = isExclusive
            ? null
            : Array.Find(_publications, p => p.StreamId == streamId && !p.IsExclusive && p.State == PublicationState.Active && !p.Log.IsRevoked);
        if (publication is not null) parameters.ThrowIfDifferent(publication);
        DriverClient client = ClientOf(message.Prefix.ClientId);
        publication ??= MakePublication(message, parameters, isExclusive);
        client.Publications.Add(message.Prefix.CorrelationId, publication);
        publication.AddReference();
        _clients.PublicationReady(message.Prefix.CorrelationId, publication);
        // After the ready event: a client relies on it.
        foreach (IpcSubscription subscription in _subscriptions.Values) Link(publication, subscription);
    }

    private IpcPublication MakePublication(in PublicationMessage message, PublicationParameters parameters, bool isExclusive)
    {
        long registrationId = message.Prefix.CorrelationId;
        int streamId = message.StreamId;
        if (parameters.SessionId is { } wanted && IsSessionInUse(wanted, streamId))
            throw new CommandException(AeronErrorCode.InvalidChannel, $"session-id={wanted} is clashing with a publication of stream {streamId} that has it.");
        ThrowIfNoRoom(parameters);
        int sessionId = parameters.SessionId ?? NextSessionId(streamId);
        int initialTermId = parameters.Start?.InitialTermId ?? RandomNumberGenerator.GetInt32(int.MinValue, int.MaxValue);
        string path = _directory.LogFileOf(registrationId);
        LogBuffers log = LogFactory.Create(path, parameters, _context.FilePageSize, registrationId, sessionId, streamId, initialTermId, isExclusive);
        _cnc.SystemCounters[SystemCounters.BytesMapped].Add(log.FileLength);
        Counter? position = null;
        IpcPublication publication;
        try
        {
            Span<byte> key = stackalloc byte[CountersLayout.MaxKeyBytes];
            key.Clear();
            StreamKey.Write(key, registrationId, sessionId, streamId, message.Channel);
            string of = $"{registrationId} {sessionId} {streamId} {message.Channel}";
            string kind = isExclusive ? "exclusive" : "concurrent";
            position = _cnc.Counters.AllocateRegistered(CounterTypes.PublisherPosition, $"pub-pos ({kind}): {of}", key, registrationId, message.Prefix.ClientId, 0);
            Counter limit = _cnc.Counters.AllocateRegistered(CounterTypes.PublisherLimit, $"pub-lmt: {of}", key, registrationId, message.Prefix.ClientId, 0);
            publication = new IpcPublication(log, parameters, _services, position.Value, limit, sessionId, streamId, message.Channel, isExclusive, _context.Clock.MonotonicNs());
        }
        catch
        {
            if (position is { } allocated) _cnc.Counters.Free(allocated);
            Delete(log);
            throw;
        }

        _publications = [.. _publications, publication];
        return publication;
    }

    private void RemovePublication(in RemoveMessage message)
    {
        if (!_clientsById.TryGetValue(message.Prefix.ClientId, out DriverClient? client) || !client.Publications.Remove(message.RegistrationId, out IpcPublication? publication))
            throw new CommandException(AeronErrorCode.UnknownPublication, $"Client {message.Prefix.ClientId} has no publication {message.RegistrationId}.");
        if ((message.Flags & RemoveMessage.RevokeFlag) != 0) publication.Log.IsRevoked = true;
        publication.ReleaseReference();
        _clients.OperationSuccess(message.Prefix.CorrelationId);
    }

    private void AddSubscription(in SubscriptionMessage message)
    {
        var subscription = new IpcSubscription(message.Prefix.CorrelationId, message.Prefix.ClientId, message.StreamId, message.Channel, IpcChannel(message.Channel));
        ClientOf(message.Prefix.ClientId);
        _subscriptions.Add(subscription.RegistrationId, subscription);
        _clients.SubscriptionReady(subscription.RegistrationId);
        // After the ready event: clients drop images of subscriptions that they do not know.
        foreach (IpcPublication publication in _publications) Link(publication, subscription);
    }

    private void RemoveSubscription(in RemoveMessage message)
    {
        if (!_subscriptions.TryGetValue(message.RegistrationId, out IpcSubscription? subscription))
            throw new CommandException(AeronErrorCode.UnknownSubscription, $"There is no subscription {message.RegistrationId}.");
        Remove(subscription);
        _clients.OperationSuccess(message.Prefix.CorrelationId);
    }

    private void Remove(IpcSubscription subscription)
    {
        _subscriptions.Remove(subscription.RegistrationId);
        foreach (IpcPublication publication in _publications) publication.Remove(subscription);
    }

    private void Link(IpcPublication publication, IpcSubscription subscription)
    {
        if (!subscription.Matches(publication) || publication.Has(subscription) || !publication.IsAcceptingSubscriptions) return;
        _clients.AvailableImage(publication, publication.Add(subscription, _context.Clock.MonotonicNs()));
    }

    private void RejectImage(in RejectImageMessage message)
    {
        long image = message.ImageCorrelationId;
        IpcPublication publication = Array.Find(_publications, p => p.RegistrationId == image)
            ?? throw new CommandException(AeronErrorCode.GenericError, $"There is no image of a publication {image}.");
        publication.Reject(message.Reason, _context.Clock.MonotonicNs() + (_context.ImageLivenessTimeoutMs * 1_000_000L));
        _clients.OperationSuccess(message.Prefix.CorrelationId);
    }

    private void AddCounter(in CounterMessage message)
    {
        if (message.Key.Length > CountersLayout.MaxKeyBytes)
            throw new CommandException(AeronErrorCode.GenericError, $"A counter's key has at most {CountersLayout.MaxKeyBytes} bytes, not {message.Key.Length}.");
        long registrationId = message.Prefix.CorrelationId;
        DriverClient client = ClientOf(message.Prefix.ClientId);
        Counter counter = _cnc.Counters.AllocateRegistered(message.TypeId, message.Label, message.Key, registrationId, client.Id, 0);
        client.Counters.Add(registrationId, counter);
        _clients.CounterReady(registrationId, counter.Id);
    }

    private void AddStaticCounter(in StaticCounterMessage message)
    {
        if (message.Key.Length > CountersLayout.MaxKeyBytes)
            throw new CommandException(AeronErrorCode.GenericError, $"A counter's key has at most {CountersLayout.MaxKeyBytes} bytes, not {message.Key.Length}.");
        if (!_staticCounters.TryGetValue((message.TypeId, message.RegistrationId), out Counter counter))
        {
            counter = _cnc.Counters.AllocateRegistered(message.TypeId, message.Label, message.Key, message.RegistrationId, StaticOwnerId, 0);
            _staticCounters.Add((message.TypeId, message.RegistrationId), counter);
        }

        _clients.StaticCounter(message.Prefix.CorrelationId, counter.Id);
    }

    private void RemoveCounter(in RemoveMessage message)
    {
        if (!_clientsById.TryGetValue(message.Prefix.ClientId, out DriverClient? client) || !client.Counters.Remove(message.RegistrationId, out Counter counter))
            throw new CommandException(AeronErrorCode.UnknownCounter, $"Client {message.Prefix.ClientId} has no counter {message.RegistrationId}.");
        _clients.OperationSuccess(message.Prefix.CorrelationId);
        FreeCounter(message.RegistrationId, counter);
    }

    private void FreeCounter(long registrationId, Counter counter)
    {
        _clients.UnavailableCounter(registrationId, counter.Id);
        _cnc.Counters.Free(counter);
    }

    private DriverClient ClientOf(long clientId)
    {
        if (_clientsById.TryGetValue(clientId, out DriverClient? client)) return client;
        Span<byte> key = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(key, clientId);
        Counter heartbeat = _cnc.Counters.AllocateRegistered(CounterTypes.ClientHeartbeat, $"client-heartbeat: id={clientId}", key, clientId, clientId, 0);
        heartbeat.Set(NowMs);
        client = new DriverClient(clientId, heartbeat);
        _clientsById.Add(clientId, client);
        _clients.CounterReady(clientId, heartbeat.Id);
        return client;
    }

    private bool IsSessionInUse(int sessionId, int streamId) =>
        Array.Exists(_publications, p => p.SessionId == sessionId && p.StreamId == streamId && p.State is PublicationState.Active or PublicationState.Draining);

    private int NextSessionId(int streamId) => _sessionIds.Next(candidate => IsSessionInUse(candidate, streamId));

    // Sparse logs take their memory when they are written; what those that are there may yet take is not free. A process that writes
    // where the file system has no room is ended by the system.
    private void ThrowIfNoRoom(PublicationParameters parameters)
    {
        long length = LogBufferDescriptor.FileLength(parameters.TermLength, _context.FilePageSize);
        long promised = 0;
        foreach (IpcPublication publication in _publications) promised += publication.UnallocatedBytes;
        long usable = _context.UsableSpace(_directory.Path) - promised;
        if (usable < length)
        {
            throw new CommandException(
                AeronErrorCode.StorageSpace,
                $"The file system of {_directory.Path} has {Math.Max(0, usable)} bytes left beside what is promised to other logs ({promised}), "
                + $"and this log may take {length}: name a smaller term-length (now {parameters.TermLength}), or a folder with more room.");
        }
    }

    private static ChannelUri IpcChannel(string channel)
    {
        ChannelUri uri = ChannelUri.Parse(channel);
        return uri.IsIpc
            ? uri
            : throw new CommandException(AeronErrorCode.NotSupported,
                $"The channel '{channel}' is not of IPC, and the embedded driver has no other media: for UDP run the media driver aeronmd, and name its folder.");
    }

    private static bool IsDiskFull(IOException thrown)
    {
        const int Enospc = 28;
        const int ErrorDiskFull = unchecked((int)0x80070070);
        return thrown.HResult is Enospc or ErrorDiskFull;
    }

    private void Refuse(CorrelatedMessage prefix, CommandException refused)
    {
        Record(refused);
        _clients.Error(prefix.CorrelationId, refused.Code, refused.Message);
    }
}
