using LowLatency.Core.Counters;

namespace LowLatency.Core.Errors;

/// <summary>Counts errors and writes the distinct ones down. Any thread may call it.</summary>
/// <param name="log">Where they are written down.</param>
/// <param name="errors">Counts them all.</param>
/// <param name="unlogged">Counts those that the log had no room for.</param>
public sealed class CountedErrors(DistinctErrorLog log, Counter errors, Counter unlogged) : IErrorHandler
{
    /// <inheritdoc/>
    public void OnError(string source, Exception thrown)
    {
        ArgumentNullException.ThrowIfNull(thrown);
        errors.IncrementAtomic();
        if (!log.Record($"{source}: {thrown}")) unlogged.IncrementAtomic();
    }
}
