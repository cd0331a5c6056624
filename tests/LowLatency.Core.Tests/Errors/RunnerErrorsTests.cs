using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Counters;
using LowLatency.Core.Errors;
using LowLatency.Core.Memory;
using LowLatency.Core.Tests.Agents;

namespace LowLatency.Core.Tests.Errors;

public sealed class RunnerErrorsTests
{
    [Fact]
    public async Task Should_Be_Told_All_That_A_Runners_Agents_Throw()
    {
        MemoryView memory = MemoryView.Allocate(1 << 14);
        var table = new CounterTable(MemoryView.Allocate(1024), MemoryView.Allocate(256), SystemClock.Instance);
        Counter errors = table.Allocate(1000, "errors");
        var handler = new CountedErrors(new DistinctErrorLog(memory, SystemClock.Instance), errors, table.Allocate(1000, "unlogged"));
        var agent = new ScriptedAgent("a", []) { Working = () => throw new FormatException("work"), Closing = () => throw new TimeoutException("close") };
        using var runner = AgentRunner.Create("feed", IdleStrategyKind.BackOff, new Parker(), agent);
        runner.ErrorHandler = handler;
        runner.Start();
        await Assert.ThrowsAsync<FormatException>(() => runner.Completion.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        Assert.Equal(2, errors.Value);
        Assert.Equal(
            ["feed: System.FormatException: work", "feed: System.TimeoutException: close"],
            ErrorLogReader.ReadAll(memory).Select(e => e.Text.Split('\n')[0]));
    }

    [Fact]
    public async Task Should_End_With_Both_Errors_When_The_One_Who_Is_Told_Fails()
    {
        var agent = new ScriptedAgent("a", []) { Working = () => throw new FormatException("work") };
        using var runner = AgentRunner.Create("feed", IdleStrategyKind.BackOff, new Parker(), agent);
        runner.ErrorHandler = new Broken();
        runner.Start();
        await Assert.ThrowsAsync<FormatException>(() => runner.Completion.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        Assert.Equal(["work", "the log is full"], runner.Completion.Exception!.InnerExceptions.Select(e => e.Message));
    }

    private sealed class Broken : IErrorHandler
    {
        public void OnError(string source, Exception thrown) => throw new TimeoutException("the log is full");
    }
}
