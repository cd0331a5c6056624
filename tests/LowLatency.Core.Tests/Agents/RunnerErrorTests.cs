using LowLatency.Core.Agents;

namespace LowLatency.Core.Tests.Agents;

/// <summary>What a runner does with what its duty cycles throw.</summary>
public sealed class RunnerErrorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<string> _log = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_Count_Errors_And_Go_On_While_The_Handler_Lets_It()
    {
        var seen = new List<string>();
        int turns = 0;
        var agent = new ScriptedAgent("a", _log) { Working = () => throw new InvalidOperationException($"turn {++turns}") };
        using AgentRunner runner = Start(
            thrown =>
            {
                seen.Add(thrown.Message);
                return seen.Count < 3;
            },
            agent);
        InvalidOperationException last = await Assert.ThrowsAsync<InvalidOperationException>(() => runner.Completion.WaitAsync(Patience, Token));
        Assert.Equal("turn 3", last.Message);
        Assert.Equal(["turn 1", "turn 2", "turn 3"], seen);
        Assert.Equal(3, runner.Errors);
        Assert.Equal(["a starts", "a closes"], _log);
    }

    [Fact]
    public async Task Should_End_At_The_First_Error_Without_A_Handler()
    {
        var agent = new ScriptedAgent("a", _log) { Working = () => throw new FormatException("once") };
        using AgentRunner runner = Start(null, agent);
        await Assert.ThrowsAsync<FormatException>(() => runner.Completion.WaitAsync(Patience, Token));
        Assert.Equal(1, runner.Errors);
    }

    [Fact]
    public async Task Should_Stop_Though_Every_Duty_Cycle_Throws()
    {
        using var thrown = new ManualResetEventSlim();
        var agent = new ScriptedAgent("a", _log) { Working = () => throw new FormatException("ever") };
        using AgentRunner runner = Start(
            _ =>
            {
                thrown.Set();
                return true;
            },
            agent);
        Assert.True(thrown.Wait(Patience, Token));
        runner.Stop();
        await runner.Completion.WaitAsync(Patience, Token);
        Assert.True(runner.Errors >= 1);
    }

    [Fact]
    public async Task Should_End_With_What_The_Handler_Throws()
    {
        var agent = new ScriptedAgent("a", _log) { Working = () => throw new FormatException("work") };
        using AgentRunner runner = Start(_ => throw new TimeoutException("handler"), agent);
        await Assert.ThrowsAsync<TimeoutException>(() => runner.Completion.WaitAsync(Patience, Token));
        Assert.Equal(["a starts", "a closes"], _log);
    }

    private static AgentRunner Start(Func<Exception, bool>? handler, Agent agent)
    {
        AgentRunner runner = AgentRunner.Create("test", IdleStrategyKind.BackOff, new Parker(), new RunnerOptions { OnError = handler }, agent);
        runner.Start();
        return runner;
    }
}
