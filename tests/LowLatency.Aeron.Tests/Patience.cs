namespace LowLatency.Aeron.Tests;

/// <summary>Ends a loop that waits for what never comes: a test that is broken fails, and does not hang.</summary>
internal struct Patience
{
    private const int LooksOfClock = 64;
    private const int Milliseconds = 120_000;

    private long _start;
    private int _looks;

    /// <summary>Called once a turn of the loop; the clock is looked at now and then.</summary>
    /// <exception cref="TimeoutException">The loop has turned for two minutes.</exception>
    public void Look()
    {
        if (_looks++ % LooksOfClock != 0) return;
        long now = Environment.TickCount64;
        if (_start == 0) _start = now;
        if (now - _start > Milliseconds) throw new TimeoutException($"The loop has turned {_looks} times in {(now - _start) / 1000} s, and what it waits for does not come.");
    }
}
