using LowLatency.Core.Errors;
using Microsoft.Extensions.Logging;

namespace LowLatency.Engine.Publishing;

/// <summary>Logs what driver, client and publisher report.</summary>
/// <param name="logger">The log.</param>
internal sealed class LoggedErrors(ILogger logger) : IErrorHandler
{
    public void OnError(string source, Exception thrown) => EngineLog.PublishingReported(logger, source, thrown.Message);
}
