using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Engine.Pipeline;
using LowLatency.Engine.Settings;
using LowLatency.Feeds;
using LowLatency.Market.Records;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace LowLatency.Engine.Tests.Embedding;

public class LifecycleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Should_Be_Started_Once_And_Disposed_Any_Number_Of_Times()
    {
        MarketEngine engine = Make();
        engine.Stop();
        Assert.Equal(EngineState.Created, engine.State);
        engine.Start();
        Assert.Equal(EngineState.Running, engine.State);
        Assert.Throws<InvalidOperationException>(engine.Start);
        engine.Stop();
        engine.Stop();
        Assert.Equal(EngineState.Stopped, engine.State);
        engine.Dispose();
        engine.Dispose();
        engine.Abandon();
        Assert.Equal(EngineState.Stopped, engine.State);
    }

    [Fact]
    public async Task Should_Not_Start_When_Disposed()
    {
        MarketEngine engine = Make();
        engine.Dispose();
        Assert.Throws<InvalidOperationException>(engine.Start);
        Assert.Equal(EngineState.Stopped, engine.State);
        await engine.Completion.WaitAsync(EngineRun.Patience, Token);
    }

    [Fact]
    public async Task Should_Finish_What_Was_Delivered_Before_Stop()
    {
        using MarketEngine engine = Make();
        TickWriter writer = engine.CreateWriter();
        Assert.True(engine.Streams.Instruments.TryGetOrAdd("A"u8, out _));
        engine.Start();
        for (int i = 0; i < 1000; i++) Assert.True(writer.TryWrite([Ticks.Trade(Ticks.Start + i, 10)]));
        engine.Stop();
        Assert.Equal(1000, engine.Normalization.Accepted);
        await engine.Completion.WaitAsync(EngineRun.Patience, Token);
    }

    [Fact]
    public async Task Should_Stop_Though_A_Thread_Goes_On_Writing()
    {
        using MarketEngine engine = Make();
        TickWriter writer = engine.CreateWriter();
        Assert.True(engine.Streams.Instruments.TryGetOrAdd("A"u8, out _));
        engine.Start();
        using var end = new CancellationTokenSource();
        Task writing = Task.Run(
            () =>
            {
                TickRecord[] ticks = [.. Enumerable.Range(0, 64).Select(i => Ticks.Trade(Ticks.Start + i, 10))];
                while (!end.IsCancellationRequested) writer.TryWrite(ticks);
            },
            Token);
        await Task.Run(engine.Stop, Token).WaitAsync(EngineRun.Patience, Token);
        await end.CancelAsync();
        await writing;
        Assert.Equal(EngineState.Stopped, engine.State);
    }

    [Fact]
    public async Task Should_Stop_With_Its_Host_Though_A_Gating_Reader_Does_Not_Read()
    {
        using IHost host = DeskHost.Build(_ => { }, ("feed.kind", "simulator"), ("feed.simulator.speed", "max"), ("engine.output_bytes", "65536"));
        host.Engine().Streams.Ring.AddGatingReader();
        await host.StartAsync(Token);
        SpinWait.SpinUntil(() => host.Engine().Published >= 400, EngineRun.Patience);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        try
        {
            await host.StopAsync(patience.Token).WaitAsync(EngineRun.Patience, Token);
        }
        catch (OperationCanceledException)
        {
            // The host says so that its patience was over.
        }

        await Assert.ThrowsAsync<OperationCanceledException>(() => host.Engine().Completion.WaitAsync(EngineRun.Patience, Token));
    }

    [Fact]
    public async Task Should_Stop_When_A_Stage_Asks_For_It()
    {
        var stage = new StoppingStage();
        TickRecord[] script = [.. Enumerable.Range(0, 500).Select(i => Ticks.Trade(Ticks.Start + i, 10))];
        using MarketEngine engine = Make([stage], context => new ScriptedFeed(context, script, 1, "A"));
        stage.Stop = engine.Stop;
        engine.Start();
        await engine.Completion.WaitAsync(EngineRun.Patience, Token);
        Assert.Equal(EngineState.Stopped, engine.State);
    }

    [Fact]
    public async Task Should_Stop_The_Host_When_A_Feed_Fails()
    {
        using IHost host = DeskHost.Build(e => e.AddFeed((_, context) => new FailingFeed(context)), ("feed.kind", "none"));
        IHostApplicationLifetime lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        var stopping = new TaskCompletionSource();
        lifetime.ApplicationStopping.Register(stopping.SetResult);
        await host.StartAsync(Token);
        await stopping.Task.WaitAsync(EngineRun.Patience, Token);
        Assert.Equal(EngineState.Failed, host.Engine().State);
        await host.StopAsync(Token);
        InvalidOperationException thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Engine().Completion);
        Assert.Equal("the line is dead", thrown.Message);
    }

    private static MarketEngine Make(IPipelineStage[]? stages = null, params Func<FeedContext, Feed>[] feeds)
    {
        LowLatencySettings settings = EngineRun.Settings();
        settings.Engine.Idle = IdleStrategyKind.BackOff;
        return new MarketEngine(settings, stages ?? [], feeds, SystemClock.Instance, NullLogger<MarketEngine>.Instance);
    }

    private sealed class StoppingStage : IPipelineStage
    {
        public Action? Stop { get; set; }

        public string Name => "stopping";

        public void Process(in PipelineBatch batch) => Stop?.Invoke();
    }

    private sealed class FailingFeed(FeedContext context) : Feed(context)
    {
        public override string Name => "failing";

        public override int DoWork() => throw new InvalidOperationException("the line is dead");
    }
}
