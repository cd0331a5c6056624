using System.Text;
using LowLatency.Aeron.Client;
using LowLatency.Aeron.Protocol;
using LowLatency.Aeron.Tests.Simulation;

namespace LowLatency.Aeron.Tests.Client;

public sealed class PublishingTests : IDisposable
{
    private const string Channel = "aeron:ipc";

    private readonly World _world = new();
    private readonly Received _received = new();

    public void Dispose() => _world.Dispose();

    public enum Kind
    {
        Concurrent,
        Exclusive,
    }

    [Theory]
    [CombinatorialKinds]
    public void Should_Bring_A_Message_To_A_Subscriber(Kind kind)
    {
        AeronClient client = _world.Connect();
        Publication publication = Add(client, kind, 1001);
        Subscription subscription = client.AddSubscription(Channel, 1001);
        _world.Step();
        Assert.True(publication.IsConnected);
        Assert.True(publication.Offer("hello"u8, out OfferResult result, reservedValue: 42));
        Assert.Equal(64, result.Position);
        Assert.True(publication.Offer(""u8, out result));
        Assert.Equal(96, result.Position);
        Assert.Equal(2, subscription.Poll(_received.Take, 10));
        Assert.Equal(["hello", ""], _received.Texts);
        Header header = _received.Headers[0];
        Assert.Equal(
            (publication.SessionId, 1001, publication.InitialTermId, 0, 42L, 64L, 37),
            (header.SessionId, header.StreamId, header.TermId, header.TermOffset, header.ReservedValue, header.Position, header.FrameLength));
        Assert.Equal((0xC0, 0L, 96L), (header.Flags, _received.Headers[1].ReservedValue, _received.Headers[1].Position));
        Assert.Equal(96, subscription.Images[0].Position);
        Assert.Equal(96, publication.Position);
    }

    [Theory]
    [CombinatorialKinds]
    public void Should_Say_Why_A_Message_Is_Not_Taken(Kind kind)
    {
        AeronClient client = _world.Connect();
        Publication publication = Add(client, kind, 1001);
        Assert.False(publication.Offer("a"u8, out OfferResult result));
        Assert.Equal(OfferStatus.NotConnected, result.Status);
        Assert.Equal(-1, result.Code);
        Assert.Throws<InvalidOperationException>(() => result.Position);
        Subscription subscription = client.AddSubscription(Channel, 1001);
        _world.Step();
        byte[] message = new byte[1376];
        var patience = default(Patience);
        while (publication.Offer(message, out result)) patience.Look();

        Assert.Equal(OfferStatus.BackPressured, result.Status);
        Assert.InRange(publication.Position, 32 * 1024, (32 * 1024) + 1408);
        while (subscription.Poll(_received.Take, 100) > 0)
        {
        }

        _world.Step();
        Assert.True(publication.Offer(message, out _));
        publication.Dispose();
        Assert.False(publication.Offer(message, out result));
        Assert.Equal(OfferStatus.Closed, result.Status);
        Assert.False(publication.TryClaim(10, out BufferClaim claim, out result));
        Assert.False(claim.IsOpen);
        Assert.Equal(OfferStatus.Closed, result.Status);
        publication.Dispose();
    }

    [Theory]
    [CombinatorialKinds]
    public void Should_Rotate_Through_Many_Terms(Kind kind)
    {
        AeronClient client = _world.Connect();
        Publication publication = Add(client, kind, 1001);
        Subscription subscription = client.AddSubscription(Channel, 1001);
        _world.Step();
        var random = new Random(7);
        byte[] message = new byte[3000];
        random.NextBytes(message);
        long sum = 0;
        long seen = 0;
        long fragments = 0;
        int rotations = 0;
        FragmentHandler handler = FragmentAssembler.For((payload, in header) =>
        {
            Assert.True(payload.SequenceEqual(message.AsSpan(0, payload.Length)));
            seen += payload.Length;
            fragments++;
        });
        for (int i = 0; i < 5000;)
        {
            int length = random.Next(0, 3000);
            if (publication.Offer(message.AsSpan(0, length), out OfferResult result))
            {
                sum += length;
                i++;
                Assert.Equal(result.Position, publication.Position);
            }
            else if (result.Status == OfferStatus.AdminAction)
            {
                rotations++;
            }
            else
            {
                Assert.Equal(OfferStatus.BackPressured, result.Status);
                while (subscription.Poll(handler, 10) > 0)
                {
                }

                _world.Step();
            }
        }

        while (seen < sum && subscription.Poll(handler, 10) >= 0)
        {
        }

        Assert.Equal((sum, 5000L), (seen, fragments));
        Assert.True(rotations > 100);
        Assert.Equal(publication.Position, subscription.Images[0].Position);
    }

