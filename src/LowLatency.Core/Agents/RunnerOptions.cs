namespace LowLatency.Core.Agents;

/// <summary>What a runner can be told beside its agents and its idle strategy.</summary>
public sealed class RunnerOptions
{
    /// <summary>The longest park of the back-off and blocking strategies, in milliseconds, at least 1: how late a timer, or room in a ring, may be noticed.</summary>
    public int ParkMs { get; init; } = 10;

    /// <summary>Where and how the thread should run.</summary>
    public ThreadPlacement Placement { get; init; } = ThreadPlacement.Anywhere;

    /// <summary>Who places the thread; needed when <see cref="Placement"/> asks for something.</summary>
    public ThreadPlacer? Placer { get; init; }

    /// <summary>
    /// Asked about every exception that a duty cycle throws, on the runner's thread: true lets the runner go on with the next duty cycle, from its
    /// first agent; false, or no handler, ends it. Each is counted in <see cref="AgentRunner.Errors"/> before.
    /// </summary>
    public Func<Exception, bool>? OnError { get; init; }
}
