using LowLatency.Core.Agents;

namespace LowLatency.Core.Tests.Agents;

public sealed class AgentRunnerTests
{
    // Long enough that whoever misses a wake-up misses the test's patience too.
    private const int ForeverMs = 600_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<string> _log = [];

    [Theory]
    [InlineData(IdleStrategyKind.BusySpin)]
    [InlineData(IdleStrategyKind.Yielding)]
    [InlineData(IdleStrategyKind.BackOff)]
    public async Task Should_Run_Agents_In_Order_And_Close_Them_In_Reverse(IdleStrategyKind kind)
    {
        using var worked = new ManualResetEventSlim();
        var first = new ScriptedAgent("a", _log) { Working = () => Once("a works") };
        var second = new ScriptedAgent("b", _log)
        {
            Working = () =>
            {
                int work = Once("b works");
                if (work == 0) worked.Set();
                return work;
            },
        };
        using var runner = AgentRunner.Create("test", kind, new Parker(), first, second);
        runner.Start();
        Assert.True(worked.Wait(Patience, TestContext.Current.CancellationToken));
        runner.Stop();
        await runner.Completion.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(["a starts", "b starts", "a works", "b works", "b closes", "a closes"], _log);
    }

    [Fact]
    public async Task Should_Fault_With_What_An_Agent_Threw_And_Close_The_Others()
    {
        var thrown = new InvalidOperationException("work");
        var first = new ScriptedAgent("a", _log) { Closing = () => throw new FormatException("close") };
        var second = new ScriptedAgent("b", _log) { Working = () => throw thrown, Closing = () => throw new TimeoutException("close") };
        var third = new ScriptedAgent("c", _log);
        using var runner = AgentRunner.Create("test", IdleStrategyKind.BackOff, new Parker(), first, second, third);
        runner.Start();
        Exception? caught = await Record.ExceptionAsync(() => runner.Completion.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Same(thrown, caught);
        Assert.Equal(["a starts", "b starts", "c starts", "c closes", "b closes", "a closes"], _log);
        Assert.Collection(
            runner.Completion.Exception!.InnerExceptions,
            e => Assert.Same(thrown, e),
            e => Assert.IsType<TimeoutException>(e),
            e => Assert.IsType<FormatException>(e));
    }

    [Fact]
    public async Task Should_Close_Only_What_Has_Started()
    {
        var first = new ScriptedAgent("a", _log);
        var second = new ScriptedAgent("b", _log) { Starting = () => throw new InvalidOperationException("start") };
        var third = new ScriptedAgent("c", _log);
        using var runner = AgentRunner.Create("test", IdleStrategyKind.BackOff, new Parker(), first, second, third);
        runner.Start();
        await Assert.ThrowsAsync<InvalidOperationException>(() => runner.Completion.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal(["a starts", "b starts", "a closes"], _log);
    }

    [Fact]
    public async Task Should_Wake_When_Stopped_In_Its_Sleep()
    {
        var agent = new ScriptedAgent("a", _log);
        using var runner = new AgentRunner<BackOffIdle>("test", new BackOffIdle(0, 0, ForeverMs), new Parker(), agent);
        runner.Start();
        Assert.True(SpinWait.SpinUntil(() => runner.Parker.IsAsleep, Patience));
        runner.Stop();
        await runner.Completion.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Should_Not_Overlook_A_Stop_That_Comes_As_It_Falls_Asleep()
    {
        // The stop lands after the runner's last look at it and before its sleep: HasWork is asked exactly there.
        for (int questions = 1; questions <= 2; questions++)
        {
            int asked = 0;
            int stopAt = questions;
            AgentRunner? runner = null;
            var agent = new ScriptedAgent("a", [])
            {
                Asked = () =>
                {
                    if (++asked == stopAt) runner!.Stop();
                    return false;
                },
            };
            runner = new AgentRunner<BackOffIdle>("test", new BackOffIdle(0, 0, ForeverMs), new Parker(), agent);
            runner.Start();
            await runner.Completion.WaitAsync(Patience, TestContext.Current.CancellationToken);
            runner.Dispose();
        }
    }

    [Fact]
    public async Task Should_Stop_And_Dispose_From_Its_Own_Thread()
    {
        AgentRunner? runner = null;
        var agent = new ScriptedAgent("a", _log)
        {
            Working = () =>
            {
                runner!.Stop();
                runner.Dispose();
                return 0;
            },
        };
        runner = AgentRunner.Create("test", IdleStrategyKind.BackOff, new Parker(), agent);
        runner.Start();
        await runner.Completion.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(["a starts", "a closes"], _log);
    }

    [Fact]
    public void Should_Dispose_Twice()
    {
        AgentRunner runner = AgentRunner.Create("test", IdleStrategyKind.BackOff, new Parker(), new ScriptedAgent("a", _log));
        runner.Start();
        runner.Dispose();
        runner.Dispose();
        Assert.True(runner.Completion.IsCompletedSuccessfully);
        Assert.Equal(["a starts", "a closes"], _log);
    }

    [Fact]
    public void Should_Complete_When_Disposed_Before_Its_Start()
    {
        AgentRunner runner = AgentRunner.Create("test", IdleStrategyKind.BackOff, new Parker(), new ScriptedAgent("a", _log));
        runner.Dispose();
        Assert.True(runner.Completion.IsCompletedSuccessfully);
        Assert.Throws<InvalidOperationException>(runner.Start);
        Assert.Empty(_log);
    }

    [Fact]
    public void Should_Start_Once()
    {
        using AgentRunner runner = AgentRunner.Create("test", IdleStrategyKind.BackOff, new Parker(), new ScriptedAgent("a", _log));
        runner.Start();
        Assert.Throws<InvalidOperationException>(runner.Start);
    }

    [Fact]
    public void Should_Dispose_While_Another_Thread_Starts_It()
    {
        var random = new Random(1);
        for (int round = 0; round < 100; round++)
        {
            AgentRunner runner = AgentRunner.Create("test", IdleStrategyKind.BackOff, new Parker(), new ScriptedAgent("a", []));
            bool starts = false;
            var starter = new Thread(() =>
            {
                Volatile.Write(ref starts, true);
                // Refused when the other was quicker.
                Record.Exception(runner.Start);
            });
            starter.Start();
            while (!Volatile.Read(ref starts)) Thread.SpinWait(1);
            // Aims at the time between the runner's decision to start and its thread's first step.
            Thread.SpinWait(random.Next(300));
            runner.Dispose();
            Assert.True(runner.Completion.IsCompletedSuccessfully);
            starter.Join();
        }
    }

    [Fact]
    public void Should_Refuse_To_Run_Nothing()
    {
        Assert.Throws<ArgumentException>("agents", () => AgentRunner.Create("test", IdleStrategyKind.BackOff, new Parker()));
        Assert.Throws<ArgumentOutOfRangeException>("kind", () => AgentRunner.Create("test", (IdleStrategyKind)9, new Parker(), new ScriptedAgent("a", _log)));
        Assert.Throws<ArgumentException>("name", () => AgentRunner.Create("", IdleStrategyKind.BackOff, new Parker(), new ScriptedAgent("a", _log)));
    }

    [Fact]
    public void Should_Tell_What_Its_Thread_Allocated()
    {
        using var allocated = new ManualResetEventSlim();
        var kept = new List<byte[]>();
        var agent = new ScriptedAgent("a", _log)
        {
            Working = () =>
            {
                if (kept.Count == 0) kept.Add(new byte[1_000_000]);
                allocated.Set();
                return 0;
            },
        };
        AgentRunner runner = AgentRunner.Create("test", IdleStrategyKind.Yielding, new Parker(), agent);
        runner.Start();
        Assert.True(allocated.Wait(Patience, TestContext.Current.CancellationToken));
        runner.Dispose();
        Assert.InRange(runner.AllocatedBytes, 1_000_000, 1_200_000);
    }

    private int Once(string what)
    {
        if (_log.Contains(what)) return 0;
        _log.Add(what);
        return 1;
    }
}
