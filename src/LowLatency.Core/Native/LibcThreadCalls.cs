using System.Numerics;
using System.Runtime.InteropServices;

namespace LowLatency.Core.Native;

/// <summary>The managed twin: the same calls, made to Linux's C library. A C library without scheduling calls (musl) refuses those with ENOSYS.</summary>
internal readonly struct LibcThreadCalls : IThreadCalls
{
    private const int MostCpus = 1 << 16;
    private const int FirstGuess = 1024;

    public int SetAffinity(ReadOnlySpan<int> cpus)
    {
        if (cpus.IsEmpty) return -Errno.Invalid;
        int highest = 0;
        foreach (int cpu in cpus)
        {
            if (cpu is < 0 or >= MostCpus) return -Errno.Invalid;
            highest = Math.Max(highest, cpu);
        }

        var set = new ulong[(highest / 64) + 1];
        foreach (int cpu in cpus) set[cpu / 64] |= 1UL << (cpu % 64);
        return ResultOf(Libc.SetAffinity(0, (nuint)(set.Length * sizeof(ulong)), set));
    }

    public int GetAffinity(Span<int> cpus)
    {
        // EINVAL means that the kernel's set is larger than ours.
        for (int room = FirstGuess; room <= MostCpus; room *= 2)
        {
            var set = new ulong[room / 64];
            int result = ResultOf(Libc.GetAffinity(0, (nuint)(set.Length * sizeof(ulong)), set));
            if (result >= 0) return Unpack(set, cpus);
            if (result != -Errno.Invalid) return result;
        }

        return -Errno.Invalid;
    }

    public int SetFifo(int priority)
    {
        if (priority is < 0 or > 99) return -Errno.Invalid;
        return SetPolicy(priority == 0 ? Libc.SchedOther : Libc.SchedFifo, priority);
    }

    public int GetFifo()
    {
        int policy = ResultOf(Libc.GetScheduler(0));
        if (policy < 0) return policy;
        if ((policy & ~Libc.SchedResetOnFork) != Libc.SchedFifo) return 0;
        int result = ResultOf(Libc.GetParameter(0, out int priority));
        return result < 0 ? result : priority;
    }

    public int SetNice(int nice)
    {
        if (nice is < -20 or > 19) return -Errno.Invalid;
        int result = nice < 0 ? SetPolicy(Libc.SchedOther, 0) : 0;
        return result < 0 ? result : ResultOf(Libc.SetPriority(Libc.PriorityOfThread, 0, nice));
    }

    public int GetNice(out int nice)
    {
        nice = Libc.GetPriority(Libc.PriorityOfThread, 0);
        int errno = Marshal.GetLastPInvokeError();
        if (nice != -1 || errno == 0) return 0;
        nice = 0;
        return -errno;
    }

    // On fault: the runtime reserves far more addresses than it ever uses.
    public int LockMemory() => ResultOf(Libc.LockAll(Libc.LockCurrent | Libc.LockFuture | Libc.LockOnFault));

    public int UnlockMemory() => ResultOf(Libc.UnlockAll());

    // Without the flag threads that this one starts would run at its raised priority too: all of them with its nice value, those of other libraries
    // under SCHED_FIFO (the runtime resets its own). It stays when a thread goes back to normal: taking it away is a privilege.
    private static int SetPolicy(int policy, int priority) => ResultOf(Libc.SetScheduler(0, policy | Libc.SchedResetOnFork, priority));

    private static int ResultOf(int returned) => returned >= 0 ? returned : -Marshal.GetLastPInvokeError();

    private static int Unpack(ReadOnlySpan<ulong> set, Span<int> cpus)
    {
        int count = 0;
        for (int i = 0; i < set.Length; i++)
        {
            for (ulong rest = set[i]; rest != 0; rest &= rest - 1)
            {
                if (count < cpus.Length) cpus[count] = (i * 64) + BitOperations.TrailingZeroCount(rest);
                count++;
            }
        }

        return count;
    }
}
