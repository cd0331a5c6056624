namespace LowLatency.Core.Agents;

/// <summary>A duty cycle that a runner calls over and over on one thread. An agent owns its state: nobody else touches it while it runs.</summary>
public abstract class Agent
{
    /// <summary>What threads, counters and messages call it.</summary>
    public abstract string Name { get; }

    /// <summary>Called once on the agent's thread before the first duty cycle.</summary>
    public virtual void OnStart()
    {
    }

    /// <summary>Does what there is to do now, without waiting.</summary>
    /// <returns>How much was done; 0 lets the runner idle.</returns>
    public abstract int DoWork();

    /// <summary>Whether there is work now. Asked once more before the thread parks, so that nothing published in that instant is overlooked.</summary>
    public virtual bool HasWork() => false;

    /// <summary>How long the agent has nothing to do as far as it knows, in nanoseconds: when its next timer is due. A parked thread sleeps no longer.</summary>
    public virtual long IdleNs() => long.MaxValue;

    /// <summary>Called once on the agent's thread after the last duty cycle, also when one threw. Not called when <see cref="OnStart"/> threw or never ran.</summary>
    public virtual void OnClose()
    {
    }
}
