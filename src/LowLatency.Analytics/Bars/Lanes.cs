using System.Runtime.CompilerServices;

namespace LowLatency.Analytics.Bars;

/// <summary>One number of each lane, side by side: read and written one by one, or all eight as a vector.</summary>
/// <typeparam name="T">A number of 64 bits.</typeparam>
[InlineArray(BarLanes.Count)]
internal struct Lanes<T>
    where T : unmanaged
{
    private T _first;
}
