namespace LowLatency.Core.Tests.Rings;

/// <summary>An event of eight bytes, several of which share a cache line.</summary>
public struct SmallEvent : ITestEvent
{
    public long Number { get; private set; }

    public readonly long Producer => 0;

    public void Fill(long producer, long number) => Number = number;

    public readonly bool IsWhole() => true;
}
