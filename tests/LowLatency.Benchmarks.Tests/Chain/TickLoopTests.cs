using LowLatency.Benchmarks.Chain;
using LowLatency.Market.Records;

namespace LowLatency.Benchmarks.Tests.Chain;

public sealed class TickLoopTests
{
    private const long WeekNs = 7L * 86_400 * 1_000_000_000;

    [Fact]
    public void Should_Move_Each_Pass_On_By_Whole_Weeks_And_Give_No_Id_Twice()
    {
        TickRecord[] ticks = [Trade(1_000, 5, 7), Trade(2_000, 6, 8), Trade(WeekNs + 3_000, 9, 9)];
        var loop = new TickLoop(ticks);
        var seen = new List<TickRecord>();
        for (int i = 0; i < 9; i++)
        {
            var tick = default(TickRecord);
            loop.Take(ref tick);
            seen.Add(tick);
        }

        Assert.Equal(3, loop.Passes);
        Assert.Equal(9, seen.Select(t => t.Trade.TradeId).Distinct().Count());
        Assert.Equal(9, seen.Select(t => t.Header.Sequence).Distinct().Count());
        // The ticks span more than a week: the next pass begins two weeks on.
        Assert.Equal(seen.Take(3).Select(t => t.Header.EventNs + (2 * WeekNs)), seen.Skip(3).Take(3).Select(t => t.Header.EventNs));
        Assert.Equal(seen.Select(t => t.Header.EventNs - 500), seen.Select(t => t.Header.ReceiveNs));
    }

    [Fact]
    public void Should_Leave_Alone_What_Is_Not_Given()
    {
        var loop = new TickLoop([Trade(1_000, 0, 0)]);
        var tick = default(TickRecord);
        for (int i = 0; i < 3; i++) loop.Take(ref tick);
        Assert.Equal((0UL, 0UL), (tick.Trade.TradeId, tick.Header.Sequence));
    }

    private static TickRecord Trade(long eventNs, ulong id, ulong sequence)
    {
        var tick = default(TickRecord);
        tick.Header = new RecordHeader { Type = RecordType.Trade, EventNs = eventNs, ReceiveNs = eventNs - 500, Sequence = sequence };
        tick.Trade.TradeId = id;
        return tick;
    }
}
