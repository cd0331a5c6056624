namespace LowLatency.Core.Tests.Rings;

/// <summary>What one consumer has seen: every event of every producer once, in order, and none before those in front of it are done with it.</summary>
/// <param name="consumer">Number of the consumer.</param>
/// <param name="producers">How many producers there are.</param>
/// <param name="capacity">Slots of the ring.</param>
/// <param name="failure">Where to say what is wrong.</param>
internal sealed class StressLedger(int consumer, int producers, int capacity, StressFailure failure)
{
    private readonly long[] _next = new long[producers];

    // For each slot the last sequence seen: written with plain stores, so that only the ring's own ordering makes it visible to those behind.
    private readonly long[] _done = [.. Enumerable.Repeat(-1L, capacity)];
    private readonly Random _random = new(100 + consumer);

    public int Consumer { get; } = consumer;

    /// <summary>The ledgers of the consumers that come first.</summary>
    public StressLedger[] Before { get; set; } = [];

    public int Poison { get; init; }

    /// <summary>Events seen, those among them that were thrown at included.</summary>
    public long Seen { get; private set; }

    /// <summary>How often the handler threw.</summary>
    public long Thrown { get; private set; }

    /// <summary>Events that are passed over because of that.</summary>
    public long ThrownEvents { get; private set; }

    public void Check<T>(in T found, long sequence)
        where T : unmanaged, ITestEvent
    {
        int slot = (int)(sequence & (capacity - 1));
        if (sequence != Seen) failure.Text = $"Consumer {Consumer} was given sequence {sequence} and expected {Seen}.";
        else if (!found.IsWhole()) failure.Text = $"Consumer {Consumer}: the event of sequence {sequence} is torn.";
        else if (found.Number != _next[found.Producer]++) failure.Text = $"Consumer {Consumer}: sequence {sequence} is number {found.Number} of producer {found.Producer}.";
        foreach (StressLedger before in Before)
        {
            if (before._done[slot] != sequence) failure.Text = $"Consumer {Consumer} saw sequence {sequence} before consumer {before.Consumer} was done with it.";
        }

        _done[slot] = sequence;
        Seen = sequence + 1;
    }

    /// <summary>Stalls, or throws, once all that is at stake has been checked.</summary>
    /// <param name="count">Events that a failure passes over.</param>
    public void Chance(int count)
    {
        Stall.AtRandom(_random);
        if (Poison == 0 || _random.Next(Math.Max(1, Poison / count)) != 0) return;
        Thrown++;
        ThrownEvents += count;
        throw new FormatException("at random");
    }
}
