using LowLatency.Aeron.Client;
using LowLatency.Aeron.Driver;
using LowLatency.Aeron.Protocol;
using LowLatency.Aeron.Tests.Simulation;
using LowLatency.Core.Counters;

namespace LowLatency.Aeron.Tests.Client;

public sealed class LifecycleTests : IDisposable
{
    private readonly World _world = new();
    private readonly Received _received = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Should_Tell_Of_Images()
    {
        List<string> told = [];
        AeronClient client = _world.Connect(i => told.Add($"+{i.SessionId}"), i => told.Add($"-{i.SessionId} {i.IsClosed} {i.IsEndOfStream}"));
        Subscription subscription = client.AddSubscription("aeron:ipc", 1);
        Subscription named = client.AddSubscription("aeron:ipc", 1, i => told.Add($"named +{i.SessionId}"), i => told.Add($"named -{i.SessionId}"));
        ConcurrentPublication publication = client.AddPublication("aeron:ipc", 1);
        int session = publication.SessionId;
        _world.Step();
        Assert.Equal([$"+{session}", $"named +{session}"], told.Order(StringComparer.Ordinal));
        named.Dispose();
        Assert.Equal($"named -{session}", told[^1]);
        Assert.True(publication.Offer("x"u8, out _));
        Image image = subscription.Images[0];
        publication.Dispose();
        _world.Pass(3000);
        Assert.False(image.IsClosed);
        Assert.False(image.IsEndOfStream);
        Assert.Equal(64, image.EndOfStreamPosition);
        Assert.Equal(1, subscription.Poll(_received.Take, 10));
        Assert.True(image.IsEndOfStream);
        _world.Pass(1100);
        Assert.Equal($"-{session} True True", told[^1]);
        Assert.True(image.IsClosed);
        Assert.True(image.IsEndOfStream);
        Assert.Equal(64, image.Position);
        Assert.Equal(0, image.Poll(_received.Take, 10));
        Assert.Equal(0, image.ControlledPoll((payload, in header) => ControlledAction.Continue, 10));
        Assert.Equal(0, image.BoundedPoll(_received.Take, long.MaxValue, 10));
        Assert.Empty(subscription.Images);
        _world.Pass(1100);
        Assert.Empty(Directory.GetFiles(Path.Combine(_world.DriverDirectory, "publications")));
        Assert.Equal(0, client.MappedLogCount);
    }

    [Fact]
    public void Should_Refuse_Everything_Once_Closed()
    {
        AeronClient client = _world.Connect();
        ConcurrentPublication publication = client.AddPublication("aeron:ipc", 1);
        ExclusivePublication exclusive = client.AddExclusivePublication("aeron:ipc", 1);
        Subscription subscription = client.AddSubscription("aeron:ipc", 1);
        AeronCounter counter = client.AddCounter(1001, [1, 2], "mine");
        _world.Step();
        Image image = subscription.Images[0];
        Assert.True(publication.TryClaim(8, out BufferClaim claim, out _));
        Span<byte> late = claim.Buffer;
        client.Dispose();
        client.Dispose();
        Assert.True(client.IsClosed && publication.IsClosed && exclusive.IsClosed && subscription.IsClosed && image.IsClosed && counter.IsClosed);
        Assert.False(publication.Offer("x"u8, out OfferResult result));
        Assert.Equal(OfferStatus.Closed, result.Status);
        Assert.False(exclusive.Offer("x"u8, out result));
        Assert.Equal(OfferStatus.Closed, result.Status);
        Assert.Equal((-4L, -4L, false), (publication.PositionLimit, publication.AvailableWindow, publication.IsConnected));
        Assert.Equal(32 + 8 + 24, publication.Position);
        Assert.Equal(0, subscription.Poll(_received.Take, 10));
        Assert.Throws<ObjectDisposedException>(() => counter.Value);
        Assert.Throws<ObjectDisposedException>(() => counter.Value = 1);
        Assert.Throws<ObjectDisposedException>(() => client.AddPublication("aeron:ipc", 1));
        Assert.Throws<ObjectDisposedException>(() => client.AddSubscription("aeron:ipc", 1));
        Assert.Throws<ObjectDisposedException>(() => client.AddCounter(1001, [], "a"));
        // The claim's memory is there still, whatever the collector does.
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        late.Fill(7);
        claim.Commit();
        publication.Dispose();
        subscription.Dispose();
        counter.Dispose();
        _world.Living.Clear();
        _world.Pass(2000);
        Assert.Empty(Directory.GetFiles(Path.Combine(_world.DriverDirectory, "publications")));
    }

