using LowLatency.Aeron.Client;
using LowLatency.Aeron.Driver;
using LowLatency.Aeron.Tests.Processes;

namespace LowLatency.Aeron.Tests.Client;

/// <summary>Driver, client, publishers and subscriber on threads of one process, on the machine's clock.</summary>
public sealed class LiveTests : IDisposable
{
    private readonly MemoryFolder _folder = new();
    private readonly MediaDriver _driver;
    private readonly AeronClient _client;

    public LiveTests()
    {
        _driver = MediaDriver.Launch(new MediaDriverContext { Directory = _folder.PathOf("driver"), IpcTermLength = 65536 });
        _client = AeronClient.Connect(new AeronContext { Directory = _driver.Directory });
    }

    public void Dispose()
    {
        _client.Dispose();
        _driver.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1, false, 1_000_000, 24, 64)]
    [InlineData(1, true, 1_000_000, 24, 64)]
    [InlineData(1, true, 20_000, 16, 8192)]
    [InlineData(4, false, 250_000, 16, 64)]
    [InlineData(4, false, 10_000, 16, 8192)]
    [InlineData(3, true, 100_000, 16, 2000)]
    public void Should_Bring_Every_Message_Once_And_In_Order(int publishers, bool isExclusive, int count, int least, int most)
    {
        using Subscription subscription = _client.AddSubscription("aeron:ipc", 1);
        Exception? failure = null;
        Thread[] threads = [.. Enumerable.Range(0, publishers).Select(producer => new Thread(() =>
        {
            try
            {
                Publish(producer, isExclusive, count, least, most);
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        var handler = new FragmentAssembler<PatternChecker>(new PatternChecker(publishers));
        var wait = default(SpinWait);
        var patience = default(Patience);
        while (handler.Handler.Count < (long)publishers * count && failure is null)
        {
            patience.Look();
            if (subscription.Poll(ref handler, 100) > 0) wait = default;
            else wait.SpinOnce(sleep1Threshold: 50);
        }

        foreach (Thread thread in threads) thread.Join();
        Assert.Null(failure);
        Assert.Equal(0, handler.Handler.Mistakes);
        Assert.Null(handler.Handler.FirstMistake);
    }

    [Fact]
    public void Should_Not_Fault_When_It_Is_Closed_Under_Threads_That_Use_It()
    {
        for (int round = 0; round < 20; round++)
        {
            AeronClient client = AeronClient.Connect(new AeronContext { Directory = _driver.Directory, KeepaliveIntervalMs = 1 });
            ConcurrentPublication publication = client.AddPublication("aeron:ipc", 2);
            Subscription subscription = client.AddSubscription("aeron:ipc", 2);
            int running = 0;
            Thread[] threads =
            [
                new(() =>
                {
                    OfferResult result = default;
                    var patience = default(Patience);
                    Interlocked.Increment(ref running);
                    while (publication.Offer("some message"u8, out result) || result.Status != OfferStatus.Closed) patience.Look();
                }),
                new(() =>
                {
                    var patience = default(Patience);
                    Interlocked.Increment(ref running);
                    while (!subscription.IsClosed)
                    {
                        patience.Look();
                        subscription.Poll((payload, in header) => { }, 10);
                    }
                }),
            ];
            foreach (Thread thread in threads) thread.Start();
            Assert.True(SpinWait.SpinUntil(() => running == 2 && subscription.IsConnected, 60_000));
            if (round % 2 == 0)
            {
                publication.Dispose();
                subscription.Dispose();
            }

            client.Dispose();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            foreach (Thread thread in threads) thread.Join();
        }
    }

    [Fact]
    public void Should_Add_And_Close_From_Many_Threads()
    {
        Parallel.For(0, 8, i =>
        {
            for (int round = 0; round < 5; round++)
            {
                using ConcurrentPublication publication = _client.AddPublication("aeron:ipc", 10 + (i % 2));
                using Subscription subscription = _client.AddSubscription("aeron:ipc", 10 + (i % 2));
                using AeronCounter counter = _client.AddCounter(1001, [(byte)i], $"{i}");
                counter.Value = i;
                Assert.Equal(i, counter.Value);
                Assert.True(SpinWait.SpinUntil(() => subscription.IsConnected && publication.IsConnected, 60_000));
            }
        });
        // Closing does not wait for the driver.
        Assert.True(SpinWait.SpinUntil(() => _client.Counters.ReadAll().All(c => c.TypeId != 1001), 60_000));
    }

    private void Publish(int producer, bool isExclusive, int count, int least, int most)
    {
        using Publication publication = isExclusive ? _client.AddExclusivePublication("aeron:ipc", 1) : _client.AddPublication("aeron:ipc", 1);
        byte[] message = new byte[most];
        for (long number = 0; number < count; number++)
        {
            Span<byte> body = message.AsSpan(0, Pattern.LengthOf(number, least, most));
            Pattern.Write(body, producer, number);
            var wait = default(SpinWait);
            OfferResult result;
            var patience = default(Patience);
            while (!publication.Offer(body, out result))
            {
                patience.Look();
                if (result.Status is OfferStatus.Closed or OfferStatus.MaxPositionExceeded) throw new InvalidOperationException($"{result.Status}");
                if (result.Status != OfferStatus.AdminAction) wait.SpinOnce(sleep1Threshold: 50);
            }
        }
    }
}
