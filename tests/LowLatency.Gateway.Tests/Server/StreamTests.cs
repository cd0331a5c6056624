using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using LowLatency.Gateway.Tests.Support;
using LowLatency.Market.Records;

namespace LowLatency.Gateway.Tests.Server;

public sealed class StreamTests
{
    [Fact]
    public async Task Should_Greet_Acknowledge_And_Stream()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Publisher.Trade("AAPL", 1);
        using TestClient client = await gateway.ConnectAsync();
        JsonElement success = (await client.ReadAsync())!.Value;
        Assert.Equal("connected", success.Text("msg"));
        Assert.Equal(17, success.GetProperty("ep").GetInt32());
        Assert.Equal(5000, success.GetProperty("hb").GetInt32());
        Assert.NotEmpty(success.Text("sid"));
        JsonElement ack = await client.SubscribeAsync("trades bars.1m", "AAPL");
        Assert.Equal("""[{"ch":"trades","S":"AAPL","q":1},{"ch":"bars.1m","S":"AAPL","q":0}]""", ack.GetProperty("streams").GetRawText());
        Assert.Equal(1, ack.GetProperty("id").GetInt32());
        gateway.Publisher.Trade("AAPL", 2);
        Assert.Equal(2ul, (await client.UntilAsync("t")).Q());
    }

    [Fact]
    public async Task Should_Have_No_Seam_Between_Snapshot_And_Updates()
    {
        const int Records = 100_000;
        // Room for all there is: on a busy machine eight readers of JSON may well be too slow, which is another test's matter.
        await using TestGateway gateway = await TestGateway.StartAsync(null, ("outbound_buffer_kib", "65536"));
        gateway.Publisher.Add("AAPL");
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task publishing = Task.Run(() =>
        {
            for (int i = 1; i <= Records; i++)
            {
                // The time is the number, so that a snapshot's items tell their q.
                gateway.Publisher.Trade("AAPL", i, i * 1000L);
                if (i == 1000) started.SetResult();
                // As a feed does it: bursts, with pauses in which subscribers come.
                if (i % 500 == 0) Thread.SpinWait(20_000);
            }
        }, TestContext.Current.CancellationToken);
        await started.Task;
        var random = new Random(3);
        Task[] clients = [.. Enumerable.Range(0, 8).Select(n => FollowAsync(gateway, TimeSpan.FromMilliseconds(random.Next(20 * n)), Records))];
        await Task.WhenAll(clients);
        await publishing;
    }

    [Fact]
    public async Task Should_Stop_When_Unsubscribed()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Publisher.Add("AAPL");
        gateway.Publisher.Add("MSFT");
        using TestClient client = await gateway.ConnectAsync();
        await client.SubscribeAsync("trades", "AAPL MSFT");
        await client.SendAsync("""{"action":"unsubscribe","id":"x","channels":["trades","quotes"],"symbols":["AAPL"]}""");
        JsonElement ack = await client.UntilAsync("unsubscribed");
        Assert.Equal("x", ack.Text("id"));
        Assert.Equal("AAPL", ack.GetProperty("streams")[0].Text("S"));
        Assert.Equal(404, ack.GetProperty("rejected")[0].Code());
        gateway.Publisher.Trade("AAPL", 1);
        gateway.Publisher.Trade("MSFT", 2);
        Assert.Equal("MSFT", (await client.UntilAsync("t")).Text("S"));
    }

    [Fact]
    public async Task Should_Serve_The_Aliases()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Publisher.Trade("AAPL", 1);
        gateway.Publisher.Indicator("AAPL", 0, 0, 55);
        using TestClient prices = await gateway.ConnectAsync("/ws/prices/AAPL");
        JsonElement ack = await prices.UntilAsync("subscribed");
        Assert.Equal(["trades", "quotes"], ack.GetProperty("streams").EnumerateArray().Select(s => s.Text("ch")));
        Assert.Equal(1, (await prices.UntilAsync("snap")).GetProperty("d").GetArrayLength());
        using TestClient analytics = await gateway.ConnectAsync("/ws/analytics/AAPL");
        IEnumerable<string> channels = (await analytics.UntilAsync("subscribed")).GetProperty("streams").EnumerateArray().Select(s => s.Text("ch"));
        Assert.Equal(["ind.1m.macd(12,26,9)", "ind.1m.rsi(14)", "ind.1s.macd(12,26,9)", "ind.1s.rsi(14)", "reversals", "spikes"], channels.Order());
        using TestClient unknown = await gateway.ConnectAsync("/ws/prices/AAPX");
        Assert.Contains("AAPL", (await unknown.UntilAsync("subscribed")).GetProperty("rejected")[0].Text("msg"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?enc=bin")]
    [InlineData("", "mdstream.v1.bin")]
    public async Task Should_Deliver_Binary(string query, params string[] protocols)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Publisher.Trade("AAPL", 1);
        using TestClient client = await gateway.ConnectAsync("/v1/stream" + query, null, protocols);
        Assert.Equal(protocols.FirstOrDefault(), client.Socket.SubProtocol);
        await client.SubscribeAsync("trades", "AAPL", ",\"snapshot\":true");
        Assert.Equal(1, (await client.UntilAsync("snap")).GetProperty("n").GetInt32());
        gateway.Publisher.Trade("AAPL", 2.5);
        var prices = new List<double>();
        while (prices.Count < 2)
        {
            (WebSocketMessageType type, byte[] bytes) = (await client.ReadFrameAsync())!.Value;
            Assert.Equal(WebSocketMessageType.Binary, type);
            foreach (TradeRecord trade in MemoryMarshal.Cast<byte, TradeRecord>(bytes)) prices.Add(trade.Price);
        }

        Assert.Equal([1, 2.5], prices);
    }

    [Fact]
    public async Task Should_Answer_A_Resume_With_411_And_A_Fresh_Snapshot()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Publisher.Trade("AAPL", 5);
        using TestClient client = await gateway.ConnectAsync();
        await client.SendAsync("""{"action":"resume","id":3,"sid":"9f3c","ep":17,"last":{"trades:AAPL":0,"nonsense":1}}""");
        JsonElement error = await client.UntilAsync("error");
        Assert.Equal((411, 3), (error.Code(), error.GetProperty("id").GetInt32()));
        JsonElement ack = await client.UntilAsync("subscribed");
        Assert.Equal(400, ack.GetProperty("rejected")[0].Code());
        Assert.Equal(5, (await client.UntilAsync("snap")).GetProperty("d")[0].GetProperty("p").GetDouble());
        gateway.Publisher.Trade("AAPL", 6);
        Assert.Equal(2ul, (await client.UntilAsync("t")).Q());
    }

    [Fact]
    public async Task Should_Answer_Auth_And_Ping()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using TestClient client = await gateway.ConnectAsync("/v1/stream?ts=ns");
        Assert.Equal(JsonValueKind.String, (await client.UntilAsync("success")).GetProperty("ts").ValueKind);
        await client.SendAsync("""{"action":"auth","id":1,"token":"any"}""");
        Assert.Equal(1, (await client.UntilAsync("success")).GetProperty("id").GetInt32());
        await client.SendAsync("""{"action":"ping","id":2}""");
        Assert.Equal(2, (await client.UntilAsync("pong")).GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task Should_Compress_Where_The_Setting_Allows_It_And_The_Client_Asks()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(null, ("permessage_deflate", "true"));
        gateway.Publisher.Add("AAPL");
        using TestClient client = await TestClient.ConnectAsync(gateway.Url.Replace("http", "ws", StringComparison.Ordinal) + "/v1/stream", null, [], new WebSocketDeflateOptions());
        await client.SubscribeAsync("trades", "AAPL");
        gateway.Publisher.Trade("AAPL", 190.21);
        Assert.Equal(190.21, (await client.UntilAsync("t")).GetProperty("p").GetDouble());
    }

    [Fact]
    public async Task Should_Close_A_Slow_Client_And_Give_A_Fast_One_Everything()
    {
        const int Records = 200_000;
        await using TestGateway gateway = await TestGateway.StartAsync(new TestPublisher(1 << 26), ("outbound_buffer_kib", "1024"), ("close_timeout_ms", "20000"));
        gateway.Publisher.Add("AAPL");
        using TestClient slow = await gateway.ConnectAsync();
        using TestClient fast = await gateway.ConnectAsync();
        await slow.SubscribeAsync("trades", "AAPL");
        await fast.SubscribeAsync("trades", "AAPL");
        ulong last = 0;
        for (int i = 1; i <= Records; i++)
        {
            gateway.Publisher.Trade("AAPL", i);
            if (i % 1000 != 0) continue;
            // The fast one keeps pace, whatever the machine's.
            while (last < (ulong)i) last = (await NextAsync(fast, last)).Q();
        }

        List<JsonElement> messages = await slow.UntilClosedAsync();
        Assert.Equal(4008, (int?)slow.Socket.CloseStatus);
        Assert.Equal(4008, messages[^1].Code());
        ulong slowLast = 0;
        foreach (JsonElement trade in messages.Where(m => m.T() == "t")) Assert.Equal(++slowLast, trade.Q());
        Assert.Equal(slowLast, messages[^1].GetProperty("resume").GetProperty("last").GetProperty("trades:AAPL").GetUInt64());
        Assert.InRange(slowLast, 1ul, (ulong)Records - 1);
    }

    private static async Task<JsonElement> NextAsync(TestClient client, ulong last)
    {
        JsonElement trade = await client.UntilAsync("t");
        Assert.Equal(last + 1, trade.Q());
        return trade;
    }

    private static async Task FollowAsync(TestGateway gateway, TimeSpan delay, ulong end)
    {
        using var timer = new PeriodicTimer(delay + TimeSpan.FromMilliseconds(1));
        await timer.WaitForNextTickAsync();
        using TestClient client = await gateway.ConnectAsync();
        JsonElement ack = await client.SubscribeAsync("trades", "AAPL", ",\"snapshot\":\"1s\"");
        ulong q = ack.GetProperty("streams")[0].Q();
        long newest = 0;
        while (true)
        {
            JsonElement snap = await client.UntilAsync("snap");
            Assert.Equal(q, snap.Q());
            foreach (JsonElement item in snap.GetProperty("d").EnumerateArray())
            {
                long time = item.GetProperty("t").GetInt64();
                if (newest != 0) Assert.Equal(newest + 1, time);
                newest = time;
            }

            if (snap.GetProperty("last").GetBoolean()) break;
        }

        Assert.Equal(q, (ulong)newest);
        while (q < end)
        {
            JsonElement message = (await client.ReadAsync())!.Value;
            if (message.T() == "slow" || message.T() == "hb") continue;
            Assert.Equal("t", message.T());
            Assert.Equal(++q, message.Q());
        }
    }
}
