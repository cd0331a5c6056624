using LowLatency.Core.Agents;
using LowLatency.Core.Native;
using LowLatency.Core.Tests.Native;

namespace LowLatency.Core.Tests.Agents;

/// <summary>What a runner does with the placement of its thread.</summary>
public sealed class PlacementTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ThreadPlacer _placer = NativeFactory.Choose(NativeMode.Off).CreateThreadPlacer();
    private readonly List<string> _log = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_Run_Where_It_Was_Told()
    {
        IReadOnlyList<int> all = LinuxCpus();
        IReadOnlyList<int> seen = [];
        (IReadOnlyList<PlacementRefusal> refusals, _) = await RunAsync(new ThreadPlacement([all[^1]]), () => seen = _placer.AllowedCpus());
        Assert.Empty(refusals);
        Assert.Equal([all[^1]], seen);
    }

    [Fact]
    public async Task Should_Not_Pass_Its_Placement_On_To_Threads_That_It_Starts()
    {
        IReadOnlyList<int> all = LinuxCpus();
        IReadOnlyList<int> seen = [];
        int fifo = -1;
        await RunAsync(
            new ThreadPlacement([all[^1]], fifoPriority: 1),
            () =>
            {
                seen = OwnThread.Run(_placer.AllowedCpus);
                fifo = OwnThread.Run(() => new LibcThreadCalls().GetFifo());
            });
        Assert.Equal(all, seen);
        Assert.Equal(0, fifo);
    }

    [Fact]
    public async Task Should_Show_Its_Name_To_The_System()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the names of threads are in Linux's /proc");
        string[] names = [];
        using var runner = AgentRunner.Create("a-very-long-name-indeed", IdleStrategyKind.BackOff, new Parker(), new ScriptedAgent("a", _log)
        {
            Starting = () => names = [.. Directory.EnumerateDirectories("/proc/self/task").Select(NameOf)],
        });
        runner.Start();
        await StopAsync(runner);
        Assert.Contains("a-very-long-nam", names);
    }

    [Fact]
    public async Task Should_Run_On_When_The_System_Refuses_And_Tell_What_And_Why()
    {
        (IReadOnlyList<PlacementRefusal> refusals, AgentRunner runner) = await RunAsync(
            new ThreadPlacement([3, 1], fifoPriority: 10), () => { }, new ThreadPlacer<RefusingCalls>(new RefusingCalls { Affinity = -22, Fifo = -1 }));
        Assert.True(runner.Completion.IsCompletedSuccessfully);
        Assert.Equal(["a starts", "a closes"], _log);
        Assert.Equal(
            [
                "placed: sched_setaffinity to CPUs 1,3 was refused (EINVAL); allowed here is CPUs 0-1,5",
                "placed: sched_setscheduler to SCHED_FIFO 10 was refused (EPERM); give the process CAP_SYS_NICE or a higher RLIMIT_RTPRIO (ulimit -r), see docs/native.md",
            ],
            refusals.Select(r => r.ToString()));
    }

    [Fact]
    public void Should_Tell_What_The_System_Did_Otherwise_Without_A_Word()
    {
        var placer = new ThreadPlacer<RefusingCalls>(new RefusingCalls { GotFifo = 2, GotNice = 5 });
        Assert.Contains("the system took CPUs 0-1,5", Assert.Single(placer.Place("t", new ThreadPlacement([0, 9]))).ToString(), StringComparison.Ordinal);
        Assert.Contains("the system gave 2", Assert.Single(placer.Place("t", new ThreadPlacement([], fifoPriority: 3))).ToString(), StringComparison.Ordinal);
        Assert.Contains("the system gave 5", Assert.Single(placer.Place("t", new ThreadPlacement([], nice: -3))).ToString(), StringComparison.Ordinal);
        Assert.Empty(placer.Place("t", new ThreadPlacement([5, 0, 1, 0])));
        Assert.Empty(placer.Place("t", new ThreadPlacement([], nice: 5)));
    }

    [Fact]
    public void Should_Tell_That_Memory_Is_Not_Locked()
    {
        Assert.Null(new ThreadPlacer<RefusingCalls>(default).LockMemory());
        Assert.Contains("RLIMIT_MEMLOCK", new ThreadPlacer<RefusingCalls>(new RefusingCalls { Memory = -12 }).LockMemory()!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_Everything_Where_Nothing_Is_Known()
    {
        var placer = new ThreadPlacer<UnsupportedThreadCalls>(default);
        Assert.Empty(placer.AllowedCpus());
        Assert.Equal(["ENOTSUP", "ENOTSUP"], placer.Place("t", new ThreadPlacement([0], nice: 1)).Select(r => r.Error));
        Assert.Equal("ENOTSUP", placer.LockMemory()!.Error);
    }

    [Fact]
    public async Task Should_Say_That_It_Is_Placed_When_Nothing_Was_Asked_For_Or_It_Never_Ran()
    {
        using var runner = AgentRunner.Create("test", IdleStrategyKind.BackOff, new Parker(), new ScriptedAgent("a", _log));
        runner.Dispose();
        Assert.Empty(await runner.Placed);
        (IReadOnlyList<PlacementRefusal> refusals, _) = await RunAsync(ThreadPlacement.Anywhere, () => { });
        Assert.Empty(refusals);
    }

    [Fact]
    public void Should_Refuse_Placements_That_Cannot_Be()
    {
        Assert.Throws<ArgumentOutOfRangeException>("cpus", () => new ThreadPlacement([0, -1]));
        Assert.Throws<ArgumentOutOfRangeException>("fifoPriority", () => new ThreadPlacement([], 100));
        Assert.Throws<ArgumentOutOfRangeException>("nice", () => new ThreadPlacement([], 0, 20));
        Assert.Throws<ArgumentException>("nice", () => new ThreadPlacement([], 1, 1));
        Assert.Throws<ArgumentException>("options", () => AgentRunner.Create("test", IdleStrategyKind.BackOff, new Parker(), new RunnerOptions { Placement = new ThreadPlacement([0]) }, new ScriptedAgent("a", _log)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("4", 4)]
    [InlineData("0-1", 0, 1)]
    [InlineData("0,2-4,6,8-9", 0, 2, 3, 4, 6, 8, 9)]
    public void Should_Write_Cpus_As_People_Do(string text, params int[] cpus) => Assert.Equal(text, CpuList.Format(cpus));

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).TrimEnd('\n');
        }
        catch (IOException)
        {
            // Ended while we looked.
            return "";
        }
    }

    private static async Task StopAsync(AgentRunner runner)
    {
        await runner.Placed.WaitAsync(Patience, Token);
        runner.Stop();
        await runner.Completion.WaitAsync(Patience, Token);
    }

    private async Task<(IReadOnlyList<PlacementRefusal> Refusals, AgentRunner Runner)> RunAsync(ThreadPlacement placement, Action starting, ThreadPlacer? placer = null)
    {
        var agent = new ScriptedAgent("a", _log) { Starting = starting };
        using var runner = AgentRunner.Create("placed", IdleStrategyKind.BackOff, new Parker(), new RunnerOptions { Placement = placement, Placer = placer ?? _placer }, agent);
        runner.Start();
        await StopAsync(runner);
        return (await runner.Placed, runner);
    }

    private IReadOnlyList<int> LinuxCpus()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "threads are placed on Linux");
        return _placer.AllowedCpus();
    }

    /// <summary>A system that refuses what a test says, and has the CPUs 0, 1 and 5.</summary>
    private struct RefusingCalls : IThreadCalls
    {
        public int Affinity { get; init; }

        public int Fifo { get; init; }

        public int GotFifo { get; init; }

        public int GotNice { get; init; }

        public int Memory { get; init; }

        public readonly int SetAffinity(ReadOnlySpan<int> cpus) => Affinity;

        public readonly int GetAffinity(Span<int> cpus)
        {
            ((ReadOnlySpan<int>)[0, 1, 5])[..Math.Min(3, cpus.Length)].CopyTo(cpus);
            return 3;
        }

        public readonly int SetFifo(int priority) => Fifo;

        public readonly int GetFifo() => GotFifo;

        public readonly int SetNice(int nice) => 0;

        public readonly int GetNice(out int nice)
        {
            nice = GotNice;
            return 0;
        }

        public readonly int LockMemory() => Memory;

        public readonly int UnlockMemory() => 0;
    }
}