    [Theory]
    [CombinatorialKinds]
    public void Should_Put_Messages_Together_At_Every_Boundary(Kind kind)
    {
        AeronClient client = _world.Connect();
        Publication publication = Add(client, kind, 1001);
        Subscription subscription = client.AddSubscription(Channel, 1001);
        _world.Step();
        FragmentHandler handler = FragmentAssembler.For(_received.Take, initialLength: 1);
        int max = publication.MaxMessageLength;
        Assert.Equal(8192, max);
        foreach (int length in (int[])[0, 1, 31, 32, 33, 1375, 1376, 1377, 2751, 2752, 2753, 4128, 4129, max - 1, max])
        {
            byte[] message = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31))];
            OfferResult result;
            var patience = default(Patience);
            while (!publication.Offer(message, out result))
            {
                patience.Look();
                Assert.Equal(OfferStatus.AdminAction, result.Status);
            }

            while (subscription.Poll(handler, 1) > 0)
            {
            }

            _world.Step();
            Assert.Equal(message, Assert.Single(_received.Messages));
            Assert.Equal((0xC0, result.Position), (_received.Headers[0].Flags, _received.Headers[0].Position));
            _received.Messages.Clear();
            _received.Headers.Clear();
        }

        Assert.Throws<ArgumentException>(() => publication.Offer(new byte[max + 1], out _));
        Assert.Throws<ArgumentException>(() => publication.Offer(new byte[max], new byte[1], out _));
        Assert.Throws<ArgumentException>(() => publication.TryClaim(1377, out _, out _));
        Assert.Throws<ArgumentException>(() => publication.TryClaim(-1, out _, out _));
    }

    [Theory]
    [CombinatorialKinds]
    public void Should_Gather_Parts(Kind kind)
    {
        AeronClient client = _world.Connect();
        Publication publication = Add(client, kind, 1001);
        Subscription subscription = client.AddSubscription(Channel, 1001);
        _world.Step();
        byte[] bytes = [.. Enumerable.Range(0, 4000).Select(i => (byte)(i * 17))];
        Assert.True(publication.Offer(bytes.AsSpan(0, 5), bytes.AsSpan(5, 7), out _));
        Assert.True(publication.Offer(default, bytes.AsSpan(0, 3000), out _));
        Assert.True(publication.Offer([bytes.AsMemory(0, 1), default, bytes.AsMemory(1, 2900), bytes.AsMemory(2901)], out _, reservedValue: 9));
        Assert.True(publication.Offer((ReadOnlySpan<ReadOnlyMemory<byte>>)[], out _));
        FragmentHandler handler = FragmentAssembler.For(_received.Take);
        while (subscription.Poll(handler, 10) > 0)
        {
        }

        Assert.Equal([12, 3000, 4000, 0], _received.Messages.Select(m => m.Length));
        Assert.Equal(bytes[..12], _received.Messages[0]);
        Assert.Equal(bytes[..3000], _received.Messages[1]);
        Assert.Equal(bytes, _received.Messages[2]);
        Assert.Equal([0, 0, 9, 0], _received.Headers.Select(h => h.ReservedValue));
    }

    [Theory]
    [CombinatorialKinds]
    public void Should_Commit_And_Abort_Claims(Kind kind)
    {
        AeronClient client = _world.Connect();
        Publication publication = Add(client, kind, 1001);
        Subscription subscription = client.AddSubscription(Channel, 1001);
        _world.Step();
        Assert.True(publication.TryClaim(5, out BufferClaim first, out OfferResult result));
        Assert.Equal(64, result.Position);
        Assert.True(publication.TryClaim(6, out BufferClaim second, out _));
        Assert.True(publication.TryClaim(0, out BufferClaim third, out _));
        "third"u8[..0].CopyTo(third.Buffer);
        third.Commit();
        "first"u8.CopyTo(first.Buffer);
        first.SetReservedValue(3);
        Assert.Equal(0, subscription.Poll(_received.Take, 10));
        first.Commit();
        Assert.Equal(1, subscription.Poll(_received.Take, 10));
        second.Abort();
        Assert.Equal(1, subscription.Poll(_received.Take, 10));
        Assert.Equal(["first", ""], _received.Texts);
        Assert.Equal(3, _received.Headers[0].ReservedValue);
        Assert.Equal(publication.Position, subscription.Images[0].Position);
        bool refused = false;
        try
        {
            first.Commit();
        }
        catch (InvalidOperationException)
        {
            refused = true;
        }

        Assert.True(refused);
    }

    [Fact]
    public void Should_Share_One_Log_Among_Concurrent_Publications()
    {
        AeronClient client = _world.Connect();
        AeronClient other = _world.Connect();
        using ConcurrentPublication one = client.AddPublication(Channel, 1001);
        using ConcurrentPublication two = client.AddPublication(Channel, 1001);
        using ConcurrentPublication three = other.AddPublication(Channel, 1001);
        using ExclusivePublication four = other.AddExclusivePublication(Channel, 1001);
        Assert.Equal((one.SessionId, one.OriginalRegistrationId), (two.SessionId, two.OriginalRegistrationId));
        Assert.Equal((one.SessionId, one.OriginalRegistrationId), (three.SessionId, three.OriginalRegistrationId));
        Assert.NotEqual(one.SessionId, four.SessionId);
        Assert.NotEqual(one.RegistrationId, two.RegistrationId);
        Assert.Equal(1, client.MappedLogCount);
        Subscription subscription = client.AddSubscription(Channel, 1001);
        _world.Step();
        Assert.Equal(2, subscription.Images.Count);
        foreach (Publication publication in (Publication[])[one, two, three, four]) Assert.True(publication.Offer(Encoding.UTF8.GetBytes($"{publication.RegistrationId}"), out _));
        Assert.Equal(4, subscription.Poll(_received.Take, 10));
        Assert.Equal(new[] { one, two, three, (Publication)four }.Select(p => $"{p.RegistrationId}").Order(), _received.Texts.Order());
        one.Dispose();
        Assert.True(two.Offer("still"u8, out _));
        Assert.Equal(2, client.MappedLogCount);
    }

    [Theory]
    [CombinatorialKinds]
    public void Should_End_At_The_Last_Position(Kind kind)
    {
        AeronClient client = _world.Connect();
        const string AtTheEnd = "aeron:ipc?init-term-id=0|term-id=2147483647|term-offset=65472|term-length=64k";
        Publication publication = kind == Kind.Concurrent ? client.AddPublication(AtTheEnd, 1) : client.AddExclusivePublication(AtTheEnd, 1);
        Subscription subscription = client.AddSubscription(Channel, 1);
        _world.Step();
        long max = LogBufferDescriptor.MaxPossiblePosition(65536);
        Assert.Equal(max - 64, publication.Position);
        Assert.True(publication.Offer("1"u8, out OfferResult result));
        Assert.Equal(max, result.Position);
        for (int i = 0; i < 3; i++)
        {
            Assert.False(publication.Offer("2"u8, out result));
            Assert.Equal(OfferStatus.MaxPositionExceeded, result.Status);
            Assert.Equal(i == 0 ? 1 : 0, subscription.Poll(_received.Take, 10));
            _world.Step();
        }

        Assert.Equal((max, max), (publication.Position, subscription.Images[0].Position));
    }

    [Theory]
    [CombinatorialKinds]
    public void Should_Wrap_Term_Ids(Kind kind)
    {
        AeronClient client = _world.Connect();
        const string Wrapping = "aeron:ipc?init-term-id=2147483646|term-id=2147483647|term-offset=32|term-length=64k";
        Publication publication = kind == Kind.Concurrent ? client.AddPublication(Wrapping, 1) : client.AddExclusivePublication(Wrapping, 1);
        Subscription subscription = client.AddSubscription(Channel, 1);
        _world.Step();
        byte[] message = new byte[1000];
        for (int i = 0; i < 500;)
        {
            if (publication.Offer(message, out OfferResult result))
            {
                i++;
                continue;
            }

            if (result.Status == OfferStatus.AdminAction) continue;
            while (subscription.Poll(_received.Take, 100) > 0)
            {
            }

            _world.Step();
        }

        while (subscription.Poll(_received.Take, 100) > 0)
        {
        }

        Assert.Equal(500, _received.Messages.Count);
        Assert.Equal(int.MinValue + 7, _received.Headers[^1].TermId);
        Assert.Equal(publication.Position, _received.Headers[^1].Position);
    }

    [Theory]
    [CombinatorialKinds]
    public void Should_Not_Allocate(Kind kind)
    {
        AeronClient client = _world.Connect();
        Publication publication = Add(client, kind, 1001);
        Subscription subscription = client.AddSubscription(Channel, 1001);
        _world.Step();
        var assembler = new FragmentAssembler<Count>(default);
        FragmentHandler classic = FragmentAssembler.For((payload, in header) => { });
        var controlled = default(CountControlled);
        byte[] message = new byte[64];
        byte[] large = new byte[5000];
        ReadOnlyMemory<byte>[] parts = [message, message];
        long before = assembler.Handler.Fragments;
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                publication.Offer(message, out _);
                publication.Offer(message, message, out _);
                publication.Offer(parts, out _);
                publication.Offer(large, out _);
                if (publication.TryClaim(64, out BufferClaim claim, out _)) claim.Commit();
                subscription.Poll(ref assembler, 3);
                subscription.Poll(classic, 3);
                subscription.ControlledPoll(ref controlled, 1);
                subscription.Images[0].BoundedPoll(ref assembler, long.MaxValue, 10);
                _world.Driver.Invoke();
            }
        }));
        Assert.True(assembler.Handler.Fragments > before + 100);
        Assert.True(controlled.Fragments > 100);
    }

    private static Publication Add(AeronClient client, Kind kind, int streamId) =>
        kind == Kind.Concurrent ? client.AddPublication(Channel, streamId) : client.AddExclusivePublication(Channel, streamId);

    private struct Count : IFragmentHandler
    {
        public long Fragments;

        public void OnFragment(ReadOnlySpan<byte> payload, in Header header) => Fragments++;
    }

    private struct CountControlled : IControlledFragmentHandler
    {
        public long Fragments;

        public ControlledAction OnFragment(ReadOnlySpan<byte> payload, in Header header)
        {
            Fragments++;
            return ControlledAction.Commit;
        }
    }

    private sealed class CombinatorialKindsAttribute : MatrixAttribute<Kind>;
}
