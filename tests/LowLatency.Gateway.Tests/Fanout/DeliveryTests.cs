using System.Runtime.InteropServices;
using System.Text.Json;
using LowLatency.Gateway.Connections;
using LowLatency.Gateway.Fanout;
using LowLatency.Gateway.Json;
using LowLatency.Gateway.Protocol;
using LowLatency.Gateway.Tests.Support;
using LowLatency.Market.Records;

namespace LowLatency.Gateway.Tests.Fanout;

public sealed class DeliveryTests
{
    [Fact]
    public void Should_Send_Every_Trade_In_One_Array_Per_Flush()
    {
        var bench = new FanoutBench();
        BenchClient client = Ready(bench, "trades");
        for (int i = 0; i < 100; i++) bench.Publisher.Trade("AAPL", 190 + i);
        bench.Run();
        Assert.Equal(1, client.Outbound.Count);
        Assert.Equal(Enumerable.Range(1, 100).Select(q => (ulong)q), client.Read().Select(m => m.Q()));
    }

    [Fact]
    public void Should_Name_What_Conflation_Left_Out()
    {
        var bench = new FanoutBench();
        BenchClient client = Ready(bench, "quotes");
        for (int i = 1; i <= 5; i++) bench.Publisher.Quote("AAPL", i, i + 1);
        bench.Run();
        List<JsonElement> messages = client.Read();
        Assert.Equal(["skip", "q"], messages.Select(m => m.T()));
        Assert.Equal("""{"T":"skip","ch":"quotes","S":"AAPL","from":1,"to":4}""", messages[0].GetRawText());
        Assert.Equal(5ul, messages[1].Q());
        Assert.Equal(5, messages[1].GetProperty("bp").GetDouble());
    }

    [Fact]
    public void Should_Account_For_Every_Q_While_The_Client_Is_Behind()
    {
        var bench = new FanoutBench();
        BenchClient client = Ready(bench, "quotes");
        var random = new Random(11);
        ulong last = 0;
        for (int round = 0; round < 500; round++)
        {
            for (int i = random.Next(8); i > 0; i--) bench.Publisher.Quote("AAPL", random.Next(100), 101);
            bench.Run();
            if (random.Next(3) == 0) last = Follow(client.Read(), last);
        }

        // What is held back while it was behind goes out once it is not.
        for (int i = 0; i < 5; i++)
        {
            last = Follow(client.Read(), last);
            bench.Run();
        }

        Assert.Equal(bench.Publisher.Last("AAPL", "quotes"), last);
        Assert.True(client.Client.Conflated > 0);
        Assert.True(client.Client.WaitingBytes < 4096);
    }

    [Fact]
    public void Should_Never_Conflate_Closed_And_Revised_Bars()
    {
        var bench = new FanoutBench();
        BenchClient client = Ready(bench, "bars.1m");
        bench.Publisher.Bar("AAPL", 0, 1, BarState.Open);
        bench.Publisher.Bar("AAPL", 0, 2, BarState.Open);
        bench.Publisher.Bar("AAPL", 0, 3, BarState.Closed);
        bench.Publisher.Bar("AAPL", 1, 4, BarState.Open);
        bench.Publisher.Bar("AAPL", 1, 5, BarState.Open);
        bench.Publisher.Bar("AAPL", 0, 6, BarState.Revised, 1, RevisionReason.Cancel);
        bench.Publisher.Bar("AAPL", 1, 7, BarState.Open);
        bench.Publisher.Bar("AAPL", 1, 8, BarState.Closed);
        bench.Run();
        List<JsonElement> messages = client.Read();
        Assert.Equal(["skip", "b", "skip", "b", "u", "skip", "b"], messages.Select(m => m.T()));
        Assert.Equal([3, 5, 6, 8], messages.Where(m => m.T() != "skip").Select(m => m.GetProperty("c").GetDouble()));
        Assert.Equal("cancel", messages[4].Text("why"));
        Assert.Equal(8ul, Follow(messages, 0));
    }

