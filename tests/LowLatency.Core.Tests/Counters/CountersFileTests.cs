using System.Diagnostics;
using LowLatency.Core.Clocks;
using LowLatency.Core.Counters;

namespace LowLatency.Core.Tests.Counters;

public sealed class CountersFileTests : IDisposable
{
    private const long StartMs = 1_700_000_000_000;

    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new(StartMs * 1_000_000);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_Tell_Who_Wrote_It()
    {
        using CountersFile file = CountersFolder.CreateFile(_folder.FullName, "engine-7", 16, 4096, _clock);
        file.Table.Allocate(1000, "ticks").Set(12);
        file.Errors.Record("no luck");
        using CountersSource source = CountersSource.Open(file.Path);
        Assert.Equal((CountersFormat.LowLatency, "engine-7", Environment.ProcessId, StartMs), (source.Format, source.Role, source.ProcessId, source.StartMs));
        Assert.Equal(16, source.Counters.Capacity);
        CounterSnapshot ticks = Assert.Single(source.Counters.ReadAll());
        Assert.Equal((0, 1000, "ticks", 12L, 1L), (ticks.Id, ticks.TypeId, ticks.Label, ticks.Value, ticks.RegistrationId));
        Assert.Equal((1, StartMs, StartMs, "no luck"), (source.ReadErrors()[0].Observations, source.ReadErrors()[0].FirstMs, source.ReadErrors()[0].LastMs, source.ReadErrors()[0].Text));
    }

    [Fact]
    public void Should_Run_As_Long_As_Its_Heart_Beats()
    {
        using CountersFile file = CountersFolder.CreateFile(_folder.FullName, "engine", 16, 4096, _clock);
        using CountersSource source = CountersSource.Open(file.Path);
        Assert.Equal(ProcessState.Running, source.StateAt(StartMs + CountersSource.LivenessLimitMs));
        // The writer is this process, which runs, but with a heartbeat from before its own start: so that process was another.
        Assert.Equal(ProcessState.Dead, source.StateAt(StartMs + CountersSource.LivenessLimitMs + 1));
        _clock.Advance(1_000_000_000);
        file.Beat();
        Assert.Equal(ProcessState.Running, source.StateAt(StartMs + 1000 + CountersSource.LivenessLimitMs));
        file.Dispose();
        Assert.Equal(ProcessState.Stopped, source.StateAt(StartMs));
        file.Beat();
        Assert.Equal(ProcessState.Stopped, source.StateAt(StartMs));
    }

    [Fact]
    public void Should_Be_Silent_When_Its_Process_Is_There_And_Its_Heart_Does_Not_Beat()
    {
        using CountersFile file = CountersFolder.CreateFile(_folder.FullName, "engine", 16, 4096, SystemClock.Instance);
        using CountersSource source = CountersSource.Open(file.Path);
        Assert.Equal(ProcessState.Silent, source.StateAt(source.HeartbeatMs + CountersSource.LivenessLimitMs + 1));
    }

    [Fact]
    public void Should_Leave_A_File_Only_When_It_Has_Errors_To_Tell()
    {
        CountersFile clean = CountersFolder.CreateFile(_folder.FullName, "clean", 16, 4096, _clock);
        CountersFile failed = CountersFolder.CreateFile(_folder.FullName, "failed", 16, 4096, _clock);
        Counter counter = clean.Table.Allocate(1000, "a");
        failed.Errors.Record("no luck");
        clean.Dispose();
        failed.Dispose();
        failed.Dispose();
        // Written after its end: into memory that is still there.
        counter.Increment();
        Assert.Equal([failed.Path], Directory.GetFiles(_folder.FullName));
        using CountersSource source = CountersSource.Open(failed.Path);
        Assert.Equal("no luck", Assert.Single(source.ReadErrors()).Text);
    }

    [Fact]
    public void Should_Give_Every_Engine_Of_A_Process_A_File_Of_Its_Own()
    {
        using CountersFile first = CountersFolder.CreateFile(_folder.FullName, "engine", 16, 4096, _clock);
        using CountersFile second = CountersFolder.CreateFile(_folder.FullName, "engine", 16, 4096, _clock);
        Assert.Equal($"engine-{Environment.ProcessId}.counters", Path.GetFileName(first.Path));
        Assert.Equal($"engine-{Environment.ProcessId}-2.counters", Path.GetFileName(second.Path));
        IReadOnlyList<CountersSource> sources = CountersFolder.OpenAll(_folder.FullName, []);
        Assert.Equal(2, sources.Count);
    }

