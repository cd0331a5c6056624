using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Lab.Native;
using LowLatency.Core.Agents;
using LowLatency.Core.Histograms;
using LowLatency.Core.Rings;

namespace LowLatency.Benchmarks.Ours;

/// <summary>An agent that takes events from a ring and looks at the clock for each; it measures its own thread too.</summary>
/// <param name="consumer">Its side of the ring.</param>
/// <param name="first">The sequence that comes first.</param>
/// <param name="count">How many events will come.</param>
internal sealed class ReceivingAgent(RingConsumer<LabEvent> consumer, long first, long count) : Agent, IDisposable
{
    private readonly ManualResetEventSlim _done = new();
    private Tally _tally = new(first);
    private long _left = count;
    private long _startNs;

    public override string Name => "receiver";

    public LatencyHistogram Latency { get; } = new(1, 10_000_000_000, 3);

    /// <summary>What was taken.</summary>
    public Tally Tally => _tally;

    /// <summary>Time on a processor between start and close, in nanoseconds.</summary>
    public long CpuNs { get; private set; }

    /// <summary>Bytes allocated between start and close.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Time between start and close, in nanoseconds.</summary>
    public long ElapsedNs { get; private set; }

    public override void OnStart()
    {
        Placement.Current.PinCurrentThread(1);
        AllocatedBytes = -GC.GetAllocatedBytesForCurrentThread();
        _startNs = LabClock.NowNs();
        CpuNs = -LinuxThread.CpuNs();
    }

    public override int DoWork()
    {
        ReadOnlySpan<LabEvent> events = consumer.Poll(RingLoops.PollLimit);
        if (events.IsEmpty) return 0;
        foreach (ref readonly LabEvent taken in events)
        {
            Latency.Record(LabClock.NowNs() - taken.IntendedNs);
            _tally.Take(taken);
        }

        int taking = events.Length;
        consumer.Advance(taking);
        _left -= taking;
        if (_left == 0) _done.Set();
        return taking;
    }

    public override bool HasWork() => consumer.HasEvents();

    public override void OnClose()
    {
        CpuNs += LinuxThread.CpuNs();
        ElapsedNs = LabClock.NowNs() - _startNs;
        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread();
    }

    /// <summary>Waits until the last event has come.</summary>
    /// <exception cref="LabException">It does not come.</exception>
    public void Await()
    {
        if (Volatile.Read(ref _left) == 0) return;
        if (!_done.Wait(TimeSpan.FromSeconds(60))) throw new LabException($"The agent still waits for {Volatile.Read(ref _left)} events after a minute: it was not woken, or they were lost.");
    }

    public void Dispose() => _done.Dispose();
}
