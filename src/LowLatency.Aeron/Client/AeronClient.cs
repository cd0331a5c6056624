using LowLatency.Core.Agents;
using LowLatency.Core.Counters;

namespace LowLatency.Aeron.Client;

/// <summary>
/// A client of an Aeron driver, the embedded one or any other: adds publications, subscriptions and counters. Adding waits for the driver's answer and is not for the hot path;
/// offering and polling never wait. Any thread may add and close.
/// </summary>
/// <remarks>
/// When the driver dies, or gives the client up, everything the client has is closed and its error handler told; calls that need the driver throw from then on. Logs stay mapped
/// while anyone uses them, so that a use after close is refused and never a fault.
/// </remarks>
public sealed class AeronClient : IDisposable
{
    private readonly ClientConductor _conductor;
    private readonly AgentRunner? _runner;

    private AeronClient(AeronContext context)
    {
        _conductor = new ClientConductor(context);
        if (context.UsesInvoker) return;
        // What one turn throws is told, and the next turn comes: a client that is not serviced is given up by its driver.
        var options = new RunnerOptions { ParkMs = context.IdleSleepMs, OnError = static _ => true };
        _runner = AgentRunner.Create("aeron-client", IdleStrategyKind.Blocking, new Parker(), options, _conductor);
        _runner.ErrorHandler = context.ErrorHandler ?? StandardErrorHandler.Instance;
        _runner.Start();
    }

    /// <summary>The client's id, one of the driver's correlation ids.</summary>
    public long ClientId => _conductor.ClientId;

    /// <summary>Whether it is closed, by the application or because driver or client did not live.</summary>
    public bool IsClosed => _conductor.IsClosed;

    /// <summary>All counters of the driver and its clients.</summary>
    public CountersReader Counters => _conductor.Counters;

    /// <summary>The client's duty cycle, for a runner of the application; only with <see cref="AeronContext.UsesInvoker"/>.</summary>
    /// <exception cref="InvalidOperationException">The client has its own thread.</exception>
    public Agent Conductor => _runner is null ? _conductor : throw new InvalidOperationException("The client has its own thread: set AeronContext.UsesInvoker to run it on another.");

    internal int MappedLogCount => _conductor.MappedLogCount;

    /// <summary>Connects to the driver of the context's folder; waits for one as long as its timeout is.</summary>
    /// <param name="context">The settings.</param>
    /// <exception cref="AeronTimeoutException">No driver lives there.</exception>
    /// <exception cref="AeronException">The driver speaks another version.</exception>
    public static AeronClient Connect(AeronContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Validate();
        return new AeronClient(context);
    }

    /// <summary>Adds a publication that shares its log with all others of the same stream.</summary>
    /// <param name="channel">The channel, <c>aeron:ipc</c> for one.</param>
    /// <param name="streamId">The stream.</param>
    /// <exception cref="FormatException">It is no channel.</exception>
    /// <exception cref="RegistrationException">The driver refuses.</exception>
    /// <exception cref="AeronTimeoutException">The driver does not answer.</exception>
    /// <exception cref="ObjectDisposedException">The client was closed by the application; <see cref="AeronException"/> when by something else.</exception>
    public ConcurrentPublication AddPublication(string channel, int streamId) => _conductor.AddPublication(channel, streamId);

    /// <summary>Adds a publication with a log of its own, for one thread.</summary>
    /// <param name="channel">The channel, <c>aeron:ipc</c> for one.</param>
    /// <param name="streamId">The stream.</param>
    /// <inheritdoc cref="AddPublication" path="/exception"/>
    public ExclusivePublication AddExclusivePublication(string channel, int streamId) => _conductor.AddExclusivePublication(channel, streamId);

    /// <summary>Adds a subscription.</summary>
    /// <param name="channel">The channel, <c>aeron:ipc</c> for one.</param>
    /// <param name="streamId">The stream.</param>
    /// <param name="onAvailableImage">Is told of each image; null for the context's.</param>
    /// <param name="onUnavailableImage">Is told of each image that goes; null for the context's.</param>
    /// <inheritdoc cref="AddPublication" path="/exception"/>
    public Subscription AddSubscription(string channel, int streamId, Action<Image>? onAvailableImage = null, Action<Image>? onUnavailableImage = null) =>
        _conductor.AddSubscription(channel, streamId, onAvailableImage, onUnavailableImage);

    /// <summary>Adds a counter.</summary>
    /// <param name="typeId">What kind it is; the application's begin at 1000.</param>
    /// <param name="key">What programs read, at most 112 bytes.</param>
    /// <param name="label">What people read, at most 380 bytes in UTF-8.</param>
    /// <inheritdoc cref="AddPublication" path="/exception"/>
    public AeronCounter AddCounter(int typeId, ReadOnlySpan<byte> key, string label) => _conductor.AddCounter(typeId, key, label);

    /// <summary>
    /// Adds a counter that is nobody's: it stays as long as the driver, and who adds one of the same type and registration id gets the same. Closing it only closes the handle.
    /// </summary>
    /// <param name="typeId">What kind it is; the application's begin at 1000.</param>
    /// <param name="key">What programs read, at most 112 bytes; of the first that adds it.</param>
    /// <param name="label">What people read, at most 380 bytes in UTF-8; of the first that adds it.</param>
    /// <param name="registrationId">The application's number for it.</param>
    /// <inheritdoc cref="AddPublication" path="/exception"/>
    public AeronCounter AddStaticCounter(int typeId, ReadOnlySpan<byte> key, string label, long registrationId) => _conductor.AddStaticCounter(typeId, key, label, registrationId);

    /// <summary>Gives the client its turn; only with <see cref="AeronContext.UsesInvoker"/>.</summary>
    /// <returns>How much was done.</returns>
    /// <exception cref="InvalidOperationException">The client has its own thread.</exception>
    public int Invoke() => Conductor.DoWork();

    /// <summary>Closes everything that it has, and itself. May be called more than once.</summary>
    public void Dispose()
    {
        _runner?.Dispose();
        _conductor.CloseClient();
    }
}
