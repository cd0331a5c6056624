using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Normalization;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Tests.Normalization;

/// <summary>An instrument whose memory grows remembers the same as one that has all of it from the start.</summary>
public sealed class RoomAtStartTests
{
    private const int Capacity = 1500;
    private const int Many = 100;

    [Fact]
    public void Should_Have_All_Room_For_The_First_Instruments_And_A_Little_For_Others()
    {
        Assert.Equal([4096, 4096, 256, 100], [RoomAtStart.Of(0, 4096), RoomAtStart.Of(63, 4096), RoomAtStart.Of(64, 4096), RoomAtStart.Of(64, 100)]);
    }

    [Fact]
    public void Should_Know_The_Same_Keys()
    {
        var random = new Random(5);
        KeyMemory whole = new(1, Capacity, instrument: 0), growing = new(1, Capacity, Many);
        ulong top = 1;
        int known = 0;
        for (int i = 0; i < 20_000; i++)
        {
            ulong key = random.Next(3) == 0 ? top - Math.Min(top - 1, (ulong)random.Next(2000)) : top += (ulong)random.Next(1, 3);
            bool isNew = whole.Add(key);
            Assert.Equal(isNew, growing.Add(key));
            if (!isNew) known++;
        }

        Assert.True(known > 1000);
    }

    [Fact]
    public void Should_Know_The_Same_Live_Trades()
    {
        var random = new Random(6);
        LiveTradeIds whole = new(Capacity, instrument: 0), growing = new(Capacity, Many);
        int cancelled = 0;
        for (ulong id = 1; id < 10_000; id++)
        {
            whole.Add(id, 1);
            growing.Add(id, 1);
            ulong other = id - Math.Min(id - 1, (ulong)random.Next(2000));
            bool done = whole.Cancel(other, 1);
            Assert.Equal(done, growing.Cancel(other, 1));
            if (done) cancelled++;
        }

        Assert.True(cancelled > 1000);
    }

    [Fact]
    public void Should_Build_The_Same_Bars_From_Cancelled_Trades()
    {
        BarRecord[] whole = Build(0);
        BarRecord[] growing = Build(Many);
        Assert.Contains(whole, bar => bar.Why == RevisionReason.Cancel);
        Assert.Equal(whole.Select(Text), growing.Select(Text));
    }

    private static string Text(BarRecord bar) => $"{bar.StartNs} {bar.Open:R} {bar.High:R} {bar.Low:R} {bar.Close:R} {bar.Volume:R} {bar.Vwap:R} {bar.BuyVolume:R} {bar.Count} {bar.Revision} {bar.Spec} {bar.State} {bar.Why}";

    private static BarRecord[] Build(uint instrument)
    {
        var random = new Random(8);
        string[] intervals = ["1s", "1m"];
        var builder = new TimeBarBuilder(new BarSettings(), [.. intervals.Select(text => BarSpec.TryParse(text, out BarSpec? spec) ? spec! : throw new InvalidOperationException(text))], Capacity);
        var output = new EmittedList<BarRecord>(16);
        var tick = new TickRecord[1];
        long time = 1_789_000_000_000_000_000;
        for (int i = 1; i <= 6_000; i++)
        {
            time += random.Next(4_000_000);
            tick[0] = default;
            tick[0].Header = new RecordHeader { Type = RecordType.Trade, Instrument = instrument, EventNs = time };
            (tick[0].Trade.TradeId, tick[0].Trade.Price, tick[0].Trade.Size) = ((ulong)i, 100 + random.NextDouble(), random.Next(1, 9));
            builder.Build(tick, [0], i, output);
            if (random.Next(10) != 0) continue;
            tick[0].Header.Type = RecordType.Cancel;
            tick[0].Trade.TradeId = (ulong)Math.Max(1, i - random.Next(Capacity - 1));
            builder.Build(tick, [0], i, output);
        }

        return output.Items.ToArray();
    }
}
