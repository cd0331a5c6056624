using System.Runtime.InteropServices;

namespace LowLatency.Benchmarks.Lab.Native;

/// <summary>The calls of Linux that experiments need: where a thread runs, what it cost, and the bare futex. Everything of the sort is in this file.</summary>
internal static class LinuxThread
{
    private const int ThreadCpuTime = 3;
    private const int WaitPrivate = 128;
    private const int WakePrivate = 129;
    private const int MaskWords = 16;

    private static readonly long FutexCall = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 202 : 98;

    /// <summary>Whether the calls are there.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>The processors that the process may use, in order.</summary>
    public static int[] AllowedCpus()
    {
        ulong[] mask = new ulong[MaskWords];
        int bytes = sched_getaffinity(0, MaskWords * sizeof(ulong), mask);
        return bytes < 0 ? [] : [.. Enumerable.Range(0, MaskWords * 64).Where(cpu => (mask[cpu / 64] >> (cpu % 64) & 1) != 0)];
    }

    /// <summary>Binds a thread to a processor.</summary>
    /// <param name="thread">Its id in the kernel; 0 for the calling one.</param>
    /// <param name="cpu">The processor.</param>
    /// <returns>0, or what the system says against it.</returns>
    public static int Pin(int thread, int cpu)
    {
        ulong[] mask = new ulong[MaskWords];
        mask[cpu / 64] = 1ul << (cpu % 64);
        return sched_setaffinity(thread, MaskWords * sizeof(ulong), mask) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>The time that the calling thread has been on a processor, in nanoseconds.</summary>
    public static long CpuNs() => clock_gettime(ThreadCpuTime, out TimeSpec time) == 0 ? (time.Seconds * 1_000_000_000) + time.Nanoseconds : 0;

    /// <summary>Sleeps while a word holds a value.</summary>
    /// <param name="word">In memory that does not move.</param>
    /// <param name="value">Returns at once when the word holds another one.</param>
    public static void FutexWait(ref int word, int value) => syscall(FutexCall, ref word, WaitPrivate, value, 0, 0, 0);

    /// <summary>Wakes one thread that sleeps on a word.</summary>
    /// <param name="word">As in <see cref="FutexWait"/>.</param>
    public static void FutexWake(ref int word) => syscall(FutexCall, ref word, WakePrivate, 1, 0, 0, 0);

    [DllImport("libc", SetLastError = true)]
    private static extern int sched_setaffinity(int thread, nint bytes, ulong[] mask);

    [DllImport("libc", SetLastError = true)]
    private static extern int sched_getaffinity(int thread, nint bytes, [Out] ulong[] mask);

    [DllImport("libc")]
    private static extern int clock_gettime(int clock, out TimeSpec time);

    [DllImport("libc")]
    private static extern long syscall(long number, ref int word, nint operation, nint value, nint timeout, nint word2, nint value3);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
