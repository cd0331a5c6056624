using System.Runtime.CompilerServices;
using LowLatency.Core.Native;

namespace LowLatency.Core.Clocks;

/// <summary>The processor's time stamp counter, through liblowlatency: .NET has no instruction for it.</summary>
internal readonly struct NativeTickCounter : ITickCounter
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Read() => NativeApi.CounterRead();
}
