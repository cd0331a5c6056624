using LowLatency.Core.Rings;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;

namespace LowLatency.Market.Streams;

/// <summary>
/// The one seam between an engine and everyone who reads it: the ring of published records, and what is needed to understand them. Every record
/// on the ring is of one stream (channel and instrument) and carries in its header the stream's q: 1, 2, 3 … without a hole.
/// </summary>
/// <param name="ring">Where records are published.</param>
/// <param name="channels">The channels.</param>
/// <param name="instruments">The instruments.</param>
/// <param name="sources">The sources.</param>
/// <param name="epoch">Changes whenever q starts again.</param>
public sealed class PublishedStreams(BroadcastRing ring, ChannelTable channels, InstrumentTable instruments, SourceTable sources, uint epoch)
{
    /// <summary>Where records are published.</summary>
    public BroadcastRing Ring { get; } = ring;

    /// <summary>The channels.</summary>
    public ChannelTable Channels { get; } = channels;

    /// <summary>The instruments.</summary>
    public InstrumentTable Instruments { get; } = instruments;

    /// <summary>The sources.</summary>
    public SourceTable Sources { get; } = sources;

    /// <summary>The alerts.</summary>
    public AlertTable Alerts { get; } = new();

    /// <summary>Changes whenever q starts again: the engine's start, in seconds since 1970.</summary>
    public uint Epoch { get; } = epoch;

    /// <summary>Makes the ring that an engine publishes to.</summary>
    /// <param name="capacityBytes">Its size, a power of two.</param>
    public static BroadcastRing CreateRing(int capacityBytes) => new(capacityBytes, RecordLengths.CellsByType);
}
