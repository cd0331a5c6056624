using LowLatency.Core.Clocks;

namespace LowLatency.Core.Tests.Clocks;

/// <summary>A machine whose time passes only when something is read or a test lets it: a counter of wandering speed, and a system clock that can be set.</summary>
internal sealed class SimulatedMachine : IClock
{
    private const double NominalHz = 2_600_000_000;
    private const long CounterReadNs = 10;
    private const long ClockReadNs = 25;

    private readonly Queue<(int Reads, bool After, Action Interrupt)> _interrupts = new();
    private double _ticks = 1e12;

    /// <summary>The truth: nanoseconds since the machine was started.</summary>
    public long Ns { get; private set; } = 5_000_000_000_000;

    /// <summary>How much faster the counter runs than it should, in millionths, at a time.</summary>
    public Func<long, double> DriftPpm { get; set; } = _ => 0;

    /// <summary>How far the time of day is from the truth.</summary>
    public long EpochOffsetNs { get; set; } = 1_700_000_000_000_000_000;

    /// <summary>How often the counter was read.</summary>
    public int Reads { get; private set; }

    /// <summary>The counter's value, without a read.</summary>
    public ulong Ticks => (ulong)_ticks;

    public SimulatedCounter Counter => new(this);

    public long MonotonicNs()
    {
        Pass(ClockReadNs);
        return Ns;
    }

    // As the real one: in units of 100 ns.
    public long EpochNs()
    {
        Pass(ClockReadNs);
        return TrueEpochNs / 100 * 100;
    }

    public long TrueEpochNs => Ns + EpochOffsetNs;

    /// <summary>Lets time pass.</summary>
    public void Pass(long ns)
    {
        _ticks += ns * (NominalHz / 1e9) * (1 + (DriftPpm(Ns) * 1e-6));
        Ns += ns;
    }

    /// <summary>Lets the counter jump while no time passes.</summary>
    public void MoveCounter(double ticks) => _ticks += ticks;

    /// <summary>Lets time pass of which the counter knows nothing.</summary>
    public void PassWithoutCounter(long ns) => Ns += ns;

    /// <summary>Does something in the midst of a read of the counter, before its value is taken or after.</summary>
    /// <param name="reads">In which read from now, from 0; interrupts are queued in order.</param>
    /// <param name="interrupt">What.</param>
    /// <param name="after">Whether the value has been taken.</param>
    public void InterruptRead(int reads, Action interrupt, bool after = false) => _interrupts.Enqueue((Reads + reads, after, interrupt));

    private ulong ReadCounter()
    {
        int read = Reads++;
        Interrupt(read, after: false);
        Pass(CounterReadNs);
        ulong ticks = Ticks;
        Interrupt(read, after: true);
        return ticks;
    }

    private void Interrupt(int read, bool after)
    {
        while (_interrupts.TryPeek(out (int Reads, bool After, Action Interrupt) next) && next.Reads == read && next.After == after) _interrupts.Dequeue().Interrupt();
    }

    /// <summary>The machine's counter.</summary>
    internal readonly struct SimulatedCounter(SimulatedMachine machine) : ITickCounter
    {
        public ulong Read() => machine.ReadCounter();
    }
}
