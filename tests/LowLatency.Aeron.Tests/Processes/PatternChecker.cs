using LowLatency.Aeron.Client;

namespace LowLatency.Aeron.Tests.Processes;

/// <summary>Checks that the messages of each producer come whole, once and in order.</summary>
internal struct PatternChecker(int producers) : IFragmentHandler
{
    private readonly long[] _next = new long[producers];

    public long Count;
    public long Mistakes;
    public string? FirstMistake;

    public readonly long NextOf(int producer) => _next[producer];

    public void OnFragment(ReadOnlySpan<byte> payload, in Header header)
    {
        Count++;
        if (Pattern.Check(payload, out int producer, out long number) && (uint)producer < (uint)_next.Length && _next[producer] == number)
        {
            _next[producer]++;
            return;
        }

        Mistakes++;
        long expected = (uint)producer < (uint)_next.Length ? _next[producer] : -1;
        FirstMistake ??= $"message {Count} of {payload.Length} bytes at {header.Position}: producer {producer}, number {number}, expected {expected}";
    }
}
