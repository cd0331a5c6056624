using System.Globalization;
using LowLatency.Aeron.Client;
using LowLatency.Aeron.Driver;
using LowLatency.Core.Counters;

namespace LowLatency.Aeron.Tests.Processes;

/// <summary>Driver, publishers and subscribers in processes of their own, which are killed and halted.</summary>
public sealed class ProcessTests : IDisposable
{
    private const string Channel = "channel=aeron:ipc?term-length=64k";

    private readonly MemoryFolder _folder = new();
    private readonly string _directory;

    public ProcessTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals");
        _directory = _folder.PathOf("driver");
    }

    public void Dispose() => _folder.Dispose();

    private string Dir => $"dir={_directory}";

    [Theory]
    [InlineData(false, 1_000_000, 32, 200)]
    [InlineData(true, 1_000_000, 32, 200)]
    [InlineData(false, 20_000, 16, 8192)]
    [InlineData(true, 20_000, 16, 8192)]
    public Task Should_Carry_Small_Terms_Through_Many_Rotations(bool isExclusive, long count, int least, int most) => Carry(isExclusive, count, least, most, termLength: 65536);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(false, 100_000_000, 32, 64)]
    [InlineData(true, 100_000_000, 32, 64)]
    public Task Should_Carry_Small_Terms_Through_A_Hundred_Million_Messages(bool isExclusive, long count, int least, int most) => Carry(isExclusive, count, least, most, termLength: 262_144);

    [Fact]
    public async Task Should_Keep_The_Order_Of_Many_Publishers_On_One_Stream()
    {
        const int Publishers = 3;
        const int Messages = 100_000;
        using RoleProcess driver = RoleProcess.Start("driver", Dir);
        await driver.LineAsync("ready");
        using RoleProcess subscriber = RoleProcess.Start("subscribe", Dir, Channel, "stream=1", $"producers={Publishers}", $"count={Publishers * Messages}");
        await subscriber.LineAsync("ready");
        RoleProcess[] publishers = [.. Enumerable.Range(0, Publishers).Select(
            i => RoleProcess.Start("publish", Dir, Channel, "stream=1", $"producer={i}", $"count={Messages}", "least=16", "most=3000"))];
        try
        {
            Assert.StartsWith($"done {Publishers * Messages} 0", await subscriber.LineAsync("done"), StringComparison.Ordinal);
            foreach (RoleProcess publisher in publishers) Assert.Equal(0, (await publisher.ExitAsync()).Code);
            Assert.Equal(0, (await subscriber.ExitAsync()).Code);
            Assert.Equal(0, (await driver.ExitAsync()).Code);
            Assert.False(Directory.Exists(_directory));
        }
        finally
        {
            foreach (RoleProcess publisher in publishers) publisher.Dispose();
        }
    }

    [Fact]
    public async Task Should_Outlive_A_Publisher_That_Is_Killed()
    {
        using MediaDriver driver = MediaDriver.Launch(Role.ContextOf(_directory, isQuick: true));
        using RoleProcess subscriber = RoleProcess.Start("subscribe", Dir, Channel, "stream=1", "producers=1", "count=1000000000", "quick=1");
        await subscriber.LineAsync("ready");
        using RoleProcess publisher = RoleProcess.Start("publish", Dir, Channel, "stream=1", "producer=0", "count=1000000000", "least=16", "most=3000", "quick=1");
        string session = (await publisher.LineAsync("ready"))[6..];
        await subscriber.LineAsync($"image {session}");
        await publisher.LineAsync("connected");
        publisher.Kill();
        // Its log is drained, whatever claim it died in, and deleted.
        await subscriber.LineAsync($"gone {session}");
        Until(() => Directory.GetFiles(Path.Combine(_directory, "publications")).Length == 0);
        using RoleProcess next = RoleProcess.Start("publish", Dir, Channel, "stream=1", "producer=0", "count=1", "least=16", "most=16", "quick=1");
        string other = (await next.LineAsync("ready"))[6..];
        await subscriber.LineAsync($"image {other}");
        await next.LineAsync("done");
        Assert.False(subscriber.HasExited, subscriber.ErrorText);
        Assert.Equal(1, Counter(SystemCounters.ClientTimeouts));
    }

    [Fact]
    public async Task Should_Let_A_Publisher_Go_On_When_A_Subscriber_Is_Killed()
    {
        using MediaDriver driver = MediaDriver.Launch(Role.ContextOf(_directory, isQuick: true));
        using AeronClient client = AeronClient.Connect(Role.ClientContextOf(_directory, isQuick: true));
        using ConcurrentPublication publication = client.AddPublication("aeron:ipc", 1);
        using Subscription fast = client.AddSubscription("aeron:ipc", 1);
        using RoleProcess slow = RoleProcess.Start("live", Dir, "channel=aeron:ipc", "stream=1");
        await slow.LineAsync("image");
        byte[] message = new byte[1000];
        Until(() => !publication.Offer(message, out OfferResult result) && result.Status == OfferStatus.BackPressured);
        while (fast.Poll((payload, in header) => { }, 100) > 0)
        {
        }

        slow.Kill();
        Until(() => publication.Offer(message, out _));
        Assert.Equal(1, Counter(SystemCounters.ClientTimeouts));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_Not_Let_A_Halted_Untethered_Subscriber_Hold_The_Publisher_Up(bool isAlone)
    {
        const int NeverMs = 3_600_000;
        // The timer comes once an hour, and no client times out: only the publication's own timeouts free it.
        using MediaDriver driver = MediaDriver.Launch(new MediaDriverContext
        {
            Directory = _directory, IpcTermLength = 65536, TimerIntervalMs = NeverMs - 1, ClientLivenessTimeoutMs = NeverMs, PublicationUnblockTimeoutMs = NeverMs + 1,
        });
        using AeronClient client = AeronClient.Connect(new AeronContext { Directory = _directory, DriverTimeoutMs = NeverMs });
        const string times = "untethered-window-limit-timeout=50ms|untethered-linger-timeout=50ms|untethered-resting-timeout=3600s";
        using ExclusivePublication publication = client.AddExclusivePublication($"aeron:ipc?{times}", 1);
        using Subscription? fast = isAlone ? null : client.AddSubscription("aeron:ipc", 1);
        using RoleProcess halted = RoleProcess.Start("live", Dir, "channel=aeron:ipc?tether=false", "stream=1", $"timeout={NeverMs}");
        await halted.LineAsync("image");
        halted.Signal("STOP");
        byte[] message = new byte[1000];
        Until(() => !publication.Offer(message, out OfferResult result) && result.Status == OfferStatus.BackPressured);
        long target = publication.Position + (10 * 65536);
        Until(() =>
        {
            fast?.Poll((payload, in header) => { }, 100);
            bool isTaken = publication.Offer(message, out OfferResult result);
            return isAlone ? !isTaken && result.Status == OfferStatus.NotConnected : publication.Position > target;
        });
        Assert.Equal(0, Counter(SystemCounters.ClientTimeouts));
    }

    [Fact]
    public async Task Should_Free_Subscribers_From_A_Claim_Whose_Owner_Is_Killed()
    {
        using MediaDriver driver = MediaDriver.Launch(Role.ContextOf(_directory, isQuick: true));
        using AeronClient client = AeronClient.Connect(Role.ClientContextOf(_directory, isQuick: true));
        using ConcurrentPublication publication = client.AddPublication("aeron:ipc", 1);
        using Subscription subscription = client.AddSubscription("aeron:ipc", 1);
        using RoleProcess claimer = RoleProcess.Start("claim", Dir, "channel=aeron:ipc", "stream=1", "quick=1");
        await claimer.LineAsync("claimed");
        claimer.Kill();
        Assert.True(publication.Offer("behind"u8, out _));
        Assert.Equal(0, subscription.Poll((payload, in header) => { }, 10));
        Until(() => subscription.Poll((payload, in header) => Assert.True(payload.SequenceEqual("behind"u8)), 10) == 1);
        Assert.Equal(1, Counter(SystemCounters.UnblockedPublications));
    }

    [Fact]
    public async Task Should_End_A_Client_That_Was_Halted_For_Too_Long()
    {
        using MediaDriver driver = MediaDriver.Launch(Role.ContextOf(_directory, isQuick: true));
        using RoleProcess halted = RoleProcess.Start("live", Dir, "channel=aeron:ipc", "stream=1");
        await halted.LineAsync("ready");
        halted.Signal("STOP");
        Until(() => Counter(SystemCounters.ClientTimeouts) == 1);
        halted.Signal("CONT");
        Assert.StartsWith("error AeronTimeoutException", await halted.LineAsync("error"), StringComparison.Ordinal);
        Assert.Equal(0, (await halted.ExitAsync()).Code);
    }

    [Fact]
    public async Task Should_Come_Back_After_The_Driver_Was_Killed()
    {
        using RoleProcess driver = RoleProcess.Start("driver", Dir, "quick=1");
        await driver.LineAsync("ready");
        using RoleProcess client = RoleProcess.Start("live", Dir, "channel=aeron:ipc", "stream=1");
        await client.LineAsync("ready");
        driver.Kill();
        Assert.Contains("given no sign", await client.LineAsync("error"), StringComparison.Ordinal);
        Assert.Equal(0, (await client.ExitAsync()).Code);
        Assert.True(File.Exists(Path.Combine(_directory, "cnc.dat")));
        // The heart has stood still for longer than a driver's may: the folder is free.
        using RoleProcess next = RoleProcess.Start("driver", Dir, "quick=1");
        await next.LineAsync("ready");
        using RoleProcess again = RoleProcess.Start("live", Dir, "channel=aeron:ipc", "stream=1");
        await again.LineAsync("ready");
        Assert.Equal(0, (await again.ExitAsync()).Code);
    }

    [Fact]
    public async Task Should_Tell_Clients_That_The_Driver_Stops()
    {
        using RoleProcess driver = RoleProcess.Start("driver", Dir, "quick=1");
        await driver.LineAsync("ready");
        using RoleProcess client = RoleProcess.Start("live", Dir, "channel=aeron:ipc", "stream=1");
        await client.LineAsync("ready");
        Assert.Equal(0, (await driver.ExitAsync()).Code);
        Assert.Contains("shut down", await client.LineAsync("error"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_directory));
    }

    private async Task Carry(bool isExclusive, long count, int least, int most, int termLength)
    {
        string channel = $"channel=aeron:ipc?term-length={termLength}";
        using RoleProcess driver = RoleProcess.Start("driver", Dir);
        await driver.LineAsync("ready");
        using RoleProcess subscriber = RoleProcess.Start("subscribe", Dir, channel, "stream=1", "producers=1", $"count={count}");
        await subscriber.LineAsync("ready");
        string[] options = [Dir, channel, "stream=1", "producer=0", $"count={count}", $"least={least}", $"most={most}"];
        using RoleProcess publisher = RoleProcess.Start("publish", isExclusive ? [.. options, "exclusive=1"] : options);
        string session = (await publisher.LineAsync("ready"))[6..];
        Assert.StartsWith($"done {count} 0", await subscriber.LineAsync("done", minutes: 14), StringComparison.Ordinal);
        string position = (await publisher.LineAsync("done"))[5..];
        Assert.True(long.Parse(position, CultureInfo.InvariantCulture) / termLength > 100);
        Assert.Equal(0, (await publisher.ExitAsync()).Code);
        Assert.Equal($"gone {session} {position}", await subscriber.LineAsync("gone"));
        Assert.Equal(0, (await subscriber.ExitAsync()).Code);
        Assert.Equal(0, (await driver.ExitAsync()).Code);
        Assert.False(Directory.Exists(_directory));
    }

    private long Counter(int id)
    {
        using CountersSource source = CountersSource.Open(Path.Combine(_directory, "cnc.dat"));
        return source.Counters.TryRead(id, out CounterSnapshot counter) ? counter.Value : -1;
    }

    private static void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, 120_000));
}
