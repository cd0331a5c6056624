using System.Runtime.CompilerServices;
using LowLatency.Core;

namespace LowLatency.Benchmarks.Lab;

/// <summary>One pause instruction a try, as Java's Thread.onSpinWait: for threads that have a core each.</summary>
public struct SpinWaiting : IWaiting
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Wait() => Processor.Pause();

    /// <inheritdoc/>
    public readonly void Reset()
    {
    }
}
