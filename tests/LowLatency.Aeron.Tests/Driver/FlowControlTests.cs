using System.Buffers.Binary;
using LowLatency.Aeron.Client;
using LowLatency.Aeron.Driver;
using LowLatency.Aeron.Logs;
using LowLatency.Aeron.Protocol;
using LowLatency.Aeron.Tests.Simulation;
using LowLatency.Core.Counters;

namespace LowLatency.Aeron.Tests.Driver;

public sealed class FlowControlTests : IDisposable
{
    private readonly World _world = new();
    private readonly Received _received = new();
    private readonly AeronClient _client;

    public FlowControlTests() => _client = _world.Connect();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Should_Hold_The_Publisher_Behind_The_Slowest_Subscriber()
    {
        ConcurrentPublication publication = _client.AddPublication("aeron:ipc", 1);
        Subscription slow = _client.AddSubscription("aeron:ipc", 1);
        Subscription fast = _client.AddSubscription("aeron:ipc", 1);
        _world.Step();
        long end = Fill(publication);
        Assert.Equal(32 * 1024, publication.PositionLimit);
        Drain(fast);
        _world.Step();
        Assert.False(publication.Offer("x"u8, out OfferResult result));
        Assert.Equal(OfferStatus.BackPressured, result.Status);
        slow.Dispose();
        _world.Step();
        _world.Step();
        Assert.Equal(end + (32 * 1024), publication.PositionLimit);
        Assert.True(publication.Offer("x"u8, out _));
    }

    [Fact]
    public void Should_Keep_What_Nobody_Has_Read_For_The_Next_Subscriber()
    {
        ConcurrentPublication publication = _client.AddPublication("aeron:ipc", 1);
        Subscription first = _client.AddSubscription("aeron:ipc", 1);
        _world.Step();
        Number(publication, 0, 10);
        Assert.Equal(4, first.Poll(_received.Take, 4));
        _world.Step();
        first.Dispose();
        _world.Step();
        Assert.False(publication.IsConnected);
        Assert.False(publication.Offer("x"u8, out OfferResult result));
        Assert.Equal(OfferStatus.NotConnected, result.Status);
        Subscription second = _client.AddSubscription("aeron:ipc", 1);
        _world.Step();
        Number(publication, 10, 2);
        Drain(second);
        Assert.Equal(Enumerable.Range(0, 12), Numbers());
        Assert.Equal(4 * 64, second.Images[0].JoinPosition);
    }

    [Fact]
    public void Should_Let_A_Late_Subscriber_Join_Where_The_Slowest_Is()
    {
        ConcurrentPublication publication = _client.AddPublication("aeron:ipc", 1);
        Subscription first = _client.AddSubscription("aeron:ipc", 1);
        _world.Step();
        Number(publication, 0, 10);
        first.Poll(_received.Take, 4);
        Subscription second = _client.AddSubscription("aeron:ipc", 1);
        _world.Step();
        _received.Messages.Clear();
        Drain(second);
        // The driver's cycle may have been before the poll: never less than what the slowest has not read.
        Assert.Equal(9, Numbers()[^1]);
        Assert.InRange(second.Images[0].JoinPosition, 0, 4 * 64);
    }

