using System.Globalization;
using System.Text;
using LowLatency.Feeds.Csv;

namespace LowLatency.Feeds.Tests.Csv;

public sealed class AllocationTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Should_Allocate_Nothing_For_A_Row()
    {
        string path = _files.Text(Text(200_000));
        var rig = new FeedRig(capacity: 1 << 18);
        using TickCsvFeed feed = rig.Replay(path);
        feed.OnStart();
        long before = GC.GetAllocatedBytesForCurrentThread();
        FeedRig.RunUntil(feed, 200_000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(allocated, 0, 100_000);
        SpinWait.SpinUntil(() => feed.DoWork() >= 0 && feed.Completed, TimeSpan.FromSeconds(30));
        // The pipe's blocks, all of which can be under way at once, and no more.
        Assert.InRange(feed.ReaderAllocatedBytes, 0, 8_000_000);
    }

    private static string Text(int rows)
    {
        var text = new StringBuilder("ts_ns,symbol,type,price,size,bid,bid_size,ask,ask_size,exchange,flags\n");
        for (int i = 0; i < rows; i++)
        {
            string price = (100 + (i % 1000 * 0.01m)).ToString(CultureInfo.InvariantCulture);
            if (i % 2 == 0) text.Append(CultureInfo.InvariantCulture, $"{1_381_219_217_034_000_000 + i},SPY{i % 5},T,{price},100,,,,,N,c=2000;t={i};m=1;r={i}\n");
            else text.Append(CultureInfo.InvariantCulture, $"{1_381_219_217_034_000_000 + i},SPY{i % 5},Q,,,{price},100,{price},1e2,N,seq={i}\n");
        }

        return text.ToString();
    }
}
