namespace LowLatency.Benchmarks.Lab;

/// <summary>What a thread of an experiment does when it cannot go on. A struct, so that the loops are compiled for it.</summary>
public interface IWaiting
{
    /// <summary>Called after each try that failed.</summary>
    void Wait();

    /// <summary>Called after a try that did not.</summary>
    void Reset();
}
