using LowLatency.Aeron.Client;
using LowLatency.Aeron.Driver;
using LowLatency.Aeron.Protocol;
using LowLatency.Aeron.Tests.Processes;
using LowLatency.Aeron.Tests.Simulation;
using LowLatency.Core.Counters;

namespace LowLatency.Aeron.Tests.Interop;

/// <summary>What dies, is halted or asks for the impossible, ours and the official ones together; and the official tools.</summary>
public sealed class LivenessTests
{
    [Fact]
    public async Task Should_Be_Readable_By_The_Official_Tools()
    {
        using var driver = new AnyDriver(DriverKind.Embedded);
        using AeronClient client = driver.Connect();
        using AeronCounter counter = client.AddCounter(1234, [], "orders of ours");
        counter.Value = 4711;
        using Subscription subscription = client.AddSubscription("aeron:ipc", 77);
        using ConcurrentPublication publication = client.AddPublication("aeron:ipc", 77);
        Assert.Throws<RegistrationException>(() => client.AddPublication("aeron:udp?endpoint=localhost:1", 1));
        Until(() => client.Counters.ReadAll().Any(c => c.Label.Contains("name=ours", StringComparison.Ordinal)));
        using RoleProcess stat = OfficialPrograms.Start("AeronStat", "-d", driver.Directory, "-w", "false");
        (int code, List<string> lines) = await stat.ExitAsync();
        Assert.Equal(0, code);
        string all = string.Join('\n', lines);
        foreach (CounterSnapshot own in client.Counters.ReadAll()) Assert.Contains(own.Label, all, StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("4,711", StringComparison.Ordinal) && line.EndsWith("orders of ours", StringComparison.Ordinal));
        using RoleProcess errors = OfficialPrograms.Start("ErrorStat", "-d", driver.Directory);
        (code, lines) = await errors.ExitAsync();
        Assert.Equal(0, code);
        Assert.Contains(lines, line => line.Contains("aeronmd", StringComparison.Ordinal));
        using RoleProcess tool = OfficialPrograms.Start("DriverTool", "-P", "-d", driver.Directory);
        (code, lines) = await tool.ExitAsync();
        Assert.Equal((0, $"{Environment.ProcessId}"), (code, lines[0].Trim()));
    }

    [Fact]
    public async Task Should_List_The_Counters_Of_The_Official_Driver()
    {
        using var driver = new AnyDriver(DriverKind.Official);
        using AeronClient client = driver.Connect();
        using AeronCounter counter = client.AddCounter(1234, [1, 2, 3], "orders of ours");
        counter.Value = 4711;
        using RoleProcess stat = OfficialPrograms.Start("AeronStat", "-d", driver.Directory, "-w", "false");
        (int code, List<string> lines) = await stat.ExitAsync();
        Assert.Equal(0, code);
        Assert.Contains(lines, line => line.Contains("4,711", StringComparison.Ordinal) && line.EndsWith("orders of ours", StringComparison.Ordinal));
        string all = string.Join('\n', lines);
        Assert.Equal(Enumerable.Range(0, 46), client.Counters.ReadAll().Take(46).Select(c => c.Id));
        Assert.All(client.Counters.ReadAll().Where(c => c.TypeId == CounterTypes.System), c => Assert.Contains(c.Label, all, StringComparison.Ordinal));
        counter.Dispose();
        Until(() => client.Counters.ReadAll().All(c => c.TypeId != 1234));
    }

    [Theory]
    [Drivers]
    public void Should_Share_A_Static_Counter(DriverKind kind)
    {
        using var driver = new AnyDriver(kind);
        int id;
        using (AeronClient first = driver.Connect())
        {
            AeronCounter counter = first.AddStaticCounter(1300, [1, 2, 3], "of nobody", 77);
            counter.Value = 5;
            id = counter.Id;
        }

        using AeronClient second = driver.Connect();
        using AeronCounter again = second.AddStaticCounter(1300, [1, 2, 3], "of nobody", 77);
        Assert.Equal((id, 5L), (again.Id, again.Value));
    }

