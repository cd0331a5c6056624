using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LowLatency.Engine.Tests;

/// <summary>Keeps what is logged, a line each, with its level.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger<MarketEngine>
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue($"{logLevel}: {formatter(state, exception)}");

    public void Dispose()
    {
    }
}