    [Fact]
    public void Should_Zero_What_All_Have_Read_Before_It_Is_Written_Again()
    {
        ConcurrentPublication publication = _client.AddPublication("aeron:ipc", 1);
        Subscription subscription = _client.AddSubscription("aeron:ipc", 1);
        _world.Step();
        LogBuffers log = LogBuffers.Map(Directory.GetFiles(Path.Combine(_world.DriverDirectory, "publications")).Single());
        byte[] message = [.. Enumerable.Repeat((byte)0xAB, 1376)];
        for (int i = 0; i < 400;)
        {
            if (publication.Offer(message, out OfferResult result))
            {
                i++;
                // Behind the tail and up to the limit all is zero: where the next frames come.
                int index = LogBufferDescriptor.IndexByPosition(result.Position, log.PositionBits);
                int offset = (int)(result.Position & 0xFFFF);
                int length = (int)Math.Min(0x10000 - offset, Math.Max(0, publication.PositionLimit - result.Position));
                Assert.False(log.Terms[index].Bytes(offset, length).ContainsAnyExcept((byte)0));
            }
            else if (result.Status == OfferStatus.BackPressured)
            {
                Drain(subscription);
                _world.Step();
            }
        }

        log.Unmap();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Should_Have_Touched_The_Pages_Of_A_Log_That_Is_Not_Sparse(bool isSparse)
    {
        const string Maps = "/proc/self/smaps";
        Assert.SkipUnless(File.Exists(Maps), $"there is no {Maps} that tells what of a mapping is in memory");
        _client.AddExclusivePublication($"aeron:ipc?term-length=1m|sparse={(isSparse ? "true" : "false")}", 1);
        string log = Directory.GetFiles(Path.Combine(_world.DriverDirectory, "publications")).Single();
        string[] lines = File.ReadAllLines(Maps);
        IEnumerable<int> residentKiB =
            from index in Enumerable.Range(0, lines.Length)
            where lines[index].EndsWith(log, StringComparison.Ordinal)
            select int.Parse(lines.Skip(index).First(line => line.StartsWith("Rss:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        Assert.Equal(!isSparse, residentKiB.Max() >= 3 * 1024);
    }

    [Fact]
    public void Should_Take_The_Window_From_The_Channel()
    {
        ConcurrentPublication publication = _client.AddPublication("aeron:ipc?pub-wnd=4096", 1);
        _client.AddSubscription("aeron:ipc", 1);
        _world.Step();
        Assert.Equal(4096, publication.AvailableWindow);
    }

    [Fact]
    public void Should_Let_Go_Of_A_Slow_Untethered_Subscriber_And_Give_It_The_Image_Again()
    {
        List<string> told = [];
        ConcurrentPublication publication = _client.AddPublication("aeron:ipc?untethered-window-limit-timeout=2s|untethered-linger-timeout=2s|untethered-resting-timeout=3s", 1);
        Subscription slow = _client.AddSubscription("aeron:ipc?tether=false", 1, _ => told.Add("+"), _ => told.Add("-"));
        Subscription fast = _client.AddSubscription("aeron:ipc", 1);
        _world.Step();
        Fill(publication);
        Drain(fast);
        _world.Pass(1500);
        Assert.False(publication.Offer("x"u8, out _));
        _world.Pass(2000);
        Assert.Equal(["+", "-"], told);
        Assert.Empty(slow.Images);
        // It lingers: it may be in the midst of reading, and its place is not given away.
        Assert.False(publication.Offer("x"u8, out _));
        _world.Pass(3100);
        Assert.True(publication.Offer("rested"u8, out _));
        Drain(fast);
        _world.Pass(4200);
        Assert.Equal(["+", "-", "+"], told);
        Assert.True(publication.Offer("again"u8, out _));
        _received.Messages.Clear();
        Drain(slow);
        Assert.Equal(["again"], _received.Texts);
    }

    [Fact]
    public void Should_Close_A_Slow_Untethered_Subscriber_That_Does_Not_Rejoin()
    {
        List<string> told = [];
        ConcurrentPublication publication = _client.AddPublication("aeron:ipc", 1);
        _client.AddSubscription("aeron:ipc?tether=false|rejoin=false", 1, _ => told.Add("+"), _ => told.Add("-"));
        Subscription fast = _client.AddSubscription("aeron:ipc", 1);
        _world.Step();
        Fill(publication);
        Drain(fast);
        _world.Pass(12_500);
        Assert.Equal(["+", "-"], told);
        Assert.True(publication.Offer("free"u8, out _));
        Assert.Single(_client.Counters.ReadAll(), c => c.TypeId == CounterTypes.SubscriberPosition);
        _world.Pass(30_000);
        Assert.Equal(["+", "-"], told);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Should_Hold_A_Publisher_Up_For_Window_Limit_And_Linger_At_The_Most_However_Short_They_Are(bool isAlone)
    {
        List<string> told = [];
        ConcurrentPublication publication = _client.AddPublication("aeron:ipc?untethered-window-limit-timeout=50ms|untethered-linger-timeout=50ms|untethered-resting-timeout=200ms", 1);
        Subscription halted = _client.AddSubscription("aeron:ipc?tether=false", 1, _ => told.Add("+"), _ => told.Add("-"));
        Subscription? fast = isAlone ? null : _client.AddSubscription("aeron:ipc", 1);
        _world.Step();
        Fill(publication);
        if (fast is not null) Drain(fast);
        int heldUpMs = 0;
        OfferResult result = default;
        for (; heldUpMs < 1000 && !publication.Offer("x"u8, out result) && result.Status == OfferStatus.BackPressured; heldUpMs++) Millisecond();
        // A look each eighth of the shortest timeout.
        Assert.InRange(heldUpMs, 100, 100 + (2 * 7) + 2);
        Assert.Equal(["+", "-"], told);
        // Whoever reads gets all; where nobody does, the publisher is told that.
        Assert.Equal(isAlone ? OfferStatus.NotConnected : OfferStatus.Accepted, result.Status);
        for (int ms = 0; ms < 210; ms++) Millisecond();
        Assert.Equal(["+", "-", "+"], told);
        Assert.True(publication.IsConnected);
        if (isAlone) Assert.Equal(0, halted.Images[0].Position);
    }

    [Fact]
    public void Should_Keep_The_Only_Untethered_Subscriber_That_Gets_On()
    {
        List<string> told = [];
        ConcurrentPublication publication = _client.AddPublication("aeron:ipc?untethered-window-limit-timeout=50ms", 1);
        Subscription slow = _client.AddSubscription("aeron:ipc?tether=false", 1, _ => told.Add("+"), _ => told.Add("-"));
        _world.Step();
        for (int ms = 0; ms < 1000; ms++)
        {
            Fill(publication);
            if (ms % 40 == 0) Assert.Equal(1, slow.Poll(_received.Take, 1));
            Millisecond();
        }

        Assert.Equal(["+"], told);
    }

    [Fact]
    public void Should_Unblock_A_Claim_That_A_Dead_Client_Left()
    {
        AeronClient dying = _world.Connect();
        ConcurrentPublication theirs = dying.AddPublication("aeron:ipc", 1);
        ConcurrentPublication ours = _client.AddPublication("aeron:ipc", 1);
        Subscription subscription = _client.AddSubscription("aeron:ipc", 1);
        _world.Step();
        Number(ours, 0, 1);
        Assert.True(theirs.TryClaim(100, out _, out _));
        Number(ours, 1, 1);
        Drain(subscription);
        Assert.Equal([0], Numbers());
        _world.Living.Remove(dying);
        _world.Pass(10_000);
        Assert.Equal(0, subscription.Poll(_received.Take, 10));
        _world.Pass(7_000);
        Drain(subscription);
        Assert.Equal([0, 1], Numbers());
        Assert.Equal(1, Counter(SystemCounters.UnblockedPublications));
        Assert.Equal(1, Counter(SystemCounters.ClientTimeouts));
        Number(ours, 2, 1);
        Drain(subscription);
        Assert.Equal([0, 1, 2], Numbers());
    }

    [Fact]
    public void Should_Drain_Past_A_Claim_When_The_Last_Publisher_Has_Died()
    {
        AeronClient dying = _world.Connect();
        ConcurrentPublication theirs = dying.AddPublication("aeron:ipc", 1);
        Subscription subscription = _client.AddSubscription("aeron:ipc", 1);
        _world.Step();
        Number(theirs, 0, 1);
        Assert.True(theirs.TryClaim(100, out _, out _));
        Number(theirs, 1, 1);
        _world.Living.Remove(dying);
        Drain(subscription);
        _world.Pass(14_000);
        Drain(subscription);
        _world.Pass(3_000);
        Drain(subscription);
        Assert.Equal([0, 1], Numbers());
        _world.Pass(3_000);
        Assert.Empty(subscription.Images);
        Assert.Empty(Directory.GetFiles(Path.Combine(_world.DriverDirectory, "publications")));
    }

    [Fact]
    public void Should_Take_A_Rejected_Stream_From_All_And_Give_It_Again_Later()
    {
        List<string> told = [];
        ConcurrentPublication publication = _client.AddPublication("aeron:ipc", 1);
        Subscription subscription = _client.AddSubscription("aeron:ipc", 1, _ => told.Add("+"), _ => told.Add("-"));
        Subscription other = _client.AddSubscription("aeron:ipc?tether=false", 1, _ => told.Add("+"), _ => told.Add("-"));
        _world.Step();
        Number(publication, 0, 5);
        subscription.Poll(_received.Take, 2);
        Image image = subscription.Images[0];
        Assert.Throws<ArgumentException>(() => image.Reject(new string('x', 1024)));
        image.Reject("no");
        other.Images[0].Reject("nor I");
        _world.Step();
        _world.Step();
        Assert.Equal(["+", "+", "-", "-"], told);
        Assert.Equal(2, Counter(SystemCounters.ImagesRejected));
        Assert.All(_world.Errors.All, thrown => Assert.Equal(AeronErrorCode.ImageRejected, Assert.IsType<RegistrationException>(thrown).Code));
        Assert.Contains("reports: no", _world.Errors.All[0].Message, StringComparison.Ordinal);
        Assert.Contains("reports: nor I", _world.Errors.All[1].Message, StringComparison.Ordinal);
        image.Reject("closed");
        Assert.False(publication.Offer("x"u8, out OfferResult result));
        Assert.Equal(OfferStatus.NotConnected, result.Status);
        // Who comes meanwhile waits, too.
        Subscription late = _client.AddSubscription("aeron:ipc", 1);
        _world.Pass(9_500);
        Assert.False(late.IsConnected || publication.IsConnected);
        _world.Pass(2_000);
        Assert.True(late.IsConnected && other.IsConnected && publication.IsConnected);
        Number(publication, 5, 1);
        _received.Messages.Clear();
        Drain(subscription);
        Assert.Equal([2, 3, 4, 5], Numbers());
        Assert.Equal(2, Counter(SystemCounters.ImagesRejected));
        Assert.Equal(3, _client.Counters.ReadAll().Count(c => c.TypeId == CounterTypes.SubscriberPosition));
    }

    [Fact]
    public void Should_Cut_A_Revoked_Stream()
    {
        ConcurrentPublication publication = _client.AddPublication("aeron:ipc", 1);
        Subscription subscription = _client.AddSubscription("aeron:ipc", 1);
        _world.Step();
        Number(publication, 0, 5);
        Image image = subscription.Images[0];
        publication.Revoke();
        _world.Step();
        Assert.True(image.IsPublicationRevoked);
        _world.Pass(3000);
        Assert.True(image.IsClosed);
        Assert.Equal(0, image.Position);
        Assert.Equal(1, Counter(SystemCounters.PublicationsRevoked));
        Assert.Empty(Directory.GetFiles(Path.Combine(_world.DriverDirectory, "publications")));
    }

    private void Millisecond()
    {
        _world.Clock.Advance(1_000_000);
        _world.Step();
    }

    private static long Fill(Publication publication)
    {
        byte[] message = new byte[992];
        var patience = default(Patience);
        while (publication.Offer(message, out _)) patience.Look();

        return publication.Position;
    }

    private static void Number(Publication publication, int first, int count)
    {
        Span<byte> number = stackalloc byte[4];
        for (int i = first; i < first + count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, i);
            Assert.True(publication.Offer(number, out _));
        }
    }

    private void Drain(Subscription subscription)
    {
        while (subscription.Poll(_received.Take, 100) > 0)
        {
        }

        // A poll that only skipped padding has moved on, and handed on nothing.
        subscription.Poll(_received.Take, 100);
        _world.Step();
    }

    private List<int> Numbers() => [.. _received.Messages.Select(m => BinaryPrimitives.ReadInt32LittleEndian(m))];

    private long Counter(int id) => _client.Counters.TryRead(id, out CounterSnapshot counter) ? counter.Value : -1;
}
