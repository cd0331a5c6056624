namespace LowLatency.Core.Rings;

/// <summary>Gives each ring of the process the number that tells its stamps from those of the others.</summary>
internal static class RingSalt
{
    // 2^64 divided by the golden ratio, made odd: its multiples are spread over all 64 bits and far from each other.
    private const long Step = unchecked((long)0x9E3779B97F4A7C15);

    // Each process begins elsewhere: events that were saved with their stamps and are replayed by another process mean nothing to its rings.
    private static long _rings = Random.Shared.NextInt64();

    public static long Next() => unchecked(Interlocked.Increment(ref _rings) * Step);
}
