using System.Text.Json;
using LowLatency.Gateway.Connections;
using LowLatency.Gateway.Fanout;
using LowLatency.Gateway.Json;
using LowLatency.Gateway.Protocol;
using LowLatency.Gateway.Tests.Support;
using LowLatency.Market.Records;

namespace LowLatency.Gateway.Tests.Json;

public sealed class RecordJsonTests
{
    [Fact]
    public void Should_Write_A_Trade() =>
        Assert.Equal(
            """{"T":"t","S":"AAPL","q":1,"i":"7","a":"B","p":190.21,"s":100,"t":1789000000000000,"r":1789000000000455,"src":"test"}""",
            Publish("trades", default, p => p.Trade("AAPL", 190.21)));

    [Fact]
    public void Should_Write_Nanoseconds_As_Strings_And_Flags_As_Truths() =>
        Assert.Equal(
            """{"T":"t","S":"AAPL","q":1,"i":"7","a":"B","p":1,"s":100,"t":"1789000000000000001","r":"1789000000000455001","src":"test","late":true,"susp":true}""",
            Publish("trades", new StreamOptions(false, TimeUnit.Nanoseconds), p => p.Trade("AAPL", 1, TestPublisher.StartNs + 1, RecordFlags.Late | RecordFlags.Suspect)));

    [Fact]
    public void Should_Leave_Out_What_A_Quote_Does_Not_Tell() =>
        Assert.Equal(
            """{"T":"q","S":"AAPL","q":1,"t":1789000000000000,"bp":1.5,"bs":3,"ap":2.5,"r":1789000000000455,"src":"test"}""",
            Publish("quotes", default, p => p.Quote("AAPL", 1.5, 2.5)));

    [Fact]
    public void Should_Write_A_Revised_Bar_With_Its_Reason() =>
        Assert.Equal(
            """{"T":"u","S":"AAPL","i":"1m","q":1,"t":1789000000000000,"o":2,"h":2,"l":2,"c":2,"v":10,"n":2,"vw":2,"bv":4,"x":true,"rev":3,"why":"correction"}""",
            Publish("bars.1m", default, p => p.Bar("AAPL", 0, 2, BarState.Revised, 3, RevisionReason.Correction)));

    [Fact]
    public void Should_Write_Null_Prices_For_An_Emptied_Bar() =>
        Assert.Contains("\"o\":null,\"h\":null,\"l\":null,\"c\":null", Publish("bars.1m", default, p => p.Bar("AAPL", 0, double.NaN, BarState.Revised, 1, RevisionReason.Cancel)));

    [Fact]
    public void Should_Write_Undefined_Outputs_As_Null() =>
        Assert.Equal(
            """{"T":"i","S":"AAPL","i":"1m","n":"macd(12,26,9)","q":1,"t":1789000000000000,"v":[0.5,null,-1.25],"rev":0}""",
            Publish("ind.1m.macd(12,26,9)", default, p => p.Indicator("AAPL", 0, 1, 0.5, double.NaN, -1.25)));

    [Fact]
    public void Should_Escape_Symbols() =>
        Assert.Equal("A\\B", JsonDocument.Parse(Publish("trades", default, p => p.Trade("A\\B", 1), "A\\B")).RootElement.Text("S"));

    private static string Publish(string channel, StreamOptions options, Action<TestPublisher> publish, string symbol = "AAPL")
    {
        var bench = new FanoutBench();
        bench.Publisher.Add(symbol);
        BenchClient client = bench.Connect(options);
        bench.Subscribe(client, channel, symbol, DeliveryMode.Lossless);
        bench.Run();
        client.Drain();
        publish(bench.Publisher);
        bench.Run();
        return client.Read().Single().GetRawText();
    }
}
