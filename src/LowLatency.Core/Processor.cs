using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LowLatency.Core;

/// <summary>Instructions that the language has no word for.</summary>
public static class Processor
{
    /// <summary>
    /// Tells the core that this is a loop that waits: one PAUSE on x86 (some 10 to 40 ns), one YIELD on Arm (about nothing). It lets a sibling hardware
    /// thread run and keeps the loop from flooding the memory system.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pause()
    {
        if (X86Base.IsSupported) X86Base.Pause();
        else if (ArmBase.IsSupported) ArmBase.Yield();
        else Thread.SpinWait(1);
    }

    /// <summary>Asks for a cache line that is about to be written or read; a hint, without effect where the processor has none that .NET knows.</summary>
    /// <param name="place">A place in the line. It is not read.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void Prefetch(ref readonly byte place)
    {
        // Safe: a prefetch does not fault, whatever the address is, and changes nothing but caches.
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place)));
    }
}
