namespace LowLatency.Benchmarks.Lab;

/// <summary>One way to do what an experiment asks for. It lives for the whole experiment, so that a run finds warm memory.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="role">What it is in the experiment.</param>
public abstract class Contender(string name, Role role) : IDisposable
{
    /// <summary>Slots of every bounded ring and queue.</summary>
    public const int Capacity = 1 << 16;

    /// <summary>What tables call it.</summary>
    public string Name { get; } = name;

    /// <summary>What it is in the experiment.</summary>
    public Role Role { get; } = role;

    /// <summary>Why it cannot run here and what to install; null when it can.</summary>
    public virtual string? Missing => null;

    /// <summary>Whether each run starts what it needs anew, processes for one, so that runs before it warm nothing.</summary>
    public virtual bool StartsAnew => false;

    /// <summary>Runs once, and checks what was moved.</summary>
    /// <param name="load">How much.</param>
    /// <exception cref="LabException">Something was moved wrongly.</exception>
    public abstract RunOutcome Run(Load load);

    /// <summary>Frees what it holds.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what it holds.</summary>
    /// <param name="disposing">Whether called from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
