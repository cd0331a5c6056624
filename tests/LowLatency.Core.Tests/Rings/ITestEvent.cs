namespace LowLatency.Core.Tests.Rings;

/// <summary>An event that tells who made it, and whether it is whole.</summary>
public interface ITestEvent
{
    /// <summary>Who made it; 0 for events with no room to say so.</summary>
    long Producer { get; }

    /// <summary>The how manieth it is of its producer, from 0.</summary>
    long Number { get; }

    /// <summary>Writes every word of it, one after the other, as a feed fills a slot in place.</summary>
    void Fill(long producer, long number);

    /// <summary>Whether all words belong together.</summary>
    bool IsWhole();
}
