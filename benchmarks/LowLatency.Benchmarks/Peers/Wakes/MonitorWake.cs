using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Peers.Wakes;

/// <summary>Monitor.Wait and Pulse, which is what BlockingCollection ends in.</summary>
internal sealed class MonitorWake() : WakeContender("Monitor.Wait, Pulse", Role.Peer)
{
    private readonly object _monitor = new();
    private long _woken;
    private long _seen;

    protected override void Sleep()
    {
        lock (_monitor)
        {
            while (_woken == _seen) Monitor.Wait(_monitor);
            _seen++;
        }
    }

    protected override void Wake()
    {
        lock (_monitor)
        {
            _woken++;
            Monitor.Pulse(_monitor);
        }
    }
}
