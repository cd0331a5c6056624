using LowLatency.Market.Streams;

namespace LowLatency.Publishing;

/// <summary>What a publisher says of its engine. Asked on the publisher's thread, some times a second.</summary>
public interface IPublisherStatus
{
    /// <summary>Where the engine is in its life.</summary>
    PublisherState State { get; }

    /// <summary>Input records taken so far.</summary>
    long Taken { get; }

    /// <summary>Records published so far.</summary>
    long Published { get; }
}
