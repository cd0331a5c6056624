using LowLatency.Core.Agents;
using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Agents;

/// <summary>Takes numbers from one ring and passes them on to another, one more each, up to a last one.</summary>
internal sealed class RelayAgent(RingConsumer<long> input, RingBuffer<long> output, long last) : Agent
{
    private readonly ManualResetEventSlim _done = new();

    public override string Name => "relay";

    public bool WaitForLast(TimeSpan patience) => _done.Wait(patience);

    public override int DoWork()
    {
        ReadOnlySpan<long> numbers = input.Poll(1);
        if (numbers.IsEmpty) return 0;
        long number = numbers[0];
        if (number < last)
        {
            if (!output.TryClaim(1, out long sequence)) return 0;
            output[sequence] = number + 1;
            output.Publish(sequence, 1);
        }

        if (number >= last - 1) _done.Set();
        input.Advance(1);
        return 1;
    }

    public override bool HasWork() => input.HasEvents();
}
