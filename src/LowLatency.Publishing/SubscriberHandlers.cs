using LowLatency.Aeron.Client;

namespace LowLatency.Publishing;

/// <summary>Hands the messages of each kind of stream to a subscriber; structs, so that the polls are compiled for them.</summary>
internal static class SubscriberHandlers
{
    /// <summary>Of the status stream.</summary>
    internal readonly struct Status(StreamSubscriber subscriber) : IControlledFragmentHandler
    {
        public ControlledAction OnFragment(ReadOnlySpan<byte> payload, in Header header) => subscriber.TakeStatus(payload, header.ReservedValue);
    }

    /// <summary>Of ticks, bars, indicators and signals.</summary>
    internal readonly struct Records(StreamSubscriber subscriber) : IControlledFragmentHandler
    {
        public ControlledAction OnFragment(ReadOnlySpan<byte> payload, in Header header) => subscriber.TakeRecords(payload, header.ReservedValue);
    }

    /// <summary>Of snapshots.</summary>
    internal readonly struct Snapshot(StreamSubscriber subscriber) : IControlledFragmentHandler
    {
        public ControlledAction OnFragment(ReadOnlySpan<byte> payload, in Header header) => subscriber.TakeSnapshot(payload);
    }
}
