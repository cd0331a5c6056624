using LowLatency.Core.Agents;

namespace LowLatency.Aeron.Driver;

/// <summary>
/// An Aeron media driver of IPC in this process. Clients of this process and others attach to its folder: this project's and the official ones of C, C++, Java and .NET.
/// UDP is left to <c>aeronmd</c>.
/// </summary>
public sealed class MediaDriver : IDisposable
{
    private readonly DriverConductor _conductor;
    private readonly AgentRunner? _runner;

    private MediaDriver(MediaDriverContext context)
    {
        Directory = context.Directory;
        var directory = new DriverDirectory(context);
        using (directory.Take())
        {
            var cnc = new DriverCnc(directory.CncFile, context);
            _conductor = new DriverConductor(context, directory, cnc);
            cnc.Open(context.Clock.EpochNs() / 1_000_000);
        }

        if (context.UsesInvoker) return;
        var options = new RunnerOptions
        {
            ParkMs = context.ParkMs,
            Placement = context.Placement,
            Placer = context.Placer,
            OnError = thrown =>
            {
                _conductor.Record(thrown);
                return true;
            },
        };
        _runner = AgentRunner.Create("aeron-driver", context.IdleStrategy, new Parker(), options, _conductor);
        _runner.Start();
    }

    /// <summary>Its folder.</summary>
    public string Directory { get; }

    /// <summary>The driver's duty cycle, for a runner of the application; only with <see cref="MediaDriverContext.UsesInvoker"/>.</summary>
    /// <exception cref="InvalidOperationException">The driver has its own thread.</exception>
    public Agent Conductor => _runner is null ? _conductor : throw new InvalidOperationException("The driver has its own thread: set MediaDriverContext.UsesInvoker to run it on another.");

    /// <summary>Whether it has ended, and let go of its folder: it was disposed, or a client's command to terminate was accepted.</summary>
    public bool IsClosed => _conductor.HasEnded;

    /// <summary>Takes its folder and starts.</summary>
    /// <param name="context">The settings.</param>
    /// <exception cref="ArgumentException">A setting is impossible.</exception>
    /// <exception cref="AeronException">Another driver lives in the folder.</exception>
    /// <exception cref="IOException">The folder cannot be written, or has no room.</exception>
    public static MediaDriver Launch(MediaDriverContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Validate();
        return new MediaDriver(context);
    }

    /// <summary>Gives the driver its turn; only with <see cref="MediaDriverContext.UsesInvoker"/>.</summary>
    /// <returns>How much was done.</returns>
    /// <exception cref="InvalidOperationException">The driver has its own thread.</exception>
    public int Invoke() => Conductor.DoWork();

    /// <summary>Stops it: clients are told, logs and, unless the settings say otherwise, the folder are deleted. May be called more than once.</summary>
    public void Dispose()
    {
        _runner?.Dispose();
        _conductor.Close();
    }
}
