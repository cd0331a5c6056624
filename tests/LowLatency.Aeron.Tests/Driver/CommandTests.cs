using System.Buffers.Binary;
using LowLatency.Aeron.Client;
using LowLatency.Aeron.Driver;
using LowLatency.Aeron.Protocol;
using LowLatency.Aeron.Tests.Simulation;
using LowLatency.Core.Counters;

namespace LowLatency.Aeron.Tests.Driver;

public sealed class CommandTests : IDisposable
{
    private readonly World _world = new();
    private readonly AeronClient _client;

    public CommandTests() => _client = _world.Connect();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("aeron:udp?endpoint=localhost:20121", AeronErrorCode.NotSupported, "aeronmd")]
    [InlineData("aeron-spy:aeron:udp?endpoint=localhost:20121", AeronErrorCode.NotSupported, "aeronmd")]
    [InlineData("aeron-spy:aeron:ipc", AeronErrorCode.NotSupported, "aeronmd")]
    [InlineData("aeron:ipc?term-length=100000", AeronErrorCode.InvalidChannel, "term-length=100000")]
    [InlineData("aeron:ipc?term-length=32k", AeronErrorCode.InvalidChannel, "power of two")]
    [InlineData("aeron:ipc?term-length=2g", AeronErrorCode.InvalidChannel, "power of two")]
    [InlineData("aeron:ipc?term-length=x", AeronErrorCode.InvalidChannel, "64k")]
    [InlineData("aeron:ipc?mtu=1000", AeronErrorCode.InvalidChannel, "multiple of 32")]
    [InlineData("aeron:ipc?mtu=32", AeronErrorCode.InvalidChannel, "multiple of 32")]
    [InlineData("aeron:ipc?mtu=65536", AeronErrorCode.InvalidChannel, "65504")]
    [InlineData("aeron:ipc?pub-wnd=40k", AeronErrorCode.InvalidChannel, "half the term-length")]
    [InlineData("aeron:ipc?pub-wnd=100", AeronErrorCode.InvalidChannel, "mtu")]
    [InlineData("aeron:ipc?init-term-id=1", AeronErrorCode.InvalidChannel, "together")]
    [InlineData("aeron:ipc?init-term-id=1|term-id=0|term-offset=0", AeronErrorCode.InvalidChannel, "2^31")]
    [InlineData("aeron:ipc?init-term-id=1|term-id=1|term-offset=31", AeronErrorCode.InvalidChannel, "multiple of 32")]
    [InlineData("aeron:ipc?init-term-id=1|term-id=1|term-offset=65568", AeronErrorCode.InvalidChannel, "term-length")]
    [InlineData("aeron:ipc?session-id=tag:7", AeronErrorCode.InvalidChannel, "network")]
    [InlineData("aeron:ipc?session-id=abc", AeronErrorCode.InvalidChannel, "whole number")]
    [InlineData("aeron:ipc?sparse=maybe", AeronErrorCode.InvalidChannel, "true or false")]
    [InlineData("aeron:ipc?linger=5h", AeronErrorCode.InvalidChannel, "500ms")]
    public void Should_Refuse_A_Channel_And_Say_Why(string channel, AeronErrorCode code, string why)
    {
        RegistrationException thrown = Assert.Throws<RegistrationException>(() => _client.AddPublication(channel, 1));
        Assert.Equal(code, thrown.Code);
        Assert.Contains(why, thrown.Message, StringComparison.Ordinal);
        Assert.Throws<RegistrationException>(() => _client.AddExclusivePublication(channel, 1));
        Assert.Equal(2, Counter(SystemCounters.Errors));
        using CountersSource source = CountersSource.Open(Path.Combine(_world.DriverDirectory, "cnc.dat"));
        Assert.Equal(2, Assert.Single(source.ReadErrors()).Observations);
        Assert.Empty(Directory.GetFiles(Path.Combine(_world.DriverDirectory, "publications")));
    }

    [Fact]
    public void Should_Refuse_Subscriptions_Of_Other_Media_At_Once()
    {
        Assert.Contains("aeronmd", Assert.Throws<RegistrationException>(() => _client.AddSubscription("aeron:udp?endpoint=localhost:20121", 1)).Message, StringComparison.Ordinal);
        Assert.Throws<RegistrationException>(() => _client.AddSubscription("aeron:ipc?session-id=x", 1));
        using Subscription subscription = _client.AddSubscription("aeron:ipc", 1);
        Assert.False(subscription.IsClosed);
    }

    [Theory]
    [InlineData("aeron:udpx")]
    [InlineData("ipc")]
    [InlineData("aeron:ipc?")]
    [InlineData("aeron:ipc?a")]
    [InlineData("aeron:ipc?=b")]
    [InlineData("aeron:ipc?a=")]
    public void Should_Not_Even_Send_What_Is_No_Channel(string channel)
    {
        Assert.Throws<FormatException>(() => _client.AddPublication(channel, 1));
        Assert.Throws<FormatException>(() => _client.AddSubscription(channel, 1));
        Assert.Equal(0, Counter(SystemCounters.Errors));
    }

    [Theory]
    [InlineData("aeron:ipc?session-id=5")]
    [InlineData("aeron:ipc?mtu=2048")]
    [InlineData("aeron:ipc?term-length=128k")]
    [InlineData("aeron:ipc?init-term-id=5|term-id=5|term-offset=0")]
    public void Should_Not_Share_A_Log_Of_Other_Parameters(string channel)
    {
        using ConcurrentPublication first = _client.AddPublication("aeron:ipc?session-id=1234|init-term-id=7|term-id=8|term-offset=64", 1);
        RegistrationException thrown = Assert.Throws<RegistrationException>(() => _client.AddPublication(channel, 1));
        Assert.Equal(AeronErrorCode.GenericError, thrown.Code);
        Assert.Contains("does not match", thrown.Message, StringComparison.Ordinal);
        using ConcurrentPublication same = _client.AddPublication("aeron:ipc?session-id=1234|init-term-id=7|term-id=8|term-offset=64|mtu=1408|term-length=64k|alias=x", 1);
        Assert.Equal((1234, first.OriginalRegistrationId), (same.SessionId, same.OriginalRegistrationId));
    }

    [Fact]
    public void Should_Not_Give_A_Session_Id_Twice()
    {
        using ExclusivePublication first = _client.AddExclusivePublication("aeron:ipc?session-id=77", 1);
        RegistrationException thrown = Assert.Throws<RegistrationException>(() => _client.AddExclusivePublication("aeron:ipc?session-id=77", 1));
        Assert.Equal(AeronErrorCode.InvalidChannel, thrown.Code);
        Assert.Contains("clashing", thrown.Message, StringComparison.Ordinal);
        using ExclusivePublication elsewhere = _client.AddExclusivePublication("aeron:ipc?session-id=77", 2);
        Assert.Equal(77, elsewhere.SessionId);
    }

    [Fact]
    public void Should_Refuse_A_Log_For_Which_There_Is_No_Room()
    {
        long usable = (3 * 65536) + 4096;
        using var small = new World(directory => new MediaDriverContext
        {
            Directory = directory, UsesInvoker = true, IpcTermLength = 65536, UsableSpace = _ => usable,
        });
        using AeronClient client = AeronClient.Connect(new AeronContext { Directory = small.DriverDirectory, UsesInvoker = true, DriverAgent = small.Driver.Conductor });
        using ConcurrentPublication publication = client.AddPublication("aeron:ipc", 1);
        // The first one has taken nothing yet, but may: what is promised is not given twice.
        RegistrationException thrown = Assert.Throws<RegistrationException>(() => client.AddPublication("aeron:ipc", 2));
        Assert.Equal(AeronErrorCode.StorageSpace, thrown.Code);
        Assert.Contains("term-length", thrown.Message, StringComparison.Ordinal);
        usable *= 2;
        using ConcurrentPublication second = client.AddPublication("aeron:ipc", 2);
        Assert.False(second.IsClosed);
    }

    [Fact]
    public void Should_Answer_Unknown_Ids_And_Commands()
    {
        using var raw = new RawClient(_world);
        byte[] body = new byte[64];
        foreach ((CommandType type, AeronErrorCode code) in (ReadOnlySpan<(CommandType, AeronErrorCode)>)[
            (CommandType.RemovePublication, AeronErrorCode.UnknownPublication),
            (CommandType.RemoveSubscription, AeronErrorCode.UnknownSubscription),
            (CommandType.RemoveCounter, AeronErrorCode.UnknownCounter),
            (CommandType.AddDestination, AeronErrorCode.NotSupported),
            (CommandType.RemoveDestination, AeronErrorCode.NotSupported),
            (CommandType.AddReceiveDestination, AeronErrorCode.NotSupported),
            (CommandType.RemoveReceiveDestination, AeronErrorCode.NotSupported),
            (CommandType.RemoveDestinationById, AeronErrorCode.NotSupported)])
        {
            CorrelatedMessage prefix = raw.Next();
            int length = new RemoveMessage(prefix, 4711, 0).Write(body, withFlags: true);
            (EventType told, byte[] answer) = Assert.Single(raw.Send((int)type, body.AsSpan(0, length)));
            Assert.Equal(EventType.Error, told);
            Assert.True(ErrorEvent.TryRead(answer, out ErrorEvent error));
            Assert.Equal((prefix.CorrelationId, code), (error.CorrelationId, error.Code));
            Assert.NotEmpty(error.Message);
        }

        int rejecting = new RejectImageMessage(raw.Next(), 4711, 0, "").Write(body);
        Assert.True(ErrorEvent.TryRead(Assert.Single(raw.Send((int)CommandType.RejectImage, body.AsSpan(0, rejecting))).Body, out ErrorEvent unknown));
        Assert.Equal(AeronErrorCode.GenericError, unknown.Code);

        // Unknown and malformed ones are written down, without an answer; the driver lives on.
        Assert.Empty(raw.Send(0x77, body));
        Assert.Empty(raw.Send((int)CommandType.AddPublication, body.AsSpan(0, 10)));
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(20), 1_000_000);
        Assert.Empty(raw.Send((int)CommandType.AddPublication, body));
        Assert.Empty(raw.Send((int)CommandType.AddCounter, body.AsSpan(0, 20)));
        Assert.Equal(13, Counter(SystemCounters.Errors));
        using Subscription subscription = _client.AddSubscription("aeron:ipc", 1);
    }

    [Fact]
    public void Should_Take_A_Removal_Without_Flags_And_Only_From_Its_Owner()
    {
        using var raw = new RawClient(_world);
        using ConcurrentPublication foreign = _client.AddPublication("aeron:ipc", 1);
        raw.Receive();
        byte[] body = new byte[256];
        Assert.Equal(
            EventType.Error,
            Assert.Single(raw.Send((int)CommandType.RemovePublication, body.AsSpan(0, new RemoveMessage(raw.Next(), foreign.RegistrationId, 0).Write(body, withFlags: false)))).Type);
        CorrelatedMessage prefix = raw.Next();
        List<(EventType Type, byte[] Body)> added = raw.Send((int)CommandType.AddPublication, body.AsSpan(0, new PublicationMessage(prefix, 1, "aeron:ipc").Write(body)));
        // The heartbeat of a new client comes before the ready event of its first resource.
        Assert.Equal([EventType.CounterReady, EventType.PublicationReady], added.Select(e => e.Type));
        Assert.Equal(
            EventType.OperationSuccess,
            Assert.Single(raw.Send((int)CommandType.RemovePublication, body.AsSpan(0, new RemoveMessage(raw.Next(), prefix.CorrelationId, 0).Write(body, withFlags: false)))).Type);
    }

    [Fact]
    public void Should_Tell_In_The_Order_That_Clients_Rely_On()
    {
        using var raw = new RawClient(_world);
        byte[] body = new byte[256];
        CorrelatedMessage subscribed = raw.Next();
        raw.Send((int)CommandType.AddSubscription, body.AsSpan(0, new SubscriptionMessage(subscribed, 5, "aeron:ipc").Write(body)));
        CorrelatedMessage published = raw.Next();
        List<(EventType Type, byte[] Body)> events = raw.Send((int)CommandType.AddExclusivePublication, body.AsSpan(0, new PublicationMessage(published, 5, "aeron:ipc").Write(body)));
        Assert.Equal([EventType.ExclusivePublicationReady, EventType.AvailableImage], events.Select(e => e.Type));
        Assert.True(PublicationReadyEvent.TryRead(events[0].Body, out PublicationReadyEvent ready));
        Assert.Equal((published.CorrelationId, published.CorrelationId, 5, -1), (ready.CorrelationId, ready.RegistrationId, ready.StreamId, ready.ChannelStatusId));
        Assert.Equal(Path.Combine(_world.DriverDirectory, "publications", $"{published.CorrelationId}.logbuffer"), ready.LogFile);
        Assert.True(AvailableImageEvent.TryRead(events[1].Body, out AvailableImageEvent image));
        Assert.Equal(
            (published.CorrelationId, ready.SessionId, 5, subscribed.CorrelationId, ready.LogFile, "aeron:ipc"),
            (image.CorrelationId, image.SessionId, image.StreamId, image.SubscriptionId, image.LogFile, image.Source));
        CorrelatedMessage later = raw.Next();
        events = raw.Send((int)CommandType.AddSubscription, body.AsSpan(0, new SubscriptionMessage(later, 5, "aeron:ipc").Write(body)));
        Assert.Equal([EventType.SubscriptionReady, EventType.AvailableImage], events.Select(e => e.Type));
    }

    [Fact]
    public void Should_Draw_Session_Ids_Outside_The_Reserved_Range()
    {
        using var raw = new RawClient(_world);
        byte[] body = new byte[20];
        raw.Next().Write(body);
        var ids = new List<int>();
        for (int i = 0; i < 5; i++)
        {
            (EventType type, byte[] answer) = Assert.Single(raw.Send((int)CommandType.GetNextAvailableSessionId, body));
            Assert.Equal(EventType.NextAvailableSessionId, type);
            ids.Add(BinaryPrimitives.ReadInt32LittleEndian(answer.AsSpan(8)));
        }

        Assert.Equal(5, ids.Distinct().Count());
        Assert.DoesNotContain(ids, id => id is >= -1 and <= 1000);
        var tight = new SessionIds(int.MinValue, int.MaxValue - 3);
        Assert.Equal([int.MaxValue - 2, int.MaxValue], new[] { tight.Next(id => id == int.MaxValue - 1), tight.Next(id => id == int.MaxValue - 1) }.Order());
    }

    [Fact]
    public void Should_Name_Its_Counters_As_Tools_Expect()
    {
        using ConcurrentPublication publication = _client.AddPublication("aeron:ipc?alias=a", 7);
        using Subscription subscription = _client.AddSubscription("aeron:ipc", 7);
        using ExclusivePublication exclusive = _client.AddExclusivePublication("aeron:ipc", 8);
        IReadOnlyList<CounterSnapshot> all = _client.Counters.ReadAll();
        Assert.Equal(Enumerable.Range(0, 46), all.Take(46).Select(c => c.Id));
        Assert.All(all.Take(46), c => Assert.Equal((0, (long)c.Id, -1L), (c.TypeId, c.RegistrationId, c.OwnerId)));
        Assert.Equal(65536, all[43].Value);
        Assert.StartsWith("Errors: version=", all[15].Label, StringComparison.Ordinal);
        string of = $"{publication.RegistrationId} {publication.SessionId} 7 aeron:ipc?alias=a";
        CounterSnapshot position = all.Single(c => c.Label == $"pub-pos (concurrent): {of}");
        CounterSnapshot limit = all.Single(c => c.Label == $"pub-lmt: {of}");
        CounterSnapshot read = all.Single(c => c.Label == $"sub-pos: {subscription.RegistrationId} {publication.SessionId} 7 aeron:ipc @0");
        Assert.Single(all, c => c.Label.StartsWith("pub-pos (exclusive): ", StringComparison.Ordinal));
        Assert.Equal((12, publication.RegistrationId, _client.ClientId, 0L), (position.TypeId, position.RegistrationId, position.OwnerId, position.ReferenceId));
        Assert.Equal((1, publication.RegistrationId, _client.ClientId, 0L), (limit.TypeId, limit.RegistrationId, limit.OwnerId, limit.ReferenceId));
        Assert.Equal((4, subscription.RegistrationId, _client.ClientId, publication.RegistrationId), (read.TypeId, read.RegistrationId, read.OwnerId, read.ReferenceId));
        Assert.Equal(3 * 65536 + 4096, (all[35].Value - new FileInfo(Path.Combine(_world.DriverDirectory, "cnc.dat")).Length) / 2);
    }

    [Fact]
    public void Should_Run_Out_Of_Counters_In_Order()
    {
        var counters = new List<AeronCounter>();
        RegistrationException? thrown = null;
        while (thrown is null && counters.Count < 1000)
        {
            try
            {
                counters.Add(_client.AddCounter(1001, [], $"{counters.Count}"));
            }
            catch (RegistrationException full)
            {
                thrown = full;
            }
        }

        Assert.Contains("no room", thrown?.Message, StringComparison.Ordinal);
        Assert.Equal(512 - 46 - 1, counters.Count);
        Assert.Throws<RegistrationException>(() => _client.AddPublication("aeron:ipc", 1));
        Assert.Empty(Directory.GetFiles(Path.Combine(_world.DriverDirectory, "publications")));
        counters[5].Dispose();
        counters[6].Dispose();
        _world.Pass(1500);
        using ConcurrentPublication publication = _client.AddPublication("aeron:ipc", 1);
        Assert.False(publication.IsClosed);
    }

    [Fact]
    public void Should_Unblock_Commands_That_A_Dead_Client_Left()
    {
        using var raw = new RawClient(_world);
        Assert.True(raw.ToDriver.TryClaim((int)CommandType.AddSubscription, 100) >= 0);
        byte[] body = new byte[256];
        Assert.Empty(raw.Send((int)CommandType.AddSubscription, body.AsSpan(0, new SubscriptionMessage(raw.Next(), 5, "aeron:ipc").Write(body))));
        _world.Pass(9000);
        Assert.Empty(raw.Receive());
        _world.Pass(4000);
        Assert.Equal([EventType.CounterReady, EventType.SubscriptionReady], raw.Receive().Select(e => e.Type));
        Assert.Equal(1, Counter(SystemCounters.UnblockedCommands));
    }

    [Fact]
    public void Should_Free_What_A_Dead_Client_Had()
    {
        AeronClient dying = _world.Connect();
        dying.AddPublication("aeron:ipc", 1);
        dying.AddCounter(1001, [], "theirs");
        dying.AddSubscription("aeron:ipc", 2);
        using ConcurrentPublication ours = _client.AddPublication("aeron:ipc", 2);
        _world.Step();
        Assert.True(ours.IsConnected);
        int before = _client.Counters.ReadAll().Count;
        using var raw = new RawClient(_world);
        raw.Receive();
        _world.Living.Remove(dying);
        _world.Pass(12_000);
        Assert.False(ours.IsConnected);
        List<(EventType Type, byte[] Body)> events = raw.Receive();
        Assert.Equal([EventType.ClientTimeout, EventType.UnavailableCounter, EventType.UnavailableCounter], events.Select(e => e.Type));
        Assert.Equal(dying.ClientId, BinaryPrimitives.ReadInt64LittleEndian(events[0].Body));
        _world.Pass(3000);
        Assert.Equal(before - 5, _client.Counters.ReadAll().Count);
        Assert.Single(Directory.GetFiles(Path.Combine(_world.DriverDirectory, "publications")));
    }

    private long Counter(int id) => _client.Counters.TryRead(id, out CounterSnapshot counter) ? counter.Value : -1;
}
