namespace LowLatency.Market.Records;

/// <summary>The first byte of every record: what it is, and so how long it is (<see cref="RecordLengths"/>). The values are part of the wire format.</summary>
public enum RecordType : byte
{
    /// <summary>No record: padding in a ring, or a blank line of a file.</summary>
    None = 0,

    /// <summary>A trade: <see cref="TradeRecord"/>.</summary>
    Trade = 1,

    /// <summary>A quote: <see cref="QuoteRecord"/>.</summary>
    Quote = 2,

    /// <summary>A bar: <see cref="BarRecord"/>.</summary>
    Bar = 3,

    /// <summary>An indicator's values: <see cref="IndicatorRecord"/>.</summary>
    Indicator = 4,

    /// <summary>The time has reached event_ns: closes the bars of quiet instruments. Input only; a <see cref="RecordHeader"/> in 64 bytes.</summary>
    Clock = 5,

    /// <summary>A message of a feed that could not be read as a record. Input only, so that it is counted and keeps its place; a <see cref="RecordHeader"/> in 64 bytes.</summary>
    Malformed = 6,

    /// <summary>A sample of an instrument's intensity: <see cref="IntensityRecord"/>.</summary>
    Intensity = 16,

    /// <summary>Begin or end of a spike of intensity: <see cref="SpikeRecord"/>.</summary>
    Spike = 17,

    /// <summary>A reversal signal: <see cref="ReversalRecord"/>.</summary>
    Reversal = 18,

    /// <summary>An alert: <see cref="AlertRecord"/>.</summary>
    Alert = 19,

    /// <summary>The cancel of a trade: a <see cref="TradeRecord"/> of which header and trade id count. Input only.</summary>
    Cancel = 20,

    /// <summary>The correction of a trade: a <see cref="TradeRecord"/> of which header, trade id, price and size count. Input only.</summary>
    Correction = 21,

    /// <summary>Missing sequence numbers: <see cref="GapRecord"/>.</summary>
    Gap = 22,

    /// <summary>What closed an imbalance bar: <see cref="ImbalanceRecord"/>.</summary>
    Imbalance = 23,

    /// <summary>The best bid and offer over all sources of an instrument: <see cref="QuoteRecord"/>.</summary>
    BestQuote = 24,

    /// <summary>What an id stands for: <see cref="DefinitionRecord"/>. Output only, of no stream.</summary>
    Definition = 32,

    /// <summary>How an engine is: <see cref="StatusRecord"/>. On Aeron only, of no stream.</summary>
    Status = 33,

    /// <summary>Asks for a snapshot: <see cref="SnapshotRecord"/>. On Aeron only, of no stream.</summary>
    SnapshotRequest = 34,

    /// <summary>What follows is a snapshot: <see cref="SnapshotRecord"/>. On Aeron only, of no stream.</summary>
    SnapshotBegin = 35,

    /// <summary>The end of a snapshot: <see cref="SnapshotRecord"/>. On Aeron only, of no stream.</summary>
    SnapshotEnd = 36,
}
