using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Lab.Native;

namespace LowLatency.Benchmarks.Floors;

/// <summary>The system call that every lock and event of Linux ends in, called by itself.</summary>
internal sealed class FutexWake() : WakeContender("bare futex", Role.Floor)
{
    // Pinned: the kernel knows the word by its address.
    private readonly int[] _word = GC.AllocateArray<int>(1, pinned: true);
    private int _seen;

    public override string? Missing => LinuxThread.IsSupported ? null : "the futex is Linux's.";

    protected override void Sleep()
    {
        while (Volatile.Read(ref _word[0]) == _seen) LinuxThread.FutexWait(ref _word[0], _seen);
        _seen++;
    }

    protected override void Wake()
    {
        Interlocked.Increment(ref _word[0]);
        LinuxThread.FutexWake(ref _word[0]);
    }
}
