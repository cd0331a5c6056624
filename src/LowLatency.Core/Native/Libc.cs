using System.Runtime.InteropServices;

namespace LowLatency.Core.Native;

/// <summary>The calls of Linux's C library that the managed twin makes itself. A thread of 0 is the calling one.</summary>
internal static partial class Libc
{
    public const int SchedOther = 0;
    public const int SchedFifo = 1;
    public const int SchedResetOnFork = 0x40000000;
    public const int PriorityOfThread = 0;
    public const int LockCurrent = 1;
    public const int LockFuture = 2;
    public const int LockOnFault = 4;

    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "sched_setaffinity", SetLastError = true)]
    public static partial int SetAffinity(int thread, nuint bytes, ReadOnlySpan<ulong> set);

    [LibraryImport(Library, EntryPoint = "sched_getaffinity", SetLastError = true)]
    public static partial int GetAffinity(int thread, nuint bytes, Span<ulong> set);

    // sched_param is one int.
    [LibraryImport(Library, EntryPoint = "sched_setscheduler", SetLastError = true)]
    public static partial int SetScheduler(int thread, int policy, in int priority);

    [LibraryImport(Library, EntryPoint = "sched_getscheduler", SetLastError = true)]
    public static partial int GetScheduler(int thread);

    [LibraryImport(Library, EntryPoint = "sched_getparam", SetLastError = true)]
    public static partial int GetParameter(int thread, out int priority);

    [LibraryImport(Library, EntryPoint = "setpriority", SetLastError = true)]
    public static partial int SetPriority(int which, int thread, int nice);

    // The source generator clears errno before the call: -1 is also a nice value.
    [LibraryImport(Library, EntryPoint = "getpriority", SetLastError = true)]
    public static partial int GetPriority(int which, int thread);

    [LibraryImport(Library, EntryPoint = "mlockall", SetLastError = true)]
    public static partial int LockAll(int flags);

    [LibraryImport(Library, EntryPoint = "munlockall", SetLastError = true)]
    public static partial int UnlockAll();
}