    [Theory]
    [Drivers]
    public void Should_Tell_A_Publisher_Why_Its_Image_Was_Rejected(DriverKind kind)
    {
        using var driver = new AnyDriver(kind);
        var errors = new World.RecordedErrors();
        using AeronClient publishing = driver.Connect(errors);
        using AeronClient subscribing = driver.Connect();
        using ConcurrentPublication publication = publishing.AddPublication("aeron:ipc", 1001);
        using Subscription subscription = subscribing.AddSubscription("aeron:ipc", 1001);
        Until(() => subscription.IsConnected && publication.IsConnected);
        subscription.Images[0].Reject("no");
        Until(() => errors.All.Count == 1 && !subscription.IsConnected && !publication.IsConnected);
        RegistrationException thrown = Assert.IsType<RegistrationException>(errors.All[0]);
        Assert.Equal(AeronErrorCode.ImageRejected, thrown.Code);
        Assert.Contains("no", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(1, driver.Counter(SystemCounters.ImagesRejected));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_Obey_The_Official_Tool_Where_The_Application_Agrees(bool agrees)
    {
        using var folder = new MemoryFolder();
        OfficialPrograms.Need("DriverTool");
        int asked = 0;
        using MediaDriver driver = MediaDriver.Launch(new MediaDriverContext
        {
            Directory = folder.PathOf("driver"),
            TerminationValidator = _ =>
            {
                Interlocked.Increment(ref asked);
                return agrees;
            },
        });
        using RoleProcess tool = OfficialPrograms.Start("DriverTool", "-T", "-d", driver.Directory);
        Assert.Equal(0, (await tool.ExitAsync()).Code);
        Until(() => Volatile.Read(ref asked) == 1 && driver.IsClosed == agrees);
        Assert.Equal(!agrees, File.Exists(Path.Combine(driver.Directory, "cnc.dat")));
    }

    [Fact]
    public async Task Should_Refuse_Udp_To_An_Official_Client_At_Once()
    {
        using var driver = new AnyDriver(DriverKind.Embedded);
        using RoleProcess publisher = OfficialPrograms.Start("basic_publisher", "-p", driver.Directory, "-c", "aeron:udp?endpoint=localhost:20121", "-m", "1");
        Assert.NotEqual(0, (await publisher.ExitAsync()).Code);
        Assert.Contains("aeronmd", publisher.ErrorText, StringComparison.Ordinal);
        Assert.Equal(1, driver.Counter(SystemCounters.Errors));
    }

    [Theory]
    [Drivers]
    public void Should_Be_Told_Why_A_Command_Failed(DriverKind kind)
    {
        using var driver = new AnyDriver(kind);
        using AeronClient client = driver.Connect();
        using ExclusivePublication first = client.AddExclusivePublication("aeron:ipc?session-id=77", 1);
        using ConcurrentPublication shared = client.AddPublication("aeron:ipc", 2);
        foreach ((string channel, int stream, bool isExclusive, string why) in ((string, int, bool, string)[])[
            ("aeron:ipc?term-length=100000", 3, false, "power of two"),
            ("aeron:ipc?session-id=77", 1, true, "clashing"),
            ("aeron:ipc?term-length=128k", 2, false, "existing"),
            ("aeron:ipc?init-term-id=1", 3, false, "")])
        {
            RegistrationException thrown = Assert.Throws<RegistrationException>(
                () => _ = isExclusive ? (Publication)client.AddExclusivePublication(channel, stream) : client.AddPublication(channel, stream));
            Assert.True(thrown.Code is AeronErrorCode.InvalidChannel or AeronErrorCode.GenericError, thrown.Message);
            // The official driver has its own words.
            Assert.Contains(kind == DriverKind.Embedded ? why : "", thrown.Message, StringComparison.Ordinal);
        }

        Assert.False(client.IsClosed);
    }

    [Theory]
    [Drivers]
    public void Should_End_At_The_Last_Position_And_Say_What_Holds_It_Up(DriverKind kind)
    {
        using var driver = new AnyDriver(kind);
        using AeronClient client = driver.Connect();
        using ConcurrentPublication publication = client.AddPublication("aeron:ipc?init-term-id=0|term-id=2147483647|term-offset=65408|term-length=64k", 1);
        Assert.False(publication.Offer("0"u8, out OfferResult result));
        Assert.Equal(OfferStatus.NotConnected, result.Status);
        using Subscription subscription = client.AddSubscription("aeron:ipc", 1);
        Until(() => publication.Offer("1"u8, out _));
        Until(() => !publication.Offer("2"u8, out OfferResult last) && last.Status == OfferStatus.MaxPositionExceeded);
        using ExclusivePublication full = client.AddExclusivePublication("aeron:ipc", 2);
        using Subscription paused = client.AddSubscription("aeron:ipc", 2);
        Until(() => !full.Offer(new byte[1000], out OfferResult refused) && refused.Status == OfferStatus.BackPressured);
        full.Dispose();
        Assert.False(full.Offer("x"u8, out result));
        Assert.Equal(OfferStatus.Closed, result.Status);
    }

    [Theory]
    [Drivers]
    public async Task Should_Free_Official_And_Own_Subscribers_From_A_Claim_Whose_Owner_Is_Killed(DriverKind kind)
    {
        using var driver = new AnyDriver(kind);
        using AeronClient client = driver.Connect();
        using ConcurrentPublication publication = client.AddPublication("aeron:ipc", 1001);
        using Subscription subscription = client.AddSubscription("aeron:ipc", 1001);
        using RoleProcess official = OfficialPrograms.Start("basic_subscriber", "-p", driver.Directory, "-c", "aeron:ipc", "-s", "1001");
        using RoleProcess claimer = RoleProcess.Start("claim", $"dir={driver.Directory}", "channel=aeron:ipc", "stream=1001", "quick=1");
        await claimer.LineAsync("claimed");
        claimer.Kill();
        Assert.True(publication.Offer("behind"u8, out _));
        Until(() => subscription.Poll((payload, in header) => Assert.True(payload.SequenceEqual("behind"u8)), 10) == 1);
        Assert.EndsWith("<<behind>>", await official.LineAsync("Message to stream"), StringComparison.Ordinal);
        Assert.True(driver.Counter(SystemCounters.UnblockedPublications) >= 1);
    }

    [Theory]
    [Drivers]
    public async Task Should_Go_On_When_An_Official_Subscriber_Is_Killed_Or_Halted(DriverKind kind)
    {
        using var driver = new AnyDriver(kind);
        using AeronClient client = driver.Connect();
        using ConcurrentPublication publication = client.AddPublication("aeron:ipc", 1001);
        foreach (string signal in (string[])["KILL", "STOP"])
        {
            using RoleProcess official = OfficialPrograms.Start("basic_subscriber", "-p", driver.Directory, "-c", "aeron:ipc", "-s", "1001");
            Until(() => publication.Offer("first"u8, out _));
            await official.LineAsync("Message to stream");
            official.Signal(signal);
            using Subscription fast = client.AddSubscription("aeron:ipc", 1001);
            byte[] message = new byte[1000];
            Until(() => !publication.Offer(message, out OfferResult result) && result.Status == OfferStatus.BackPressured);
            // The halted one holds it up until the driver gives it up.
            long target = publication.Position + (10 * 65536);
            Until(() =>
            {
                fast.Poll((payload, in header) => { }, 100);
                publication.Offer(message, out _);
                return publication.Position > target;
            });
            if (signal != "STOP") continue;
            official.Signal("CONT");
            // It learns that it was given up.
            (int code, List<string> lines) = await official.ExitAsync(closesInput: false);
            Assert.True(code != 0 || official.ErrorText.Length > 0, string.Join('\n', lines));
        }
    }

    [Fact]
    public async Task Should_Notice_How_The_Official_Driver_Ends()
    {
        foreach ((string signal, string why) in ((string, string)[])[("TERM", "shut down"), ("KILL", "given no sign")])
        {
            using var driver = new AnyDriver(DriverKind.Official);
            var errors = new World.RecordedErrors();
            using AeronClient client = driver.Connect(errors);
            using ConcurrentPublication publication = client.AddPublication("aeron:ipc", 1);
            driver.Official!.Signal(signal);
            Until(() => client.IsClosed && errors.All.Count > 0);
            Assert.Contains(why, errors.All[0].Message, StringComparison.Ordinal);
            Assert.True(publication.IsClosed);
            AeronException thrown = Assert.ThrowsAny<AeronException>(() => AeronClient.Connect(new AeronContext { Directory = driver.Directory, DriverTimeoutMs = 500 }));
            Assert.IsType<AeronTimeoutException>(thrown);
        }
    }

    [Fact]
    public async Task Should_Be_Missed_By_An_Official_Client_And_Found_Again()
    {
        using var folder = new MemoryFolder();
        string directory = folder.PathOf("driver");
        OfficialPrograms.Need("basic_subscriber", "basic_publisher");
        using RoleProcess driver = RoleProcess.Start("driver", $"dir={directory}", "quick=1");
        await driver.LineAsync("ready");
        using RoleProcess subscriber = OfficialPrograms.Start("basic_subscriber", "-p", directory, "-c", "aeron:ipc", "-s", "1001");
        using RoleProcess publisher = OfficialPrograms.Start("basic_publisher", "-p", directory, "-c", "aeron:ipc", "-s", "1001", "-m", "1");
        await subscriber.LineAsync("Message to stream");
        driver.Kill();
        // Its driver timeout is ten seconds.
        (int code, List<string> lines) = await subscriber.ExitAsync(closesInput: false);
        Assert.True(code != 0 || subscriber.ErrorText.Length > 0, string.Join('\n', lines));
        using RoleProcess next = RoleProcess.Start("driver", $"dir={directory}", "quick=1");
        await next.LineAsync("ready");
        using RoleProcess again = OfficialPrograms.Start("basic_subscriber", "-p", directory, "-c", "aeron:ipc", "-s", "1001");
        using RoleProcess also = OfficialPrograms.Start("basic_publisher", "-p", directory, "-c", "aeron:ipc", "-s", "1001", "-m", "1");
        await again.LineAsync("Message to stream");
    }

    [Theory]
    [Drivers]
    public async Task Should_Let_Go_Of_A_Halted_Untethered_Subscriber(DriverKind kind)
    {
        using var driver = new AnyDriver(kind);
        using AeronClient client = driver.Connect();
        using ConcurrentPublication publication = client.AddPublication("aeron:ipc", 1001);
        using Subscription fast = client.AddSubscription("aeron:ipc", 1001);
        // It lives and does not poll.
        using RoleProcess slow = RoleProcess.Start("live", $"dir={driver.Directory}", "channel=aeron:ipc?tether=false", "stream=1001");
        await slow.LineAsync("image");
        byte[] message = new byte[1000];
        Until(() =>
        {
            fast.Poll((payload, in header) => { }, 100);
            publication.Offer(message, out _);
            return publication.Position > 20 * 65536;
        });
        await slow.LineAsync("gone");
        await slow.LineAsync("image");
        Assert.Equal(0, (await slow.ExitAsync()).Code);
    }

    private static void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, 120_000));
}