    [Fact]
    public void Should_Clear_Away_Dead_Files_But_The_Newest()
    {
        var made = new List<string>();
        for (int i = 0; i < 4; i++)
        {
            // Not disposed, as by a process that was killed.
            made.Add(CountersFolder.CreateFile(_folder.FullName, $"dead{i}", 16, 4096, _clock).Path);
            _clock.Advance(1_000_000_000);
        }

        using CountersFile living = CountersFolder.CreateFile(_folder.FullName, "living", 16, 4096, SystemClock.Instance);
        string other = _folder.PathOf("other.txt");
        File.WriteAllText(other, "mine");
        // Not yet: a process can be halted for a while.
        Assert.Equal(0, CountersFolder.RemoveEnded(_folder.FullName, 0, StartMs + 59_999));
        Assert.Equal(3, CountersFolder.RemoveEnded(_folder.FullName, 1, SystemClock.Instance.EpochNs() / 1_000_000));
        Assert.Equal(((string[])[made[3], living.Path, other]).Order(StringComparer.Ordinal), Directory.GetFiles(_folder.FullName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../engine")]
    [InlineData("a b")]
    [InlineData("123456789012345678901234567890123456789012345")]
    public void Should_Refuse_A_Role_That_Is_No_Name(string role)
    {
        Assert.Throws<ArgumentException>(() => CountersFolder.CreateFile(_folder.FullName, role, 16, 4096, _clock));
        Assert.Empty(Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void Should_Find_Nothing_Where_There_Is_No_Folder() => Assert.Empty(CountersFolder.OpenAll(_folder.PathOf("none"), []));

    [Fact]
    public void Should_Tell_Files_That_Are_No_Counters()
    {
        File.WriteAllText(_folder.PathOf("a.counters"), "short");
        File.WriteAllText(_folder.PathOf("b.counters"), new string('x', 4000));
        File.WriteAllBytes(_folder.PathOf("c.counters"), new byte[4000]);
        var unreadable = new List<string>();
        Assert.Empty(CountersFolder.OpenAll(_folder.FullName, unreadable));
        Assert.Equal(3, unreadable.Count);
        Assert.Contains("a.counters cannot be read as counters: it has 5 bytes", unreadable[0], StringComparison.Ordinal);
        Assert.Contains("b.counters cannot be read as counters: it begins neither", unreadable[1], StringComparison.Ordinal);
        Assert.Contains("c.counters cannot be read as counters: it begins with 0", unreadable[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Survive_Any_Damage_Of_The_Header()
    {
        string path;
        using (CountersFile file = CountersFolder.CreateFile(_folder.FullName, "engine", 4, 4096, _clock))
        {
            file.Table.Allocate(1000, "ticks");
            path = _folder.PathOf("damaged.counters");
            File.Copy(file.Path, path);
        }

        byte[] whole = File.ReadAllBytes(path);
        var random = new Random(1);
        int opened = 0;
        for (int i = 0; i < 1000; i++)
        {
            byte[] damaged = (byte[])whole.Clone();
            for (int k = 0; k < 3; k++) damaged[random.Next(CountersFileLayout.HeaderBytes + 150)] = (byte)random.Next(256);
            File.WriteAllBytes(path, damaged);
            try
            {
                using CountersSource source = CountersSource.Open(path);
                source.Counters.ReadAll();
                source.ReadErrors();
                source.StateAt(0);
                opened++;
            }
            catch (InvalidDataException)
            {
                // Told, not crashed.
            }
        }

        Assert.InRange(opened, 1, 999);
    }

    [Fact]
    public async Task Should_Be_Read_By_Another_Process()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/od"), "od is not installed");
        using CountersFile file = CountersFolder.CreateFile(_folder.FullName, "engine", 4, 4096, _clock);
        file.Table.Allocate(1000, "ticks").Set(4711);
        using Process od = Process.Start(new ProcessStartInfo("/usr/bin/od", ["-A", "n", "-t", "d8", "-j", $"{256 + (4 * 512)}", "-N", "8", file.Path]) { RedirectStandardOutput = true })!;
        string output = await od.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await od.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("4711", output.Trim());
    }
}
