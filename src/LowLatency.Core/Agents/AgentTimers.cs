namespace LowLatency.Core.Agents;

/// <summary>How long a thread may sleep with respect to its agents' timers.</summary>
internal static class AgentTimers
{
    /// <summary>Milliseconds until the first timer is due, at least 1 and at most <paramref name="longestMs"/>.</summary>
    public static int UntilDueMs(ReadOnlySpan<Agent> agents, int longestMs)
    {
        long ns = longestMs * 1_000_000L;
        foreach (Agent agent in agents) ns = Math.Min(ns, agent.IdleNs());
        // Rounded down, but to 1 ms at least: a thread cannot sleep for less.
        return Math.Max(1, (int)(ns / 1_000_000));
    }
}
