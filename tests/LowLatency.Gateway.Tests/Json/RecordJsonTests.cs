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
    public void Should_Write_How_Often_Values_Were_Restated() =>
        Assert.Equal(
            """{"T":"i","S":"AAPL","i":"1m","n":"rsi(14)","q":1,"t":1789000000000000,"v":[50],"rev":70000}""",
            Publish("ind.1m.rsi(14)", default, p => p.Indicator("AAPL", 0, 0, 70_000, RecordFlags.None, 50)));

    [Fact]
    public void Should_Mark_Provisional_Values() =>
        Assert.Equal(
            """{"T":"i","S":"AAPL","i":"1m","n":"rsi(14)","q":1,"t":1789000000000000,"v":[null],"rev":0,"prov":true}""",
            Publish("ind.1m.rsi(14)", default, p => p.Indicator("AAPL", 0, 0, 0, RecordFlags.Provisional, double.NaN)));

    [Fact]
    public void Should_Write_A_Sample_Of_The_Intensity() =>
        Assert.Equal(
            """{"T":"int","S":"AAPL","q":1,"k":1149,"t":1789000000000000,"p":10,"path":8,"net":-2,"el":2,"x":4,"e":-0.25,"sx":6,"base":2.5,"cv":1,"buf":5,"on":true,"d":-1}""",
            Publish("intensity", default, p => p.Intensity("AAPL", 1149, 6, 5, on: true)));

    [Fact]
    public void Should_Leave_Out_What_Is_Not_Warm() =>
        Assert.Equal(
            """{"T":"int","S":"AAPL","q":1,"k":100,"t":1789000000000000,"p":10,"path":8,"net":-2,"el":2,"x":4,"e":-0.25,"cv":1,"on":false,"d":0}""",
            Publish("intensity", default, p => p.Intensity("AAPL", 100, double.NaN, double.NaN)));

    [Fact]
    public void Should_Write_The_Begin_And_The_End_Of_A_Spike()
    {
        Assert.Equal(
            """{"T":"spike","S":"AAPL","q":1,"state":"begin","t":1789000000000000,"t0":1789000000000000,"k":1149,"d":0,"p":190.5,"x":8.4,"base":4,"buf":5.1}""",
            Publish("spikes", default, p => p.Spike("AAPL", SpikeState.Begin, 0)));
        Assert.Equal(
            """{"T":"spike","S":"AAPL","q":1,"state":"end","t":1789000001000000,"t0":1789000000000000,"k":1149,"d":1,"p":190.5,"x":8.4,"base":4,"buf":5.1,"ext":190.9,"from":190,"disp":47.25}""",
            Publish("spikes", default, p => p.Spike("AAPL", SpikeState.End, 1, TestPublisher.StartNs + 1_000_000_000)));
    }

    [Fact]
    public void Should_Write_A_Reversal_With_Its_Spike_If_It_Has_One()
    {
        Assert.Equal(
            """{"T":"rev","S":"AAPL","q":1,"ver":2,"d":-1,"p":190.4,"str":0.42,"ref":190.9,"inv":191,"t":1789000000000000,"spike":7}""",
            Publish("reversals", default, p => p.Reversal("AAPL", 2, -1, 7)));
        Assert.DoesNotContain("spike", Publish("reversals", default, p => p.Reversal("AAPL", 4, 1, -1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Write_An_Alert_With_What_It_Compares()
    {
        Assert.Equal(
            """{"T":"alert","S":"AAPL","q":1,"n":"spread_bps > 5 for 10s","t":1789000000000000,"t0":1788999990000000,"v":[5.25,null],"sup":3}""",
            Publish("alerts", default, p => p.Alert("AAPL", "spread_bps > 5 for 10s", 3, 10_000_000_000, 5.25, double.NaN)));
        Assert.Equal("""{"T":"alert","S":"AAPL","q":1,"n":"gap","t":1789000000000000,"v":[]}""", Publish("alerts", default, p => p.Alert("AAPL", "gap")));
    }

    [Fact]
    public void Should_Have_Room_For_The_Longest_Alert()
    {
        double[] values = [.. Enumerable.Repeat(-1.2345678901234567e-300, 8)];
        string longest = new('x', 240);
        JsonElement alert = JsonDocument.Parse(Publish("alerts", new StreamOptions(false, TimeUnit.Nanoseconds), p => p.Alert("AAPL", longest, uint.MaxValue, 1, values))).RootElement;
        Assert.Equal((longest, 8, uint.MaxValue), (alert.Text("n"), alert.GetProperty("v").GetArrayLength(), alert.GetProperty("sup").GetUInt32()));
    }

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
