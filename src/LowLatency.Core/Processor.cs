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
}
