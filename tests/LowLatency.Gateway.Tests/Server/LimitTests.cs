using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using LowLatency.Gateway.Tests.Support;

namespace LowLatency.Gateway.Tests.Server;

public sealed class LimitTests
{
    [Theory]
    [InlineData("{", 400, "not JSON")]
    [InlineData("", 400, "not JSON")]
    [InlineData("[]", 400, "one JSON object")]
    [InlineData("{}", 400, "action is missing")]
    [InlineData("{\"action\":1}", 400, "string")]
    [InlineData("{\"action\":\"subscrib\"}", 400, "there are subscribe")]
    [InlineData("{\"action\":\"subscribe\",\"id\":9,\"channels\":[],\"symbols\":[\"AAPL\"]}", 400, "channels")]
    [InlineData("{\"action\":\"subscribe\",\"id\":9,\"channels\":[\"trades\"]}", 400, "symbols")]
    [InlineData("{\"action\":\"subscribe\",\"id\":9,\"channels\":[\"trades\"],\"symbols\":[1]}", 400, "string")]
    [InlineData("{\"action\":\"subscribe\",\"id\":9,\"channels\":[\"trades\"],\"symbols\":[\"AAPL\"],\"mode\":\"fast\"}", 400, "lossless")]
    [InlineData("{\"action\":\"subscribe\",\"id\":9,\"channels\":[\"trades\"],\"symbols\":[\"AAPL\"],\"mode\":\"interval\"}", 400, "ms")]
    [InlineData("{\"action\":\"subscribe\",\"id\":9,\"channels\":[\"trades\"],\"symbols\":[\"AAPL\"],\"ms\":5}", 400, "interval")]
    [InlineData("{\"action\":\"subscribe\",\"id\":9,\"channels\":[\"trades\"],\"symbols\":[\"AAPL\"],\"snapshot\":\"10x\"}", 400, "10m")]
    [InlineData("{\"action\":\"subscribe\",\"id\":9,\"channels\":[\"trades\"],\"symbols\":[\"AAPL\"],\"snapshot\":\"99999999d\"}", 400, "30d")]
    [InlineData("{\"action\":\"subscribe\",\"id\":9,\"channels\":[\"trades\"],\"symbols\":[\"AAPL\"],\"snaphot\":\"10m\"}", 400, "snapshot")]
    [InlineData("{\"action\":\"subscribe\",\"id\":9,\"channels\":[\"\\ud800\"],\"symbols\":[\"AAPL\"]}", 400, "Unicode")]
    [InlineData("{\"action\":\"ping\",\"id\":1.5}", 400, "id")]
    [InlineData("{\"action\":\"resume\",\"id\":9}", 400, "last")]
    public async Task Should_Answer_A_Mistake_With_An_Error_That_Says_What_To_Do(string text, int code, string hint)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using TestClient client = await gateway.ConnectAsync();
        await client.SendAsync(text);
        JsonElement error = await client.UntilAsync("error");
        Assert.Equal(code, error.Code());
        Assert.Contains(hint, error.Text("msg"), StringComparison.Ordinal);
        Assert.Equal(text.Contains("\"id\":9", StringComparison.Ordinal), error.TryGetProperty("id", out _));
        await client.SendAsync("""{"action":"ping"}""");
        await client.UntilAsync("pong");
    }

    [Fact]
    public async Task Should_Reject_Streams_That_Are_Not_There_Or_Too_Many_Or_There_Already()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(null, ("streams_per_connection", "2"));
        foreach (string symbol in (string[])["AAPL", "MSFT", "GOOG"]) gateway.Publisher.Add(symbol);
        using TestClient client = await gateway.ConnectAsync();
        JsonElement rejected = (await client.SubscribeAsync("trades", "AAPL AAPX")).GetProperty("rejected");
        Assert.Equal("""{"ch":"trades","S":"AAPX","code":404,"msg":"unknown symbol AAPX; did you mean AAPL?"}""", rejected[0].GetRawText());
        rejected = (await client.SubscribeAsync("trade", "AAPL")).GetProperty("rejected");
        Assert.Equal("unknown channel trade; did you mean trades?", rejected[0].Text("msg"));
        rejected = (await client.SubscribeAsync("trades", "AAPL MSFT GOOG")).GetProperty("rejected");
        Assert.Equal([409, 429], rejected.EnumerateArray().Select(r => r.Code()));
        rejected = (await client.SubscribeAsync("quotes", "*")).GetProperty("rejected");
        Assert.Equal(("*", 429), (rejected[0].Text("S"), rejected[0].Code()));
        await client.SendAsync("""{"action":"subscribe","channels":["trades","quotes","bars.1m"],"symbols":["AAPL","MSFT"]}""");
        Assert.Equal(413, (await client.UntilAsync("error")).Code());
    }

    [Fact]
    public async Task Should_Take_A_Message_In_Fragments_And_Refuse_One_That_Is_Too_Large()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using TestClient client = await gateway.ConnectAsync();
        byte[] ping = """{"action":"ping"}"""u8.ToArray();
        await client.SendAsync(ping[..5], WebSocketMessageType.Text, end: false);
        await client.SendAsync(ping[5..], WebSocketMessageType.Text);
        await client.UntilAsync("pong");
        byte[] full = Encoding.ASCII.GetBytes("""{"action":"ping"}""".PadRight(16 * 1024));
        await client.SendAsync(full, WebSocketMessageType.Text);
        await client.UntilAsync("pong");
        await client.SendAsync([.. full, .. full, .. full], WebSocketMessageType.Text);
        Assert.Equal(413, (await client.UntilClosedAsync())[^1].Code());
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, client.Socket.CloseStatus);
    }

    [Fact]
    public async Task Should_Refuse_Binary()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using TestClient client = await gateway.ConnectAsync();
        await client.SendAsync([1, 2, 3], WebSocketMessageType.Binary);
        Assert.Equal(400, (await client.UntilAsync("error")).Code());
    }

    [Fact]
    public async Task Should_Slow_Down_And_Then_Close_A_Client_That_Talks_Too_Much()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(null, ("control_messages_per_second", "1"), ("control_burst", "5"), ("control_messages_over", "10"));
        using TestClient client = await gateway.ConnectAsync();
        for (int i = 0; i < 16; i++) await client.SendAsync("""{"action":"ping"}""");
        List<JsonElement> messages = await client.UntilClosedAsync();
        Assert.InRange(messages.Count(m => m.T() == "pong"), 5, 6);
        Assert.Equal(10, messages.Count(m => m.T() == "error" && m.Code() == 429));
        Assert.Equal(4029, (int?)client.Socket.CloseStatus);
    }

    [Fact]
    public async Task Should_Bound_The_Connections_Of_An_Address()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(null, ("connections_per_address", "2"));
        using TestClient first = await gateway.ConnectAsync();
        TestClient second = await gateway.ConnectAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, await RefusedAsync(gateway, "/v1/stream"));
        await second.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", TestContext.Current.CancellationToken);
        second.Dispose();
        HttpStatusCode status = HttpStatusCode.TooManyRequests;
        while (status == HttpStatusCode.TooManyRequests) status = await RefusedAsync(gateway, "/v1/stream");
        Assert.Equal(HttpStatusCode.SwitchingProtocols, status);
    }

    [Theory]
    [InlineData("/v1/stream?enc=xml", null, HttpStatusCode.BadRequest)]
    [InlineData("/v1/stream?ts=ms", null, HttpStatusCode.BadRequest)]
    [InlineData("/v1/stream?enc=bin", "mdstream.v1.json", HttpStatusCode.BadRequest)]
    [InlineData("/v1/stream", "graphql-ws", HttpStatusCode.BadRequest)]
    public async Task Should_Refuse_What_It_Cannot_Speak(string path, string? protocol, HttpStatusCode expected)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        Assert.Equal(expected, await RefusedAsync(gateway, path, protocol: protocol));
    }

    [Theory]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData("https://desk.example", HttpStatusCode.SwitchingProtocols)]
    [InlineData("self", HttpStatusCode.SwitchingProtocols)]
    public async Task Should_Let_Pages_Of_Its_Own_Origin_And_Allowed_Ones_Connect(string origin, HttpStatusCode expected)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(null, ("allowed_origins", "https://desk.example"));
        Assert.Equal(expected, await RefusedAsync(gateway, "/v1/stream", origin == "self" ? gateway.Url : origin));
    }

    [Fact]
    public async Task Should_Survive_Mutated_Messages_And_Leave_Others_Unharmed()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(null, ("control_messages_per_second", "10000"), ("control_burst", "10000"));
        gateway.Publisher.Add("AAPL");
        using TestClient witness = await gateway.ConnectAsync();
        await witness.SubscribeAsync("trades", "AAPL");
        string[] seeds =
        [
            """{"action":"subscribe","id":7,"channels":["trades","bars.1m"],"symbols":["AAPL"],"snapshot":"10m","mode":"lossless"}""",
            """{"action":"unsubscribe","channels":["trades"],"symbols":["*"]}""",
            """{"action":"resume","sid":"9f3c","ep":17,"last":{"trades:AAPL":18232,"bars.1m:AAPL":903}}""",
            """{"action":"auth","token":"x"}""",
            """{"action":"ping","id":"a"}""",
        ];
        var random = new Random(20_260);
        TestClient client = await gateway.ConnectAsync();
        Task reading = DiscardAsync(client);
        ulong q = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] frame = Mutate(Encoding.UTF8.GetBytes(seeds[random.Next(seeds.Length)]), random);
            if (client.Socket.State != WebSocketState.Open || reading.IsCompleted)
            {
                // A text that is no UTF-8 ends its connection, as RFC 6455 wants it.
                await reading;
                client.Dispose();
                client = await gateway.ConnectAsync();
                reading = DiscardAsync(client);
            }

            try
            {
                await client.SendAsync(frame, random.Next(20) == 0 ? WebSocketMessageType.Binary : WebSocketMessageType.Text);
            }
            catch (Exception closed) when (closed is WebSocketException or OperationCanceledException)
            {
                // Closed while we sent; the next turn connects again.
            }

            if (i % 100 != 0) continue;
            gateway.Publisher.Trade("AAPL", i);
            Assert.Equal(++q, (await witness.UntilAsync("t")).Q());
        }

        client.Socket.Abort();
        await reading;
        client.Dispose();
        string health = await gateway.Http.GetStringAsync("/health", TestContext.Current.CancellationToken);
        Assert.Equal(0, JsonDocument.Parse(health).RootElement.GetProperty("components").GetProperty("gateway").GetProperty("mistakes").GetInt32());
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var mutated = new List<byte>(bytes);
        for (int n = random.Next(4); n >= 0 && mutated.Count != 0; n--)
        {
            int at = random.Next(mutated.Count);
            switch (random.Next(5))
            {
                case 0:
                    mutated[at] = (byte)random.Next(256);
                    break;
                case 1:
                    mutated.RemoveAt(at);
                    break;
                case 2:
                    mutated.Insert(at, (byte)random.Next(32, 127));
                    break;
                case 3:
                    mutated.RemoveRange(at, random.Next(mutated.Count - at));
                    break;
                default:
                    mutated.InsertRange(at, mutated.GetRange(at, random.Next(mutated.Count - at)));
                    break;
            }
        }

        return [.. mutated];
    }

    private static async Task DiscardAsync(TestClient client)
    {
        byte[] buffer = new byte[4096];
        try
        {
            while ((await client.Socket.ReceiveAsync(buffer, CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception aborted) when (aborted is WebSocketException or OperationCanceledException)
        {
            // By either side.
        }
    }

    private static async Task<HttpStatusCode> RefusedAsync(TestGateway gateway, string path, string? origin = null, string? protocol = null)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        if (protocol is not null) socket.Options.AddSubProtocol(protocol);
        try
        {
            await socket.ConnectAsync(new Uri(gateway.Url.Replace("http", "ws", StringComparison.Ordinal) + path), TestContext.Current.CancellationToken);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return socket.HttpStatusCode;
    }
}