    [Fact]
    public void Should_Not_Let_Handlers_Add_Or_Close()
    {
        Exception? thrown = null;
        AeronClient? client = null;
        client = _world.Connect(_ => thrown = Record.Exception(() => client!.AddCounter(1001, [], "a")), image => image.Subscription.Dispose());
        Subscription subscription = client.AddSubscription("aeron:ipc", 1);
        ConcurrentPublication publication = client.AddPublication("aeron:ipc", 1);
        _world.Step();
        Assert.IsType<InvalidOperationException>(thrown);
        publication.Dispose();
        _world.Pass(2100);
        // It threw in its handler: the error handler was told, and the client lives.
        Assert.IsType<InvalidOperationException>(Assert.Single(_world.Errors.All));
        Assert.False(subscription.IsClosed);
    }

    [Fact]
    public void Should_Add_And_Free_Counters_That_All_See()
    {
        List<string> told = [];
        AeronClient client = _world.Connect();
        using AeronClient watcher = AeronClient.Connect(new AeronContext
        {
            Directory = _world.DriverDirectory, UsesInvoker = true, Clock = _world.Clock, DriverAgent = _world.Driver.Conductor,
            OnAvailableCounter = (counters, registrationId, id) => told.Add($"+{id} {counters.ReadAll().Single(c => c.Id == id).Label}"),
            OnUnavailableCounter = (_, registrationId, id) => told.Add($"-{id}"),
        });
        _world.Living.Add(watcher);
        AeronCounter counter = client.AddCounter(1234, [9, 8, 7], "orders");
        counter.Value = 5;
        Assert.Equal(5, counter.GetAndAdd(3));
        _world.Step();
        CounterSnapshot seen = watcher.Counters.ReadAll().Single(c => c.TypeId == 1234);
        Assert.Equal((counter.Id, "orders", 8L, counter.RegistrationId, client.ClientId, 0L), (seen.Id, seen.Label, seen.Value, seen.RegistrationId, seen.OwnerId, seen.ReferenceId));
        Assert.Contains($"+{counter.Id} orders", told);
        counter.Dispose();
        _world.Step();
        _world.Step();
        Assert.Equal($"-{counter.Id}", told[^1]);
        Assert.DoesNotContain(watcher.Counters.ReadAll(), c => c.TypeId == 1234);
    }

    [Fact]
    public void Should_Leave_A_Static_Counter_To_Whoever_Asks_Next()
    {
        AeronClient first = _world.Connect();
        AeronCounter counter = first.AddStaticCounter(1300, [1, 2], "of nobody", 77);
        using AeronCounter again = first.AddStaticCounter(1300, [], "another name", 77);
        Assert.Equal((counter.Id, 77L), (again.Id, again.RegistrationId));
        Assert.NotEqual(counter.Id, first.AddStaticCounter(1300, [], "other", 78).Id);
        Assert.NotEqual(counter.Id, first.AddStaticCounter(1301, [], "other type", 77).Id);
        counter.Value = 5;
        counter.Dispose();
        Assert.Equal(5, again.Value);
        first.Dispose();
        _world.Living.Remove(first);
        AeronClient second = _world.Connect();
        _world.Pass(12_000);
        CounterSnapshot seen = second.Counters.ReadAll().Single(c => c.Label == "of nobody");
        Assert.Equal((1300, 5L, 77L, -1L), (seen.TypeId, seen.Value, seen.RegistrationId, seen.OwnerId));
        Assert.Equal(5, second.AddStaticCounter(1300, [], "", 77).Value);
        Assert.Throws<ArgumentException>(() => second.AddStaticCounter(1300, new byte[113], "", 1));
    }

