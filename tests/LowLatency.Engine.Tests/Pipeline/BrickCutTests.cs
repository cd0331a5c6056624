using LowLatency.Core.Clocks;
using LowLatency.Engine.Settings;
using LowLatency.Market.Records;

namespace LowLatency.Engine.Tests.Pipeline;

/// <summary>A Renko brick that is absurdly small for the prices that come.</summary>
public class BrickCutTests
{
    [Theory]
    [InlineData(1e-5, 2)]
    [InlineData(0.5, 0)]
    public async Task Should_Count_Every_Trade_Beyond_The_Most_Bricks_And_Tell_It_Once(double brick, long cuts)
    {
        // Moves of 1 and 2 in price, of two instruments: 100,000 and 200,000 bricks of the small kind.
        TickRecord[] script = [Trade(0, 100, 0), Trade(1, 101, 0), Trade(2, 100, 1), Trade(3, 102, 1)];
        LowLatencySettings settings = EngineRun.Settings();
        settings.Bars.Renko = brick;
        settings.Indicators = [];
        settings.Counters.Enabled = false;
        settings.Engine.OutputBytes = 1 << 24;
        var log = new LogLines();
        using var engine = new MarketEngine(settings, [], [context => new ScriptedFeed(context, script, 16, "A", "B", "C", "D")], SystemClock.Instance, log);
        engine.Start();
        await engine.Drained.WaitAsync(EngineRun.Patience, TestContext.Current.CancellationToken);
        engine.Stop();
        Assert.Equal(cuts, engine.BrickCuts);
        // Of the small ones the rounding of the grid may leave out the last.
        Assert.InRange(engine.EventBars, cuts == 0 ? 6 : 19_990, cuts == 0 ? 6 : 20_000);
        string[] told = [.. log.Lines.Where(l => l.Contains("Renko", StringComparison.Ordinal))];
        Assert.Equal(cuts == 0 ? 0 : 1, told.Length);
        Assert.All(told, l => Assert.StartsWith("Warning: A trade of A at 101 made more than 10,000 Renko bricks", l, StringComparison.Ordinal));
    }

    private static TickRecord Trade(int second, double price, uint instrument) => Ticks.Trade(Ticks.Start + (second * 1_000_000_000L), price, 1, instrument, (ulong)second + 1);
}
