namespace LowLatency.Core.Errors;

/// <summary>Is told of errors, on the thread that met them: what a runner of agents calls when one of them throws.</summary>
public interface IErrorHandler
{
    /// <summary>Takes note of an error. It does not throw.</summary>
    /// <param name="source">Who met it: a thread, an agent, a stage.</param>
    /// <param name="thrown">What was thrown.</param>
    void OnError(string source, Exception thrown);
}
