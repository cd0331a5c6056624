using LowLatency.Engine.Settings;
using LowLatency.Market.Records;

namespace LowLatency.Engine.Tests.Pipeline;

public class AllocationTests
{
    [Fact]
    public async Task Should_Allocate_Nothing_Once_Warm()
    {
        // The second half is the first one again, an hour later: nothing in it is new to the engine but the time.
        TickRecord[] half = MarketScript.Make(3, 10_000);
        TickRecord[] script = [.. half, .. half.Select(MarketScript.Later)];
        LowLatencySettings settings = EngineRun.Settings();
        long least = long.MaxValue;
        // A collection, which other tests cause, charges a thread with the rest of its allocation buffer: the least of some runs counts.
        for (int run = 0; run < 5 && least != 0; run++)
        {
            var stage = new AllocationStage(half.Length + 500);
            await EngineRun.PublishAsync(settings, script, 64, stage);
            least = Math.Min(least, stage.Bytes);
        }

        Assert.Equal(0, least);
    }
}
