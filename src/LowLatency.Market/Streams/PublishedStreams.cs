using LowLatency.Core.Agents;
using LowLatency.Core.Rings;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;

namespace LowLatency.Market.Streams;

/// <summary>
/// The one seam between an engine and everyone who reads it: the ring of published records, and what is needed to understand them. Every record
/// on the ring is of one stream (channel and instrument) and carries in its header the stream's q: 1, 2, 3 … without a hole. In between, before the first
/// record that refers to it, comes the definition of each instrument and of each other name, for those who read elsewhere; it is of no stream.
/// </summary>
/// <param name="ring">Where records are published.</param>
/// <param name="channels">The channels.</param>
/// <param name="instruments">The instruments.</param>
/// <param name="sources">The sources.</param>
/// <param name="epoch">Changes whenever q starts again.</param>
/// <param name="alerts">The alerts; null for a table without any yet.</param>
public sealed class PublishedStreams(BroadcastRing ring, ChannelTable channels, InstrumentTable instruments, SourceTable sources, uint epoch, AlertTable? alerts = null)
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
    public AlertTable Alerts { get; } = alerts ?? new AlertTable();

    /// <summary>Changes whenever q starts again: the engine's start, in seconds since 1970.</summary>
    public uint Epoch { get; } = epoch;

    /// <summary>Whether the ring is another process's, written here again: its readers gate it, so that the copy waits for them rather than lose records.</summary>
    public bool IsMirror { get; init; }

    /// <summary>Adds a reader that starts behind the newest record; of a mirror one that gates.</summary>
    /// <param name="parker">Is woken when records are committed while it is parked; null for readers that never park.</param>
    /// <exception cref="InvalidOperationException">The ring is a mirror's, and something has been written already.</exception>
    public BroadcastReader AddReader(Parker? parker = null) => IsMirror ? Ring.AddGatingReader(parker) : Ring.AddReader(parker);

    /// <summary>Makes the ring that an engine publishes to.</summary>
    /// <param name="capacityBytes">Its size, a power of two.</param>
    public static BroadcastRing CreateRing(int capacityBytes) => new(capacityBytes, RecordLengths.CellsByType);
}