    [Fact]
    public void Should_Take_Back_What_The_Driver_Does_Not_Answer_In_Time()
    {
        AeronClient deaf = AeronClient.Connect(new AeronContext
        {
            // Nobody gives the driver its turn while it waits.
            Directory = _world.DriverDirectory, UsesInvoker = true, Clock = _world.Clock, DriverTimeoutMs = 50, ErrorHandler = _world.Errors, Wait = _ => _world.Clock.Advance(1_000_000),
        });
        Assert.Throws<AeronTimeoutException>(() => deaf.AddPublication("aeron:ipc", 1));
        Assert.Throws<AeronTimeoutException>(() => deaf.AddExclusivePublication("aeron:ipc", 1));
        Assert.Throws<AeronTimeoutException>(() => deaf.AddSubscription("aeron:ipc", 1));
        Assert.Throws<AeronTimeoutException>(() => deaf.AddCounter(1400, [], "late"));
        for (int i = 0; i < 5; i++)
        {
            _world.Driver.Invoke();
            deaf.Invoke();
        }

        Assert.DoesNotContain(deaf.Counters.ReadAll(), c => c.TypeId is 1400 or CounterTypes.SubscriberPosition);
        AeronClient other = _world.Connect();
        ConcurrentPublication publication = other.AddPublication("aeron:ipc", 1);
        Assert.False(publication.Offer("x"u8, out OfferResult result));
        Assert.Equal(OfferStatus.NotConnected, result.Status);
        _world.Pass(3000);
        Assert.Single(Directory.GetFiles(Path.Combine(_world.DriverDirectory, "publications")));
        Assert.Empty(_world.Errors.All);
        deaf.Dispose();
    }

    [Fact]
    public void Should_Close_Everything_When_The_Driver_Stops()
    {
        bool isTold = false;
        AeronClient client = AeronClient.Connect(new AeronContext
        {
            Directory = _world.DriverDirectory, UsesInvoker = true, Clock = _world.Clock, DriverAgent = _world.Driver.Conductor, ErrorHandler = _world.Errors, OnClose = () => isTold = true,
        });
        ConcurrentPublication publication = client.AddPublication("aeron:ipc", 1);
        _world.Driver.Dispose();
        client.Invoke();
        Assert.False(client.IsClosed);
        _world.Clock.Advance(500_000_000);
        client.Invoke();
        Assert.True(client.IsClosed && publication.IsClosed && isTold);
        Assert.Contains("shut down", Assert.Single(_world.Errors.All).Message, StringComparison.Ordinal);
        Assert.Contains("shut down", Assert.Throws<AeronException>(() => client.AddPublication("aeron:ipc", 1)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(_world.DriverDirectory)!));
    }

    [Fact]
    public void Should_Notice_A_Driver_That_Has_Died()
    {
        AeronClient client = _world.Connect();
        ConcurrentPublication publication = client.AddPublication("aeron:ipc", 1);
        for (int i = 0; i < 101; i++)
        {
            Assert.False(client.IsClosed);
            _world.Clock.Advance(100_000_000);
            client.Invoke();
        }

        _world.Clock.Advance(500_000_000);
        client.Invoke();
        Assert.True(client.IsClosed && publication.IsClosed);
        Assert.IsType<AeronTimeoutException>(Assert.Single(_world.Errors.All));
    }

