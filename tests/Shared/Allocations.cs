namespace LowLatency.Tests;

/// <summary>Counts what the calling thread allocates on the managed heap.</summary>
internal static class Allocations
{
    /// <summary>
    /// The least that one of several runs allocated: a garbage collection in the midst of a run, which tests on other threads cause, charges the
    /// thread with the rest of its allocation buffer, and that is not the code's doing.
    /// </summary>
    public static long Least(Action run)
    {
        long least = long.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
