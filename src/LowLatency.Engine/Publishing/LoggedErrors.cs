using LowLatency.Core.Errors;
using Microsoft.Extensions.Logging;

namespace LowLatency.Engine.Publishing;

/// <summary>Logs what driver, client, publisher and journal report, and writes it down for <c>./run.sh stat --errors</c>.</summary>
/// <param name="logger">The log.</param>
/// <param name="counted">Counts and writes down; null where there are no counters.</param>
internal sealed class LoggedErrors(ILogger logger, IErrorHandler? counted) : IErrorHandler
{
    public void OnError(string source, Exception thrown)
    {
        EngineLog.PublishingReported(logger, source, thrown.Message);
        counted?.OnError(source, thrown);
    }
}