    [Theory]
    [InlineData(nameof(DeliveryMode.Latest), new double[] { 3, 5, 6, 8 })]
    [InlineData(nameof(DeliveryMode.Default), new double[] { 1, 2, 3, 4, 5, 6, 7, 8 })]
    public void Should_Conflate_Provisional_Values_When_Asked_And_No_Others(string mode, double[] expected)
    {
        var bench = new FanoutBench();
        BenchClient client = Ready(bench, "ind.1m.rsi(14)", Enum.Parse<DeliveryMode>(mode));
        void Say(int minute, double value, RecordFlags flags, uint revision = 0) => bench.Publisher.Indicator("AAPL", minute, 0, revision, flags, value);
        Say(0, 1, RecordFlags.Provisional);
        Say(0, 2, RecordFlags.Provisional);
        Say(0, 3, RecordFlags.None);
        Say(1, 4, RecordFlags.Provisional);
        Say(1, 5, RecordFlags.Provisional);
        Say(0, 6, RecordFlags.None, 1);
        Say(1, 7, RecordFlags.Provisional);
        Say(1, 8, RecordFlags.None);
        bench.Run();
        List<JsonElement> messages = client.Read();
        Assert.Equal(expected, messages.Where(m => m.T() != "skip").Select(m => m.GetProperty("v")[0].GetDouble()));
        Assert.Equal(8ul, Follow(messages, 0));
        // A snapshot has each bar once, as it is now.
        Say(2, 9, RecordFlags.Provisional);
        bench.Run();
        BenchClient second = bench.Connect();
        bench.Subscribe(second, "ind.1m.rsi(14)", "AAPL", snapshot: new SnapshotWindow(SnapshotKind.Window, 10 * 60_000_000_000L));
        bench.Run();
        JsonElement items = second.Read().Single(m => m.T() == "snap").GetProperty("d");
        Assert.Equal([(6, false), (8, false), (9, true)], items.EnumerateArray().Select(i => (i.GetProperty("v")[0].GetInt32(), i.TryGetProperty("prov", out _))));
    }

    [Fact]
    public void Should_Send_Every_Open_Bar_When_Lossless_Is_Asked_For()
    {
        var bench = new FanoutBench();
        BenchClient client = Ready(bench, "bars.1m", DeliveryMode.Lossless);
        for (int i = 1; i <= 4; i++) bench.Publisher.Bar("AAPL", 0, i, BarState.Open);
        bench.Run();
        Assert.Equal([1, 2, 3, 4], client.Read().Select(m => m.GetProperty("c").GetDouble()));
    }

    [Fact]
    public void Should_Send_At_Most_One_Per_Interval()
    {
        var bench = new FanoutBench();
        BenchClient client = Ready(bench, "trades", DeliveryMode.Interval, ms: 100);
        int sent = 0;
        ulong last = 0;
        for (int ms = 0; ms < 1000; ms += 10)
        {
            bench.Publisher.Trade("AAPL", ms);
            bench.Run();
            List<JsonElement> messages = client.Read();
            sent += messages.Count(m => m.T() == "t");
            last = Follow(messages, last);
        }

        Assert.InRange(sent, 9, 11);
    }

