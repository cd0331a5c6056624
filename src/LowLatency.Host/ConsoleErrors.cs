using LowLatency.Core.Errors;

namespace LowLatency.Host;

/// <summary>Writes what agents report to standard error, a line each.</summary>
internal sealed class ConsoleErrors : IErrorHandler
{
    public void OnError(string source, Exception thrown) => Console.Error.WriteLine($"{source}: {thrown.Message}");
}
