using LowLatency.Core.Errors;

namespace LowLatency.Core.Agents;

/// <summary>Owns a thread and runs agents on it until it is stopped or one of them throws.</summary>
public abstract class AgentRunner : IDisposable
{
    private const int New = 0;
    private const int Started = 1;
    private const int Disposed = 2;

    private readonly Agent[] _agents;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<IReadOnlyList<PlacementRefusal>> _placed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RunnerOptions _options;
    private volatile bool _stop;
    private int _state;
    private long _errors;

    private protected AgentRunner(string name, Parker parker, RunnerOptions options, Agent[] agents)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(options);
        if (agents.Length == 0) throw new ArgumentException("A runner needs at least one agent.", nameof(agents));
        if (!options.Placement.IsAnywhere && options.Placer is null) throw new ArgumentException("A placement needs who does it: RunnerOptions.Placer.", nameof(options));
        _options = options;
        // A copy: whoever called may change its array.
        _agents = [.. agents];
        Parker = parker;
        _thread = new Thread(Run) { Name = name, IsBackground = true };
    }

    /// <summary>The thread's name. Linux shows its first 15 bytes.</summary>
    public string Name => _thread.Name!;

    /// <summary>Where the runner's thread sleeps.</summary>
    public Parker Parker { get; }

    /// <summary>
    /// Ends when the last agent has closed: faulted with everything that agents threw, first what ended the loop; else successfully. A runner that
    /// is disposed before its start ends successfully.
    /// </summary>
    public Task Completion => _completion.Task;

    /// <summary>Is told what agents throw, on the runner's thread, whether it goes on or ends; null for nobody. Set before the start.</summary>
    public IErrorHandler? ErrorHandler { get; set; }

    /// <summary>
    /// Ends when the thread has been placed, before its first agent starts, with what the system refused; empty when nothing was asked for or all was
    /// granted.
    /// </summary>
    public Task<IReadOnlyList<PlacementRefusal>> Placed => _placed.Task;

    /// <summary>How many duty cycles have thrown.</summary>
    public long Errors => Volatile.Read(ref _errors);

    /// <summary>Bytes that the runner's thread has allocated on the managed heap up to its last <see cref="Agent.OnClose"/>.</summary>
    public long AllocatedBytes { get; private set; }

    private protected ReadOnlySpan<Agent> Agents => _agents;

    private protected bool Stopping => _stop;

    /// <summary>Makes a runner for the idle strategy that a setting names; it parks for 10 ms at the longest.</summary>
    /// <param name="name">The thread's name.</param>
    /// <param name="kind">The idle strategy.</param>
    /// <param name="parker">Where the thread sleeps; rings that wake it know the same one.</param>
    /// <param name="agents">The agents, called in this order.</param>
    public static AgentRunner Create(string name, IdleStrategyKind kind, Parker parker, params Agent[] agents) => Create(name, kind, parker, 10, agents);

    /// <summary>Makes a runner for the idle strategy that a setting names.</summary>
    /// <param name="name">The thread's name.</param>
    /// <param name="kind">The idle strategy.</param>
    /// <param name="parker">Where the thread sleeps; rings that wake it know the same one.</param>
    /// <param name="parkMs">The longest park of the back-off and blocking strategies, in milliseconds: how late a timer, or room in a ring, may be noticed.</param>
    /// <param name="agents">The agents, called in this order.</param>
    public static AgentRunner Create(string name, IdleStrategyKind kind, Parker parker, int parkMs, params Agent[] agents) =>
        Create(name, kind, parker, new RunnerOptions { ParkMs = parkMs }, agents);

    /// <summary>Makes a runner for the idle strategy that a setting names, with options.</summary>
    /// <param name="name">The thread's name.</param>
    /// <param name="kind">The idle strategy.</param>
    /// <param name="parker">Where the thread sleeps; rings that wake it know the same one.</param>
    /// <param name="options">Placement, errors, the longest park.</param>
    /// <param name="agents">The agents, called in this order.</param>
    public static AgentRunner Create(string name, IdleStrategyKind kind, Parker parker, RunnerOptions options, params Agent[] agents)
    {
        ArgumentNullException.ThrowIfNull(options);
        return kind switch
        {
            IdleStrategyKind.BusySpin => new AgentRunner<BusySpinIdle>(name, default, parker, options, agents),
            IdleStrategyKind.Yielding => new AgentRunner<YieldingIdle>(name, default, parker, options, agents),
            IdleStrategyKind.BackOff => new AgentRunner<BackOffIdle>(name, new BackOffIdle(20_000, 50_000, options.ParkMs), parker, options, agents),
            IdleStrategyKind.Blocking => new AgentRunner<BlockingIdle>(name, new BlockingIdle(options.ParkMs), parker, options, agents),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such idle strategy."),
        };
    }

    /// <summary>Starts the thread.</summary>
    /// <exception cref="InvalidOperationException">It was started or disposed before.</exception>
    public void Start()
    {
        if (Interlocked.CompareExchange(ref _state, Started, New) != New)
            throw new InvalidOperationException($"The runner {_thread.Name} was started or disposed before; a runner runs once.");
        try
        {
            _thread.Start();
        }
        catch (Exception refused)
        {
            // The system gives no thread: whoever waits for the completion learns it too.
            _placed.TrySetException(refused);
            _completion.SetException(refused);
            throw;
        }
    }

    /// <summary>Asks the thread to end after its duty cycle.</summary>
    public void Stop()
    {
        _stop = true;
        Parker.Unpark();
    }

    /// <summary>Stops and waits for the thread to end, unless called on that thread. May be called more than once.</summary>
    public void Dispose()
    {
        Stop();
        GC.SuppressFinalize(this);
        // Whoever comes first, Start or this, decides whether there will be a thread to wait for.
        if (Interlocked.CompareExchange(ref _state, Disposed, New) == Started)
        {
            if (Thread.CurrentThread == _thread) return;
            // Start may be at it on another thread, where a thread cannot be joined yet; the completion ends in any case.
            ((IAsyncResult)Completion).AsyncWaitHandle.WaitOne();
            if ((_thread.ThreadState & ThreadState.Unstarted) == 0) _thread.Join();
        }
        else
        {
            _placed.TrySetResult([]);
            _completion.TrySetResult();
        }
    }

    /// <summary>The loop.</summary>
    private protected abstract void Loop();

    private void Run()
    {
        var failures = new List<Exception>();
        int started = 0;
        try
        {
            Place();
            for (; started < _agents.Length; started++) _agents[started].OnStart();
            while (!TryLoop())
            {
            }
        }
        catch (Exception thrown)
        {
            failures.Add(thrown);
            Tell(thrown, failures);
        }

        AllocatedBytes = GC.GetAllocatedBytesForCurrentThread();
        for (int i = started - 1; i >= 0; i--)
        {
            try
            {
                _agents[i].OnClose();
            }
            catch (Exception thrown)
            {
                failures.Add(thrown);
                Tell(thrown, failures);
            }
        }

        if (failures.Count == 0) _completion.SetResult();
        else _completion.SetException(failures);
    }

    // Whoever is told may fail too; that is no reason to leave the completion open.
    private void Tell(Exception thrown, List<Exception> failures)
    {
        try
        {
            ErrorHandler?.OnError(Name, thrown);
        }
        catch (Exception worse)
        {
            failures.Add(worse);
        }
    }

    private void Place()
    {
        try
        {
            _placed.SetResult(_options.Placement.IsAnywhere ? [] : _options.Placer!.Place(Name, _options.Placement));
        }
        catch (Exception thrown)
        {
            _placed.SetException(thrown);
            throw;
        }
    }

    // False when a duty cycle has thrown what the handler lets pass.
    private bool TryLoop()
    {
        try
        {
            Loop();
            return true;
        }
        catch (Exception thrown)
        {
            Interlocked.Increment(ref _errors);
            if (_options.OnError is not { } handler || !handler(thrown)) throw;
            ErrorHandler?.OnError(Name, thrown);
            return false;
        }
    }
}
