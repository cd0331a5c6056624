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

    /// <summary>Is told how the publisher is, as often as the status is looked at.</summary>
    /// <param name="publisher">The publisher.</param>
    void OnStatus(StreamPublisher publisher);
}
