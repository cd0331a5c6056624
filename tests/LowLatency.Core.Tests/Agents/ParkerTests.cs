using LowLatency.Core.Agents;

namespace LowLatency.Core.Tests.Agents;

/// <summary>One fixture for both ways to sleep.</summary>
public abstract class ParkerTests
{
    private const int ForeverMs = 600_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Should_Not_Sleep_While_There_Is_Work() =>
        Assert.True(EndsInTime(NewParker(), new ScriptedAgent("idle", []), new ScriptedAgent("busy", []) { Asked = () => true }));

    [Fact]
    public void Should_Not_Sleep_When_Work_Comes_After_It_Has_Said_That_It_Will()
    {
        // The first question is asked before the flag is set, the second after: what is published between the two wakes nobody.
        int asked = 0;
        Assert.True(EndsInTime(NewParker(), new ScriptedAgent("a", []) { Asked = () => ++asked == 2 }));
        Assert.Equal(2, asked);
    }

    [Fact]
    public void Should_Be_Woken_By_A_Publisher_That_Saw_It_Parked_Before_It_Slept()
    {
        var parker = NewParker();
        int asked = 0;
        var agent = new ScriptedAgent("a", [])
        {
            Asked = () =>
            {
                if (++asked == 2) parker.UnparkIfParked();
                return false;
            },
        };
        Assert.True(EndsInTime(parker, agent));
    }

    [Fact]
    public void Should_Keep_A_Wake_Up_For_The_Next_Sleep_Only()
    {
        var parker = NewParker();
        parker.Unpark();
        Assert.True(EndsInTime(parker));
        Thread sleeper = Sleep(parker);
        Assert.True(SpinWait.SpinUntil(() => parker.IsAsleep, Patience));
        parker.UnparkIfParked();
        Assert.True(sleeper.Join(Patience));
    }

    [Fact]
    public void Should_Not_Be_Woken_Where_Nobody_Is_Parked()
    {
        var parker = NewParker();
        parker.UnparkIfParked();
        Thread sleeper = Sleep(parker);
        Assert.True(SpinWait.SpinUntil(() => parker.IsAsleep, Patience));
        parker.Unpark();
        Assert.True(sleeper.Join(Patience));
    }

    [Fact]
    public void Should_End_Its_Sleep_By_Itself()
    {
        NewParker().Park([], 1);
    }

    protected abstract bool UsesFutex { get; }

    private Parker NewParker()
    {
        Assert.SkipWhen(UsesFutex && !Futex.IsSupported, "This system has no futex.");
        return new Parker(UsesFutex);
    }

    private static bool EndsInTime(Parker parker, params Agent[] agents) => Sleep(parker, agents).Join(Patience);

    private static Thread Sleep(Parker parker, params Agent[] agents)
    {
        var thread = new Thread(() => parker.Park(agents, ForeverMs)) { IsBackground = true };
        thread.Start();
        return thread;
    }
}

public sealed class FutexParkerTests : ParkerTests
{
    protected override bool UsesFutex => true;
}

public sealed class MonitorParkerTests : ParkerTests
{
    protected override bool UsesFutex => false;
}
