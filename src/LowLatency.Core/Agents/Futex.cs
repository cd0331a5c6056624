using System.Runtime.InteropServices;

namespace LowLatency.Core.Agents;

/// <summary>Linux's wait on a word of memory: the cheapest way to sleep until another thread says so, without a lock around the word.</summary>
internal static partial class Futex
{
    private const nint WaitPrivate = 128;
    private const nint WakePrivate = 129;

    private static readonly nint Number = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 202,
        Architecture.Arm64 => 98,
        _ => 0,
    };

    /// <summary>Whether this system has it.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && Number != 0;

    /// <summary>Sleeps while the word has a value. Returns early for no reason, too.</summary>
    /// <param name="word">The word; it lies in memory that never moves.</param>
    /// <param name="value">The value to sleep on.</param>
    /// <param name="timeoutMs">Longest sleep in milliseconds.</param>
    public static unsafe void Wait(ref int word, int value, int timeoutMs)
    {
        var timeout = new Timespec(timeoutMs / 1000, timeoutMs % 1000 * 1_000_000L);
        // Safe: the caller's word is pinned for its whole life, the timeout lies on this stack, and the kernel keeps neither address after the call.
        // Each way to return (woken, timed out, interrupted, other value) is one after which the caller looks anew, so the result tells nothing.
        fixed (int* address = &word) _ = SystemCall(Number, address, WaitPrivate, value, &timeout, 0, 0);
    }

    /// <summary>Wakes one thread that sleeps on the word.</summary>
    /// <param name="word">The word.</param>
    public static unsafe void WakeOne(ref int word)
    {
        // Safe: as in Wait.
        fixed (int* address = &word) _ = SystemCall(Number, address, WakePrivate, 1, null, 0, 0);
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static unsafe partial nint SystemCall(nint number, int* word, nint operation, nint value, Timespec* timeout, nint unused2, nint unused3);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Timespec(long seconds, long nanoseconds)
    {
        public readonly long Seconds = seconds;
        public readonly long Nanoseconds = nanoseconds;
    }
}