    [Fact]
    public void Should_Close_A_Lossless_Client_Whose_Buffer_Overflows_With_Its_Resume_Token()
    {
        var bench = new FanoutBench(new GatewaySettings { OutboundBufferKib = 64 });
        BenchClient slow = Ready(bench, "trades");
        BenchClient fast = Ready(bench, "trades");
        ulong lastFast = 0;
        for (int i = 0; i < 2000; i++)
        {
            bench.Publisher.Trade("AAPL", i);
            bench.Run();
            lastFast = Follow(fast.Read(), lastFast);
        }

        Assert.Equal(2000ul, lastFast);
        Assert.Equal(CloseCode.Slow, slow.Outbound.Close!.Code);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(slow.Outbound.Close.Reason), 1, CloseRequest.MaxReasonBytes);
        Assert.True(slow.Outbound.Bytes < 66 * 1024);
        List<JsonElement> messages = slow.Read();
        JsonElement error = messages[^1];
        Assert.Equal(4008, error.Code());
        Assert.Equal(17, error.GetProperty("resume").GetProperty("ep").GetInt32());
        Assert.Equal(Follow(messages, 0), error.GetProperty("resume").GetProperty("last").GetProperty("trades:AAPL").GetUInt64());
        Assert.Single(messages, m => m.T() == "slow");
        Assert.Equal(1, bench.Agent.Counters.SlowCloses);
    }

    [Fact]
    public void Should_Close_Lossless_And_Skip_For_Others_When_Records_Were_Lost()
    {
        var bench = new FanoutBench();
        BenchClient lossless = Ready(bench, "trades");
        BenchClient latest = Ready(bench, "trades", DeliveryMode.Latest);
        bench.Publisher.Trade("AAPL", 1);
        bench.Run();
        bench.Publisher.Jump("AAPL", "trades", 10);
        bench.Publisher.Trade("AAPL", 2);
        bench.Run();
        Assert.Equal(CloseCode.Slow, lossless.Outbound.Close!.Code);
        Assert.Null(latest.Outbound.Close);
        List<JsonElement> messages = latest.Read();
        Assert.Equal(["t", "skip", "t"], messages.Select(m => m.T()));
        Assert.Equal(12ul, Follow(messages, 0));
        Assert.Equal(10, bench.Agent.Counters.Dropped);
    }

    [Fact]
    public void Should_Notice_When_The_Ring_Laps_It()
    {
        var bench = new FanoutBench(publisher: new TestPublisher(ringBytes: 4096));
        BenchClient lossless = Ready(bench, "trades");
        BenchClient latest = Ready(bench, "trades", DeliveryMode.Latest);
        bench.Publisher.Trade("AAPL", 1);
        bench.Run();
        for (int i = 0; i < 200; i++) bench.Publisher.Trade("AAPL", i);
        bench.Run();
        bench.Publisher.Trade("AAPL", 3);
        bench.Run();
        Assert.Equal(1, bench.Agent.Counters.Laps);
        Assert.Equal(CloseCode.Slow, lossless.Outbound.Close!.Code);
        Assert.Equal(202ul, Follow(latest.Read(), 0));
    }

    [Fact]
    public void Should_Skip_What_Came_Before_The_Fanout()
    {
        var publisher = new TestPublisher();
        publisher.Trade("AAPL", 1);
        publisher.Trade("AAPL", 2);
        var bench = new FanoutBench(publisher: publisher);
        BenchClient client = Ready(bench, "trades");
        publisher.Trade("AAPL", 3);
        bench.Run();
        Assert.Null(client.Outbound.Close);
        Assert.Equal(3ul, Follow(client.Read(), 0));
    }

    [Fact]
    public void Should_Send_Later_Instruments_To_Those_Who_Asked_For_All()
    {
        var bench = new FanoutBench(new GatewaySettings { StreamsPerConnection = 3 });
        bench.Publisher.Trade("AAPL", 1);
        bench.Run();
        BenchClient client = bench.Connect();
        bench.Subscribe(client, "trades", "*");
        bench.Run();
        foreach (string symbol in (string[])["MSFT", "GOOG", "IBM", "XOM"]) bench.Publisher.Trade(symbol, 2);
        bench.Run();
        List<JsonElement> messages = client.Read();
        Assert.Equal(["success", "subscribed", "error", "t", "t"], messages.Select(m => m.T()).OrderBy(t => t switch { "success" => 0, "subscribed" => 1, "error" => 2, _ => 3 }));
        Assert.Equal(["MSFT", "GOOG"], messages.Where(m => m.T() == "t").Select(m => m.Text("S")));
        Assert.Equal(429, messages.Single(m => m.T() == "error").Code());
    }

    [Fact]
    public void Should_Snapshot_The_Newest_State_Of_Each_Bar()
    {
        var bench = new FanoutBench();
        for (int minute = 0; minute < 20; minute++)
        {
            bench.Publisher.Bar("AAPL", minute, minute, BarState.Open);
            bench.Publisher.Bar("AAPL", minute, minute, BarState.Closed);
        }

        bench.Publisher.Bar("AAPL", 20, 20, BarState.Open);
        bench.Publisher.Bar("AAPL", 15, 99, BarState.Revised, 1, RevisionReason.Late);
        bench.Run();
        BenchClient client = bench.Connect();
        bench.Subscribe(client, "bars.1m", "AAPL", snapshot: new SnapshotWindow(SnapshotKind.Window, 10 * 60_000_000_000L));
        bench.Run();
        JsonElement snap = client.Read().Single(m => m.T() == "snap");
        Assert.True(snap.GetProperty("last").GetBoolean());
        Assert.Equal(42ul, snap.Q());
        Assert.Equal([11, 12, 13, 14, 99, 16, 17, 18, 19, 20], snap.GetProperty("d").EnumerateArray().Select(b => b.GetProperty("c").GetDouble()));
        Assert.False(snap.GetProperty("d")[9].GetProperty("x").GetBoolean());

        BenchClient second = bench.Connect();
        bench.Subscribe(second, "bars.1m", "AAPL", snapshot: new SnapshotWindow(SnapshotKind.LastState, 0));
        bench.Run();
        Assert.Equal(20, second.Read().Single(m => m.T() == "snap").GetProperty("d")[0].GetProperty("c").GetDouble());
    }

    [Fact]
    public void Should_Cut_Long_Snapshots_Into_Parts()
    {
        var bench = new FanoutBench();
        for (int i = 0; i < 1201; i++) bench.Publisher.Trade("AAPL", i);
        bench.Run();
        BenchClient client = bench.Connect();
        bench.Subscribe(client, "trades", "AAPL", snapshot: new SnapshotWindow(SnapshotKind.Window, 1_000_000_000));
        bench.Run();
        List<JsonElement> parts = client.Read().Where(m => m.T() == "snap").ToList();
        Assert.Equal([500, 500, 201], parts.Select(p => p.GetProperty("d").GetArrayLength()));
        Assert.Equal([false, false, true], parts.Select(p => p.GetProperty("last").GetBoolean()));
    }

    [Fact]
    public void Should_Reject_A_Snapshot_That_Cannot_Fit()
    {
        var bench = new FanoutBench(new GatewaySettings { OutboundBufferKib = 64 });
        for (int i = 0; i < 1000; i++) bench.Publisher.Trade("AAPL", i);
        bench.Run();
        BenchClient client = bench.Connect();
        bench.Subscribe(client, "trades", "AAPL", snapshot: new SnapshotWindow(SnapshotKind.Window, 1_000_000_000));
        bench.Run();
        JsonElement ack = client.Read().Single(m => m.T() == "subscribed");
        Assert.Equal(413, ack.GetProperty("rejected")[0].Code());
        Assert.Null(client.Outbound.Close);
    }

    [Fact]
    public void Should_Send_The_Very_Bytes_Of_The_Ring_When_Binary()
    {
        var bench = new FanoutBench();
        BenchClient client = bench.Connect(new StreamOptions(true, TimeUnit.Microseconds));
        bench.Subscribe(client, "trades", "AAPL.X", DeliveryMode.Lossless);
        bench.Publisher.Add("AAPL");
        bench.Subscribe(client, "trades", "AAPL", DeliveryMode.Lossless);
        bench.Subscribe(client, "bars.1m", "AAPL");
        bench.Run();
        client.Drain();
        bench.Publisher.Trade("AAPL", 1.5);
        bench.Publisher.Trade("AAPL", 2.5);
        bench.Publisher.Bar("AAPL", 0, 3.5, BarState.Closed);
        bench.Run();
        Assert.True(client.Outbound.TryDequeue(out OutboundBatch? batch));
        Assert.Equal(2, batch!.FrameCount);
        ReadOnlySpan<TradeRecord> trades = MemoryMarshal.Cast<byte, TradeRecord>(batch.Frame(0).Span);
        Assert.Equal(FrameKind.Records64, batch.Kind(0));
        Assert.Equal([1.5, 2.5], trades.ToArray().Select(t => t.Price));
        Assert.Equal(FrameKind.Records128, batch.Kind(1));
        Assert.Equal(3.5, MemoryMarshal.Cast<byte, BarRecord>(batch.Frame(1).Span)[0].Close);
    }

    [Fact]
    public void Should_Send_Heartbeats_That_Count_The_Messages()
    {
        var bench = new FanoutBench();
        BenchClient client = Ready(bench, "trades");
        for (int i = 0; i < 10; i++) bench.Publisher.Trade("AAPL", i);
        bench.Run();
        client.Drain();
        bench.Clock.Advance(5_000_000_000);
        bench.Run();
        JsonElement heartbeat = client.Read().Single();
        Assert.Equal("hb", heartbeat.T());
        // The greeting, the acknowledgement and ten trades.
        Assert.Equal(12, heartbeat.GetProperty("n").GetInt64());
    }

    [Fact]
    public void Should_Allocate_Nothing_When_Warm()
    {
        var bench = new FanoutBench();
        BenchClient[] clients = [Ready(bench, "trades"), Ready(bench, "quotes"), Ready(bench, "bars.1m"), Ready(bench, "trades", DeliveryMode.Latest)];
        // Long enough for the histories to have grown to their bounds.
        for (int i = 0; i < 30; i++) Round(bench, clients, 200);
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 10; i++) Round(bench, clients, 200);
        }));
        Assert.All(clients, c => Assert.Null(c.Outbound.Close));
    }

    private static void Round(FanoutBench bench, BenchClient[] clients, int records)
    {
        for (int i = 0; i < records; i++)
        {
            bench.Publisher.Trade("AAPL", 190.21 + i);
            bench.Publisher.Quote("AAPL", 190.2, 190.22);
            bench.Publisher.Bar("AAPL", i, 1.0 / 3, i % 4 == 3 ? BarState.Closed : BarState.Open);
        }

        bench.Run();
        foreach (BenchClient client in clients) client.Drain();
        bench.Run();
        foreach (BenchClient client in clients) client.Drain();
    }

    private static BenchClient Ready(FanoutBench bench, string channel, DeliveryMode mode = DeliveryMode.Default, int ms = 0)
    {
        bench.Publisher.Add("AAPL");
        BenchClient client = bench.Connect();
        bench.Subscribe(client, channel, "AAPL", mode, ms);
        bench.Run();
        Assert.Equal(["success", "subscribed"], client.Read().Select(m => m.T()));
        return client;
    }

    /// <summary>Follows one stream by rule 3; returns the last q.</summary>
    private static ulong Follow(IEnumerable<JsonElement> messages, ulong last)
    {
        foreach (JsonElement message in messages)
        {
            if (message.T() == "skip")
            {
                Assert.Equal(last + 1, message.GetProperty("from").GetUInt64());
                last = message.GetProperty("to").GetUInt64();
            }
            else if (message.TryGetProperty("q", out JsonElement q))
            {
                Assert.Equal(last + 1, q.GetUInt64());
                last = q.GetUInt64();
            }
        }

        return last;
    }
}
