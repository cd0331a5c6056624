using LowLatency.Aeron.Client;
using LowLatency.Aeron.Tests.Simulation;

namespace LowLatency.Aeron.Tests.Client;

public sealed class PollingTests : IDisposable
{
    private readonly World _world = new();
    private readonly Received _received = new();
    private readonly AeronClient _client;
    private readonly ConcurrentPublication _publication;
    private readonly Subscription _subscription;

    public PollingTests()
    {
        _client = _world.Connect();
        _publication = _client.AddPublication("aeron:ipc", 1);
        _subscription = _client.AddSubscription("aeron:ipc", 1);
        _world.Step();
    }

    public void Dispose() => _world.Dispose();

    private Image Image => _subscription.Images[0];

    [Fact]
    public void Should_Do_What_The_Handler_Says()
    {
        Offer(6);
        ControlledAction[] script = [ControlledAction.Continue, ControlledAction.Commit, ControlledAction.Abort];
        long told = -1;
        int calls = 0;
        Assert.Equal(2, _subscription.ControlledPoll(
            (payload, in header) =>
            {
                _received.Take(payload, header);
                if (calls == 2) told = Image.Position;
                return script[calls++];
            },
            10));
        Assert.Equal((128L, 128L), (told, Image.Position));
        Assert.Equal(1, _subscription.ControlledPoll(
            (payload, in header) =>
            {
                _received.Take(payload, header);
                return ControlledAction.Break;
            },
            10));
        Assert.Equal(192, Image.Position);
        Assert.Equal(["0", "1", "2", "2"], _received.Texts);
        Assert.Equal(3, _subscription.ControlledPoll((payload, in header) => ControlledAction.Continue, 10));
        Assert.Equal(_publication.Position, Image.Position);
    }

    [Fact]
    public void Should_Go_On_Behind_What_Made_The_Handler_Throw()
    {
        Offer(3);
        Assert.Throws<InvalidDataException>(() => _subscription.Poll((payload, in header) => throw new InvalidDataException(), 10));
        Assert.Equal(64, Image.Position);
        Assert.Throws<InvalidDataException>(() => _subscription.ControlledPoll((payload, in header) => throw new InvalidDataException(), 10));
        Assert.Equal(128, Image.Position);
        Assert.Equal(1, _subscription.Poll(_received.Take, 10));
        Assert.Equal(["2"], _received.Texts);
    }

    [Fact]
    public void Should_Stop_At_The_Bound()
    {
        Offer(4);
        Assert.Equal(0, Image.BoundedPoll(_received.Take, 0, 10));
        Assert.Equal(2, Image.BoundedPoll(_received.Take, 65, 10));
        Assert.Equal(128, Image.Position);
        Assert.Equal(1, Image.BoundedPoll(_received.Take, 192, 10));
        Assert.Equal(1, Image.BoundedPoll(_received.Take, long.MaxValue, 10));
        Assert.Equal(["0", "1", "2", "3"], _received.Texts);
    }

    [Fact]
    public void Should_Give_An_Aborted_Message_Again()
    {
        byte[] message = [.. Enumerable.Range(0, 4000).Select(i => (byte)i)];
        Assert.True(_publication.Offer(message, out _));
        int calls = 0;
        ControlledFragmentHandler handler = FragmentAssembler.ForControlled((payload, in header) =>
        {
            _received.Take(payload, header);
            return ++calls < 3 ? ControlledAction.Abort : ControlledAction.Continue;
        });
        Assert.Equal(2, _subscription.ControlledPoll(handler, 10));
        Assert.Equal(0, _subscription.ControlledPoll(handler, 10));
        Assert.Equal(1, _subscription.ControlledPoll(handler, 10));
        Assert.Equal([message, message, message], _received.Messages);
        Assert.Equal(_publication.Position, Image.Position);
    }

    [Fact]
    public void Should_Drop_A_Message_Whose_Beginning_Was_Not_Seen()
    {
        Assert.True(_publication.Offer(new byte[4000], out _));
        Assert.True(_publication.Offer(new byte[2000], out _));
        Assert.True(_publication.Offer("whole"u8, out _));
        FragmentHandler handler = FragmentAssembler.For(_received.Take);
        Assert.Equal(1, _subscription.Poll((payload, in header) => { }, 1));
        while (_subscription.Poll(handler, 10) > 0)
        {
        }

        Assert.Equal([2000, 5], _received.Messages.Select(m => m.Length));
    }

    [Fact]
    public void Should_Give_Each_Image_Its_Turn()
    {
        using ExclusivePublication second = _client.AddExclusivePublication("aeron:ipc", 1);
        _world.Step();
        for (int i = 0; i < 10; i++)
        {
            Assert.True(_publication.Offer("a"u8, out _));
            Assert.True(second.Offer("b"u8, out _));
        }

        for (int i = 0; i < 10; i++) Assert.Equal(1, _subscription.Poll(_received.Take, 1));
        Assert.Equal(5, _received.Texts.Count(text => text == "a"));
        Assert.Equal(10, _subscription.Poll(_received.Take, 100));
    }

    [Fact]
    public void Should_Listen_To_One_Session_Only()
    {
        using ExclusivePublication second = _client.AddExclusivePublication("aeron:ipc", 1);
        using Subscription only = _client.AddSubscription($"aeron:ipc?session-id={second.SessionId}", 1);
        using Subscription none = _client.AddSubscription("aeron:ipc?session-id=12345", 1);
        using Subscription other = _client.AddSubscription("aeron:ipc", 2);
        _world.Step();
        Assert.Equal([second.SessionId], only.Images.Select(i => i.SessionId));
        Assert.Empty(none.Images);
        Assert.Empty(other.Images);
        Assert.NotNull(_subscription.ImageBySession(second.SessionId));
        Assert.Null(only.ImageBySession(_publication.SessionId));
    }

    private void Offer(int count)
    {
        for (int i = 0; i < count; i++) Assert.True(_publication.Offer(System.Text.Encoding.UTF8.GetBytes($"{i}"), out _));
    }
}
