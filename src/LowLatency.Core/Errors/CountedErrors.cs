using LowLatency.Core.Counters;

namespace LowLatency.Core.Errors;

/// <summary>
/// Counts errors and writes the distinct ones down: those of one source, type and message are one, with the stack of the first. Any thread may call it.
/// </summary>
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
        if (!log.Record($"{source}: {thrown.GetType().FullName}: {thrown.Message}", new Details(thrown))) unlogged.IncrementAtomic();
    }

    // A stack is dear to describe, and is asked for once a distinct error.
    private sealed class Details(Exception thrown)
    {
        public override string ToString() => (thrown.InnerException is null ? thrown.StackTrace : thrown.ToString()) ?? "(not thrown)";
    }
}