    [Fact]
    public void Should_End_Itself_When_It_Was_Halted_For_Too_Long()
    {
        AeronClient client = _world.Connect();
        AeronClient other = _world.Connect();
        ConcurrentPublication publication = client.AddPublication("aeron:ipc", 1);
        Subscription subscription = other.AddSubscription("aeron:ipc", 1);
        _world.Step();
        Assert.True(subscription.IsConnected);
        _world.Living.Remove(client);
        _world.Pass(12_100);
        Assert.False(subscription.IsConnected);
        Assert.False(other.IsClosed);
        client.Invoke();
        Assert.True(client.IsClosed && publication.IsClosed);
        Assert.IsType<AeronTimeoutException>(Assert.Single(_world.Errors.All));
        Assert.Equal(1, SystemCounter(SystemCounters.ClientTimeouts));
    }

    [Fact]
    public void Should_End_Itself_After_A_Halt_Even_If_The_Driver_Has_Not_Noticed()
    {
        // The whole machine stood still: the driver may count the client's silence from now on, or may not.
        using var world = new World(directory => new MediaDriverContext { Directory = directory, UsesInvoker = true, Clock = _world.Clock, ClientLivenessTimeoutMs = 2000 });
        var errors = new World.RecordedErrors();
        using AeronClient client = AeronClient.Connect(new AeronContext
        {
            Directory = world.DriverDirectory, UsesInvoker = true, Clock = _world.Clock, DriverAgent = world.Driver.Conductor, ErrorHandler = errors,
        });
        _world.Clock.Advance(2_000_000_000);
        client.Invoke();
        Assert.False(client.IsClosed);
        _world.Clock.Advance(2_000_000_001);
        client.Invoke();
        Assert.True(client.IsClosed);
        Assert.Contains("was not serviced for 2000 ms", Assert.Single(errors.All).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Say_That_There_Is_No_Driver()
    {
        foreach (string directory in (string[])[Path.Combine(_world.DriverDirectory, "none"), _world.DriverDirectory])
        {
            _world.Driver.Dispose();
            AeronTimeoutException thrown = Assert.Throws<AeronTimeoutException>(() => AeronClient.Connect(new AeronContext
            {
                Directory = directory, Clock = _world.Clock, UsesInvoker = true, DriverTimeoutMs = 100, Wait = _ => _world.Clock.Advance(1_000_000),
            }));
            Assert.Contains("is a driver running there", thrown.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Should_Say_That_A_Driver_Does_Not_Answer()
    {
        using AeronClient client = AeronClient.Connect(new AeronContext
        {
            Directory = _world.DriverDirectory, Clock = _world.Clock, UsesInvoker = true, DriverTimeoutMs = 100, ErrorHandler = _world.Errors, Wait = _ => _world.Clock.Advance(1_000_000),
        });
        Assert.Contains("has not answered", Assert.Throws<AeronTimeoutException>(() => client.AddSubscription("aeron:ipc", 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Tell_The_Driver_Its_Name_And_That_It_Lives()
    {
        AeronClient client = _world.Connect(name: "tester");
        client.AddSubscription("aeron:ipc", 1);
        _world.Pass(600);
        CounterSnapshot heartbeat = client.Counters.ReadAll().Single(c => c.TypeId == CounterTypes.ClientHeartbeat);
        Assert.StartsWith($"client-heartbeat: id={client.ClientId} name=tester version=", heartbeat.Label, StringComparison.Ordinal);
        Assert.Equal((client.ClientId, client.ClientId), (heartbeat.RegistrationId, heartbeat.OwnerId));
        Assert.InRange((_world.Clock.EpochNs() / 1_000_000) - heartbeat.Value, 0, 500);
        _world.Pass(30_000);
        Assert.False(client.IsClosed);
    }

    private long SystemCounter(int id)
    {
        using CountersSource source = CountersSource.Open(Path.Combine(_world.DriverDirectory, "cnc.dat"));
        return source.Counters.ReadAll().Single(c => c.Id == id).Value;
    }
}
