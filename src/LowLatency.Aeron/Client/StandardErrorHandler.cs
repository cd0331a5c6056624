using LowLatency.Core.Errors;

namespace LowLatency.Aeron.Client;

/// <summary>Writes errors to standard error, for those who name no handler.</summary>
internal sealed class StandardErrorHandler : IErrorHandler
{
    public static StandardErrorHandler Instance { get; } = new();

    public void OnError(string source, Exception thrown) => Console.Error.WriteLine($"{source}: {thrown.GetType().Name}: {thrown.Message}");
}
