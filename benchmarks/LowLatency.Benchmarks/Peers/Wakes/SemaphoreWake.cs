using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Peers.Wakes;

/// <summary>SemaphoreSlim, which spins a little before it sleeps.</summary>
internal sealed class SemaphoreWake() : WakeContender("SemaphoreSlim", Role.Peer)
{
    private readonly SemaphoreSlim _semaphore = new(0);

    protected override void Sleep() => _semaphore.Wait();

    protected override void Wake() => _semaphore.Release();

    protected override void Dispose(bool disposing)
    {
        _semaphore.Dispose();
        base.Dispose(disposing);
    }
}
