namespace LowLatency.Core.Agents;

/// <summary>The runner's loop, compiled for one idle strategy.</summary>
/// <typeparam name="TIdle">The idle strategy.</typeparam>
/// <param name="name">The thread's name.</param>
/// <param name="idle">The idle strategy.</param>
/// <param name="parker">Where the thread sleeps.</param>
/// <param name="options">Placement and errors.</param>
/// <param name="agents">The agents, called in this order.</param>
public sealed class AgentRunner<TIdle>(string name, TIdle idle, Parker parker, RunnerOptions options, params Agent[] agents) : AgentRunner(name, parker, options, agents)
    where TIdle : struct, IIdleStrategy
{
    /// <summary>Makes a runner without options.</summary>
    /// <param name="name">The thread's name.</param>
    /// <param name="idle">The idle strategy.</param>
    /// <param name="parker">Where the thread sleeps.</param>
    /// <param name="agents">The agents, called in this order.</param>
    public AgentRunner(string name, TIdle idle, Parker parker, params Agent[] agents)
        : this(name, idle, parker, new RunnerOptions(), agents)
    {
    }

    private protected override void Loop()
    {
        TIdle strategy = idle;
        ReadOnlySpan<Agent> all = Agents;
        while (!Stopping)
        {
            int work = 0;
            foreach (Agent agent in all) work += agent.DoWork();
            if (work != 0) strategy.Reset();
            else strategy.Idle(Parker, all);
        }
    }
}
