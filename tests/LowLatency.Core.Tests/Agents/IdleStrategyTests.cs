using LowLatency.Core.Agents;

namespace LowLatency.Core.Tests.Agents;

public sealed class IdleStrategyTests
{
    [Fact]
    public void Should_Back_Off_To_A_Park_And_Begin_Again_After_Work()
    {
        int asked = 0;
        Agent[] agents = [new ScriptedAgent("a", []) { Asked = () => Count(ref asked) }];
        var idle = new BackOffIdle(spinNs: 2_000_000_000, yieldNs: 0, parkMs: 1);
        idle.Idle(new Parker(), agents);
        idle.Idle(new Parker(), agents);
        Assert.Equal(0, asked);

        var quick = new BackOffIdle(spinNs: 0, yieldNs: 0, parkMs: 1);
        quick.Idle(new Parker(), agents);
        Assert.Equal(1, asked);
    }

    [Fact]
    public void Should_Spin_For_As_Long_As_It_Is_Told()
    {
        // More nanoseconds than 64 bits of ticks take when they are multiplied first.
        var idle = new BackOffIdle(spinNs: long.MaxValue, yieldNs: long.MaxValue, parkMs: 600_000);
        for (int i = 0; i < 1000; i++) idle.Idle(new Parker(), []);
    }

    [Fact]
    public void Should_Spin_Again_After_Work()
    {
        int asked = 0;
        Agent[] agents = [new ScriptedAgent("a", []) { Asked = () => Count(ref asked) }];
        var idle = new BackOffIdle(spinNs: 100_000, yieldNs: 0, parkMs: 1);
        var parker = new Parker();
        while (asked == 0) idle.Idle(parker, agents);
        idle.Idle(parker, agents);
        int before = asked;
        Assert.True(before > 1);
        idle.Reset();
        idle.Idle(parker, agents);
        Assert.Equal(before, asked);
    }

    [Fact]
    public void Should_Never_Park_When_Told_To_Spin_Or_Yield()
    {
        int asked = 0;
        Agent[] agents = [new ScriptedAgent("a", []) { Asked = () => Count(ref asked) }];
        var spinning = default(BusySpinIdle);
        var yielding = default(YieldingIdle);
        for (int i = 0; i < 1000; i++)
        {
            spinning.Idle(new Parker(), agents);
            yielding.Idle(new Parker(), agents);
        }

        spinning.Reset();
        yielding.Reset();
        Assert.Equal(0, asked);
    }

    private static bool Count(ref int asked)
    {
        asked++;
        return true;
    }
}
