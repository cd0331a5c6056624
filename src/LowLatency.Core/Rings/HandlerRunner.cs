using LowLatency.Core.Agents;

namespace LowLatency.Core.Rings;

/// <summary>
/// A thread for one handler and nothing else: loop, idle strategy and handler are compiled into one another, without a virtual call. What shares a
/// thread with other agents runs its <see cref="HandlerAgent{T, THandler}"/> in an <see cref="AgentRunner{TIdle}"/> instead.
/// </summary>
/// <typeparam name="T">The event.</typeparam>
/// <typeparam name="THandler">What handles the events.</typeparam>
/// <typeparam name="TIdle">What the thread does while there are none.</typeparam>
/// <param name="agent">The handler's duty cycle; its name becomes the thread's.</param>
/// <param name="idle">The idle strategy.</param>
/// <param name="parker">Where the thread sleeps; the consumers were added with it.</param>
public sealed class HandlerRunner<T, THandler, TIdle>(HandlerAgent<T, THandler> agent, TIdle idle, Parker parker) : AgentRunner(agent.Name, parker, [agent])
    where T : unmanaged
    where THandler : struct, IBatchHandler<T>
    where TIdle : struct, IIdleStrategy
{
    private protected override void Loop()
    {
        HandlerAgent<T, THandler> handler = agent;
        TIdle strategy = idle;
        ReadOnlySpan<Agent> all = Agents;
        while (!Stopping)
        {
            if (handler.DoWork() != 0) strategy.Reset();
            else strategy.Idle(Parker, all);
        }
    }
}
