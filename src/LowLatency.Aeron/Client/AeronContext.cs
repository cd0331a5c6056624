using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Counters;
using LowLatency.Core.Errors;

namespace LowLatency.Aeron.Client;

/// <summary>The settings of a client.</summary>
public sealed class AeronContext
{
    /// <summary>The driver's folder.</summary>
    public string Directory { get; init; } = AeronDirectory.Default;

    /// <summary>How long a driver may be silent before it is given up, and an answer may take, in milliseconds, at least 1.</summary>
    public int DriverTimeoutMs { get; init; } = 10_000;

    /// <summary>How often the driver is told that the client lives, and looked at, in milliseconds, at least 1.</summary>
    public int KeepaliveIntervalMs { get; init; } = 500;

    /// <summary>How long the client's own thread sleeps between two turns, in milliseconds, at least 1: how late it may notice an image.</summary>
    public int IdleSleepMs { get; init; } = 16;

    /// <summary>
    /// Whether the application calls <see cref="AeronClient.Invoke"/>, or runs <see cref="AeronClient.Conductor"/> on a thread of its own; else the
    /// client has its own thread.
    /// </summary>
    public bool UsesInvoker { get; init; }

    /// <summary>An agent, of an embedded driver for one, that is given its turns while a call waits for an answer: for a client and a driver on one thread.</summary>
    public Agent? DriverAgent { get; init; }

    /// <summary>What the driver's tools call the client; empty for nothing.</summary>
    public string ClientName { get; init; } = "";

    /// <summary>The time.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>Is told of errors that no call can throw: a driver that has died, a handler that threw. Null writes them to standard error.</summary>
    public IErrorHandler? ErrorHandler { get; init; }

    /// <summary>
    /// Is told of each image that a subscription gets, where the subscription names no handler of its own. Handlers are called on the conductor's
    /// thread and must not add or close.
    /// </summary>
    public Action<Image>? OnAvailableImage { get; init; }

    /// <summary>Is told of each image that a subscription loses, where the subscription names no handler of its own.</summary>
    public Action<Image>? OnUnavailableImage { get; init; }

    /// <summary>Is told of each counter that is added, anyone's: the counters, its registration id, its id.</summary>
    public Action<CountersReader, long, int>? OnAvailableCounter { get; init; }

    /// <summary>Is told of each counter that is freed, anyone's: the counters, its registration id, its id.</summary>
    public Action<CountersReader, long, int>? OnUnavailableCounter { get; init; }

    /// <summary>Is told once that the client is closed, by whom ever.</summary>
    public Action? OnClose { get; init; }

    /// <summary>What a wait does between two looks, given how many it has taken: a test moves its clock.</summary>
    internal Action<int> Wait { get; init; } = static looks =>
    {
        if (looks < 20) Thread.Yield();
        else Thread.Sleep(1);
    };

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Directory);
        ArgumentOutOfRangeException.ThrowIfLessThan(DriverTimeoutMs, 1, nameof(DriverTimeoutMs));
        ArgumentOutOfRangeException.ThrowIfLessThan(KeepaliveIntervalMs, 1, nameof(KeepaliveIntervalMs));
        ArgumentOutOfRangeException.ThrowIfLessThan(IdleSleepMs, 1, nameof(IdleSleepMs));
    }
}
