namespace LowLatency.Core.Agents;

/// <summary>The runner's loop, compiled for one idle strategy.</summary>
/// <typeparam name="TIdle">The idle strategy.</typeparam>
/// <param name="name">The thread's name.</param>
/// <param name="idle">The idle strategy.</param>
/// <param name="parker">Where the thread sleeps.</param>
/// <param name="agents">The agents, called in this order.</param>
public sealed class AgentRunner<TIdle>(string name, TIdle idle, Parker parker, params Agent[] agents) : AgentRunner(name, parker, agents)
    where TIdle : struct, IIdleStrategy
{
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
