using LowLatency.Core.Agents;
using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

/// <summary>Adds a shape's consumers to a ring.</summary>
internal static class RingShapes
{
    public static RingConsumer<T>[] AddConsumers<T>(this RingBuffer<T> ring, RingShape shape, Func<int, Parker?>? parkerOf = null)
        where T : unmanaged
    {
        var consumers = new List<RingConsumer<T>>();
        foreach (int[] after in shape.After) consumers.Add(ring.AddConsumer(parkerOf?.Invoke(consumers.Count), [.. after.Select(a => consumers[a])]));
        return [.. consumers];
    }
}
