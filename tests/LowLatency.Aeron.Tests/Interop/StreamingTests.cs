using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LowLatency.Aeron.Client;
using LowLatency.Aeron.Tests.Processes;

namespace LowLatency.Aeron.Tests.Interop;

/// <summary>Our client with the official ones, on our driver and on the official one.</summary>
public sealed partial class StreamingTests
{
    private const string Small = "aeron:ipc?term-length=64k";

    [Theory]
    [Drivers]
    public async Task Should_Be_Read_By_The_Official_Subscriber(DriverKind kind)
    {
        using var driver = new AnyDriver(kind);
        using AeronClient client = driver.Connect();
        using ConcurrentPublication publication = client.AddPublication(Small, 1001);
        using RoleProcess subscriber = OfficialPrograms.Start("basic_subscriber", "-p", driver.Directory, "-c", "aeron:ipc", "-s", "1001");
        Until(() => publication.IsConnected);
        foreach (int length in (int[])[1, 31, 32, 33, 1376, 1377, 2752, 2753, 8192])
        {
            string text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26))));
            Until(() => publication.Offer(Encoding.ASCII.GetBytes(text), out _));
            string line = await subscriber.LineAsync("Message to stream");
            Assert.Equal($"Message to stream 1001 from session {publication.SessionId} ({length} bytes) <<{text}>>", line);
        }
    }

    [Theory]
    [Drivers]
    public async Task Should_Read_The_Official_Publisher(DriverKind kind)
    {
        using var driver = new AnyDriver(kind);
        using AeronClient client = driver.Connect();
        using Subscription subscription = client.AddSubscription("aeron:ipc", 1001);
        var texts = new List<byte[]>();
        FragmentHandler handler = FragmentAssembler.For((payload, in header) => texts.Add(payload.ToArray()));
        using RoleProcess publisher = OfficialPrograms.Start("basic_publisher", "-p", driver.Directory, "-c", "aeron:ipc", "-s", "1001", "-m", "3");
        Until(() => subscription.Poll(handler, 10) >= 0 && texts.Count == 3);
        Assert.All(texts, text => Assert.StartsWith("Hello World!", Encoding.ASCII.GetString(text), StringComparison.Ordinal));
        // This sample ends with 1 whatever happens; what goes wrong it says.
        Assert.Contains("Done sending.", (await publisher.ExitAsync()).Lines);
        Assert.Empty(publisher.ErrorText);
        Until(() => !subscription.IsConnected);
        using RoleProcess full = OfficialPrograms.Start("basic_publisher", "-p", driver.Directory, "-c", "aeron:ipc", "-s", "1001", "-m", "2", "-f");
        Until(() => subscription.Poll(handler, 10) >= 0 && texts.Count == 5);
        Assert.Equal([1375, 1375], texts[3..].Select(t => t.Length));
    }

    [Theory]
    [Drivers]
    public async Task Should_Fill_Small_Terms_For_The_Official_Subscriber(DriverKind kind)
    {
        const int Messages = 300_000;
        using var driver = new AnyDriver(kind);
        using AeronClient client = driver.Connect();
        using RoleProcess subscriber = OfficialPrograms.Start("rate_subscriber", "-p", driver.Directory, "-c", Small, "-s", "1002", "-f", "256");
        foreach (bool isExclusive in (bool[])[false, true])
        {
            using Publication publication = isExclusive ? client.AddExclusivePublication(Small, 1002) : client.AddPublication(Small, 1002);
            Until(() => publication.IsConnected);
            byte[] message = new byte[64];
            var wait = default(SpinWait);
            for (int i = 0; i < Messages;)
            {
                if (publication.Offer(message, out OfferResult result)) i++;
                else if (result.Status != OfferStatus.AdminAction) wait.SpinOnce(sleep1Threshold: 50);
            }

            Assert.True(publication.Position > 65536L * 300);
        }

        long total = 0;
        while (total < 2 * Messages) total = TotalOf(await subscriber.LineAsync(""), total);
        Assert.Equal(2 * Messages, total);
    }

    [Theory]
    [Drivers]
    public async Task Should_Take_What_The_Official_Publishers_Stream(DriverKind kind)
    {
        const int Messages = 100_000;
        using var driver = new AnyDriver(kind);
        using AeronClient client = driver.Connect();
        using Subscription subscription = client.AddSubscription(Small, 1003);
        (string, int, int)[] programs = [("streaming_publisher", 256, Messages), ("streaming_publisher", 8192, 10_000), ("streaming_exclusive_publisher", 0, Messages)];
        foreach ((string program, int length, int count) in programs)
        {
            string[] size = length == 0 ? [] : ["-L", $"{length}"];
            using RoleProcess publisher = OfficialPrograms.Start(program, ["-p", driver.Directory, "-c", Small, "-s", "1003", .. size, "-m", $"{count}", "-l", "0"]);
            int received = 0;
            int wrong = 0;
            long position = 0;
            FragmentHandler handler = FragmentAssembler.For((payload, in header) =>
            {
                received++;
                if ((length != 0 && payload.Length != length) || header.Position <= position) wrong++;
                position = header.Position;
            });
            Until(() => subscription.Poll(handler, 100) >= 0 && received >= count);
            Assert.Equal((count, 0), (received, wrong));
            Assert.Equal(0, (await publisher.ExitAsync()).Code);
            Until(() => !subscription.IsConnected);
        }
    }

    [Theory]
    [Drivers]
    public void Should_Share_A_Log_With_An_Official_Publisher(DriverKind kind)
    {
        const int Messages = 30_000;
        const int Theirs = 48;
        using var driver = new AnyDriver(kind);
        using AeronClient client = driver.Connect();
        using Subscription subscription = client.AddSubscription(Small, 1004);
        using ConcurrentPublication publication = client.AddPublication(Small, 1004);
        using RoleProcess ours = RoleProcess.Start(
            "publish", $"dir={driver.Directory}", $"channel={Small}", "stream=1004", "producer=1", $"count={Messages}", "least=64", "most=3000", "quick=1");
        using RoleProcess official = OfficialPrograms.Start("streaming_publisher", "-p", driver.Directory, "-c", Small, "-s", "1004", "-L", $"{Theirs}", "-m", $"{Messages}");
        var checker = new PatternChecker(2);
        int theirs = 0;
        int sessions = 0;
        FragmentHandler handler = FragmentAssembler.For((payload, in header) =>
        {
            if (header.SessionId == publication.SessionId) sessions++;
            if (payload.Length == Theirs) theirs++;
            else checker.OnFragment(payload, header);
        });
        byte[] message = new byte[3000];
        long sent = 0;
        Until(() =>
        {
            for (int i = 0; i < 100 && sent < Messages; i++)
            {
                Span<byte> body = message.AsSpan(0, Pattern.LengthOf(sent, 64, 3000));
                Pattern.Write(body, 0, sent);
                if (!publication.Offer(body, out _)) break;
                sent++;
            }

            subscription.Poll(handler, 1000);
            return checker.Count + theirs >= 3 * Messages;
        });
        Assert.Equal((0, 2L * Messages, Messages, 3 * Messages), (checker.Mistakes, checker.Count, theirs, sessions));
    }

    [Theory]
    [Drivers]
    public async Task Should_Answer_The_Official_Ping_And_Ping_The_Official_Pong(DriverKind kind)
    {
        using var driver = new AnyDriver(kind);
        using AeronClient client = driver.Connect();
        using (Subscription pings = client.AddSubscription("aeron:ipc", 1002))
        using (ExclusivePublication pongs = client.AddExclusivePublication("aeron:ipc", 1003))
        using (RoleProcess ping = OfficialPrograms.Start("cping", "-p", driver.Directory, "-c", "aeron:ipc", "-C", "aeron:ipc", "-s", "1002", "-S", "1003", "-m", "2000", "-w", "100"))
        {
            Until(() =>
            {
                pings.Poll((payload, in header) =>
                {
                    var patience = default(Patience);
                    while (!pongs.Offer(payload, out _)) patience.Look();
                }, 10);
                return ping.HasExited;
            });
            Assert.Equal(0, (await ping.ExitAsync(closesInput: false)).Code);
        }

        using RoleProcess pong = OfficialPrograms.Start("cpong", "-p", driver.Directory, "-c", "aeron:ipc", "-C", "aeron:ipc", "-s", "1012", "-S", "1013");
        using ConcurrentPublication ours = client.AddPublication("aeron:ipc", 1012);
        using Subscription back = client.AddSubscription("aeron:ipc", 1013);
        Until(() => ours.IsConnected && back.IsConnected);
        for (int i = 0; i < 2000; i++)
        {
            byte[] number = BitConverter.GetBytes(i);
            Until(() => ours.Offer(number, out _));
            int answers = 0;
            Until(() =>
            {
                answers += back.Poll((payload, in header) => Assert.True(payload.SequenceEqual(number)), 10);
                return answers == 1;
            });
        }
    }

    [Theory]
    [InlineData("Throughput", "-c", "aeron:ipc?term-length=64k", "-L", "64", "-m", "200000", "-l", "0")]
    [InlineData("ExclusiveThroughput", "-c", "aeron:ipc?term-length=64k", "-L", "64", "-m", "200000", "-l", "0")]
    [InlineData("PingPong", "-c", "aeron:ipc", "-C", "aeron:ipc", "-m", "2000", "-w", "100")]
    [InlineData("ExclusivePingPong", "-c", "aeron:ipc", "-C", "aeron:ipc", "-m", "2000", "-w", "100")]
    public async Task Should_Carry_Official_Programs_That_Speak_To_Themselves(string program, params string[] arguments)
    {
        using var driver = new AnyDriver(DriverKind.Embedded);
        using RoleProcess process = OfficialPrograms.Start(program, ["-p", driver.Directory, .. arguments]);
        // Some ask whether to do it again.
        process.Write("n");
        (int code, List<string> lines) = await process.ExitAsync();
        Assert.True(code == 0, $"{code}: {string.Join('\n', lines)} {process.ErrorText}");
    }

    [Fact]
    public async Task Should_Carry_Official_Programs_That_Speak_To_Each_Other()
    {
        using var driver = new AnyDriver(DriverKind.Embedded);
        using RoleProcess subscriber = OfficialPrograms.Start("basic_subscriber", "-p", driver.Directory, "-c", "aeron:ipc", "-s", "1001");
        using RoleProcess publisher = OfficialPrograms.Start("basic_publisher", "-p", driver.Directory, "-c", "aeron:ipc", "-s", "1001", "-m", "3");
        Assert.EndsWith("<<Hello World! 0>>", await subscriber.LineAsync("Message to stream"), StringComparison.Ordinal);
        Assert.Contains("Done sending.", (await publisher.ExitAsync()).Lines);
        using RoleProcess pong = OfficialPrograms.Start("cpong", "-p", driver.Directory, "-c", "aeron:ipc", "-C", "aeron:ipc", "-s", "1002", "-S", "1003");
        using RoleProcess ping = OfficialPrograms.Start("cping", "-p", driver.Directory, "-c", "aeron:ipc", "-C", "aeron:ipc", "-s", "1002", "-S", "1003", "-m", "2000", "-w", "100");
        Assert.Equal(0, (await ping.ExitAsync()).Code);
        using RoleProcess rate = OfficialPrograms.Start("rate_subscriber", "-p", driver.Directory, "-c", Small, "-s", "1005");
        using RoleProcess streaming = OfficialPrograms.Start("streaming_publisher", "-p", driver.Directory, "-c", Small, "-s", "1005", "-L", "256", "-m", "100000", "-l", "0");
        long total = 0;
        while (total < 100_000) total = TotalOf(await rate.LineAsync(""), total);
        Assert.Equal(100_000, total);
        Assert.Equal(0, (await streaming.ExitAsync()).Code);
    }

    [Fact]
    public async Task Should_Carry_The_Official_Programs_Of_Cpp()
    {
        using var driver = new AnyDriver(DriverKind.Embedded);
        using RoleProcess subscriber = OfficialPrograms.Start("BasicSubscriber", "-p", driver.Directory, "-c", "aeron:ipc", "-s", "1001");
        using RoleProcess publisher = OfficialPrograms.Start("BasicPublisher", "-p", driver.Directory, "-c", "aeron:ipc", "-s", "1001", "-m", "3");
        // They come in any order: what is published before the subscriber is there is not kept for it.
        Assert.Contains("Done sending.", (await publisher.ExitAsync()).Lines);
        using AeronClient client = driver.Connect();
        using Subscription subscription = client.AddSubscription(Small, 1006);
        long bytes = 0;
        using RoleProcess streaming = OfficialPrograms.Start("StreamingPublisher", "-p", driver.Directory, "-c", Small, "-s", "1006", "-L", "256", "-m", "50000", "-l", "0");
        Until(() => subscription.Poll((payload, in header) => bytes += payload.Length, 100) >= 0 && bytes >= 256 * 50_000);
        Assert.Equal(256 * 50_000, bytes);
        streaming.Write("n");
        Assert.Equal(0, (await streaming.ExitAsync()).Code);
    }

    [Fact]
    public async Task Should_Speak_Udp_Through_The_Official_Driver()
    {
        using var driver = new AnyDriver(DriverKind.Official);
        using AeronClient client = driver.Connect();
        const string Udp = "aeron:udp?endpoint=localhost:20129|term-length=64k";
        using ConcurrentPublication publication = client.AddPublication(Udp, 1001);
        using Subscription subscription = client.AddSubscription(Udp, 1001);
        using Subscription spy = client.AddSubscription($"aeron-spy:{Udp}", 1001);
        Until(() => publication.IsConnected && subscription.IsConnected && spy.IsConnected);
        int seen = 0;
        int spied = 0;
        byte[] message = new byte[5000];
        FragmentHandler handler = FragmentAssembler.For((payload, in header) => seen += payload.Length == 5000 ? 1 : 1000);
        FragmentHandler spying = FragmentAssembler.For((payload, in header) => spied += payload.Length == 5000 ? 1 : 1000);
        for (int sent = 0; sent < 200;)
        {
            if (publication.Offer(message, out _)) sent++;
            subscription.Poll(handler, 100);
            spy.Poll(spying, 100);
        }

        Until(() => subscription.Poll(handler, 100) + spy.Poll(spying, 100) >= 0 && seen >= 200 && spied >= 200);
        Assert.Equal((200, 200), (seen, spied));
        using RoleProcess publisher = OfficialPrograms.Start("basic_publisher", "-p", driver.Directory, "-c", Udp, "-s", "1001", "-m", "1");
        Until(() => subscription.Poll((payload, in header) => { }, 10) > 0);
        Assert.Contains("Done sending.", (await publisher.ExitAsync()).Lines);
    }

    // The reporter's totals are the last numbers of its lines.
    private static long TotalOf(string line, long before)
    {
        Match match = Totals().Match(line);
        return match.Success ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : before;
    }

    private static void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, 120_000));

    [GeneratedRegex(@"totals (\d+) messages")]
    private static partial Regex Totals();
}
