using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LowLatency.Benchmarks.Lab;

/// <summary>One pause instruction a try, as Java's Thread.onSpinWait: for threads that have a core each.</summary>
public struct SpinWaiting : IWaiting
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Wait()
    {
        if (X86Base.IsSupported) X86Base.Pause();
        else if (ArmBase.IsSupported) ArmBase.Yield();
        else Thread.SpinWait(1);
    }

    /// <inheritdoc/>
    public readonly void Reset()
    {
    }
}
