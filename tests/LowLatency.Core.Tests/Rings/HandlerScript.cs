using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

/// <summary>What handlers of tests were called with, and what makes them throw.</summary>
internal sealed class HandlerScript
{
    public List<string> Log { get; } = [];

    /// <summary>Numbers of the events that cannot be handled.</summary>
    public HashSet<long> Poison { get; init; } = [];

    public void Handle(in SmallEvent value)
    {
        if (Poison.Contains(value.Number)) throw new FormatException($"poison {value.Number}");
    }
}

/// <summary>Writes down batches as "lane: first+count", with a full stop at the end of a batch.</summary>
internal struct BatchScript(HandlerScript script, string name = "") : IBatchHandler<SmallEvent>
{
    public readonly void OnBatch(ReadOnlySpan<SmallEvent> events, in BatchMark mark)
    {
        script.Log.Add($"{name}{mark.Lane}: {mark.First}+{events.Length}{(mark.EndOfBatch ? "." : "")}");
        foreach (ref readonly SmallEvent value in events) script.Handle(in value);
    }
}

/// <summary>Writes down sequences, with a full stop at the end of a batch.</summary>
internal struct EventScript(HandlerScript script) : IEventHandler<SmallEvent>
{
    public readonly void OnEvent(in SmallEvent value, long sequence, bool endOfBatch)
    {
        script.Handle(in value);
        Assert.Equal(sequence, value.Number);
        script.Log.Add($"{sequence}{(endOfBatch ? "." : "")}");
    }
}

/// <summary>Claims to have handled more than it was given, or less than nothing.</summary>
internal struct LyingHandler(int handled) : IBatchHandler<SmallEvent>, ICountsHandled
{
    public int Handled { get; } = handled;

    public readonly void OnBatch(ReadOnlySpan<SmallEvent> events, in BatchMark mark) => throw new FormatException("always");
}
