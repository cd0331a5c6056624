using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LowLatency.Core.Memory;

/// <summary>Asks Linux to back memory with pages of 2 MiB, so that a large ring needs a few entries of the processor's address cache and not thousands.</summary>
internal static partial class HugePages
{
    /// <summary>Bytes of a huge page.</summary>
    public const int Bytes = 2 << 20;

    private const int AdviceHugePage = 14;

    /// <summary>Asks for the whole huge pages inside a block that nobody has touched yet.</summary>
    /// <param name="start">The block's first byte; it lies in memory that never moves.</param>
    /// <param name="length">The block's bytes.</param>
    /// <returns>Whether the system took the advice; whether it follows it depends on what memory is free.</returns>
    public static unsafe bool Advise(ref byte start, nuint length)
    {
        if (!OperatingSystem.IsLinux()) return false;
        // Safe: the caller's block is pinned, and the advice is for pages that lie in it whole: it changes how they are backed, never what they hold.
        nuint first = ((nuint)Unsafe.AsPointer(ref start) + Bytes - 1) & ~(nuint)(Bytes - 1);
        nuint end = ((nuint)Unsafe.AsPointer(ref start) + length) & ~(nuint)(Bytes - 1);
        return first < end && AdviseKernel((void*)first, end - first, AdviceHugePage) == 0;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static unsafe partial int AdviseKernel(void* address, nuint length, int advice);
}
