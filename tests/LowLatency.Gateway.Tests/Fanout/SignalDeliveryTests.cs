using System.Runtime.InteropServices;
using System.Text.Json;
using LowLatency.Gateway.Connections;
using LowLatency.Gateway.Fanout;
using LowLatency.Gateway.Json;
using LowLatency.Gateway.Protocol;
using LowLatency.Gateway.Tests.Support;
using LowLatency.Market.Records;

namespace LowLatency.Gateway.Tests.Fanout;

public sealed class SignalDeliveryTests
{
    [Fact]
    public void Should_Send_The_Newest_Sample_Of_The_Intensity_By_Default()
    {
        var bench = new FanoutBench();
        BenchClient client = Ready(bench, "intensity", DeliveryMode.Default);
        for (int k = 0; k < 5; k++) bench.Publisher.Intensity("AAPL", k * 10, 4, 5);
        bench.Run();
        List<JsonElement> messages = client.Read();
        Assert.Equal(["skip", "int"], messages.Select(m => m.T()));
        Assert.Equal((5ul, 40), (messages[1].Q(), messages[1].GetProperty("k").GetInt32()));
    }

    [Theory]
    [InlineData(nameof(DeliveryMode.Default))]
    [InlineData(nameof(DeliveryMode.Latest))]
    [InlineData(nameof(DeliveryMode.Lossless))]
    public void Should_Never_Conflate_Spikes_Reversals_And_Alerts(string name)
    {
        DeliveryMode mode = Enum.Parse<DeliveryMode>(name);
        var bench = new FanoutBench();
        BenchClient spikes = Ready(bench, "spikes", mode);
        BenchClient reversals = Ready(bench, "reversals", mode);
        BenchClient alerts = Ready(bench, "alerts", mode);
        for (int i = 0; i < 3; i++)
        {
            bench.Publisher.Spike("AAPL", SpikeState.Begin, 1);
            bench.Publisher.Spike("AAPL", SpikeState.End, 1);
            bench.Publisher.Reversal("AAPL", 1, -1, i);
            bench.Publisher.Alert("AAPL", $"alert {i}");
        }

        bench.Run();
        Assert.Equal(["begin", "end", "begin", "end", "begin", "end"], spikes.Read().Select(m => m.Text("state")));
        Assert.Equal([0, 1, 2], reversals.Read().Select(m => m.GetProperty("spike").GetInt32()));
        Assert.Equal(["alert 0", "alert 1", "alert 2"], alerts.Read().Select(m => m.Text("n")));
    }

    [Fact]
    public void Should_Keep_Signals_Of_The_Same_Time_Apart_In_A_Snapshot()
    {
        // Versions 3 and 4 can fire at the end of one bar; a bar's place would have room for one of them.
        var bench = new FanoutBench();
        bench.Publisher.Reversal("AAPL", 3, 1, 4);
        bench.Publisher.Reversal("AAPL", 4, 1, -1);
        bench.Run();
        BenchClient client = bench.Connect();
        bench.Subscribe(client, "reversals", "AAPL", DeliveryMode.Lossless, 0, new SnapshotWindow(SnapshotKind.Window, 60_000_000_000));
        bench.Run();
        JsonElement snapshot = Assert.Single(client.Read(), m => m.T() == "snap");
        Assert.Equal([3, 4], snapshot.GetProperty("d").EnumerateArray().Select(d => d.GetProperty("ver").GetInt32()));
    }

    [Fact]
    public void Should_Send_The_Very_Records_To_A_Binary_Client()
    {
        var bench = new FanoutBench();
        BenchClient client = Ready(bench, "reversals", DeliveryMode.Lossless, new StreamOptions(true, TimeUnit.Microseconds));
        bench.Publisher.Reversal("AAPL", 2, -1, 7);
        bench.Run();
        Assert.True(client.Outbound.TryDequeue(out OutboundBatch? batch));
        Assert.Equal(FrameKind.Records128, batch!.Kind(0));
        ReversalRecord record = Assert.Single(MemoryMarshal.Cast<byte, ReversalRecord>(batch.Frame(0).Span).ToArray());
        Assert.Equal((RecordType.Reversal, 2, -1, 190.4, 7), (record.Header.Type, (int)record.Version, (int)record.Direction, record.Price, (int)record.Spike));
    }

    private static BenchClient Ready(FanoutBench bench, string channel, DeliveryMode mode, StreamOptions options = default)
    {
        bench.Publisher.Add("AAPL");
        BenchClient client = bench.Connect(options);
        bench.Subscribe(client, channel, "AAPL", mode);
        bench.Run();
        client.Drain();
        return client;
    }
}
