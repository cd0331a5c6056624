using LowLatency.Market.Records;

namespace LowLatency.Publishing;

/// <summary>Which Aeron stream carries what: seven streams from a first number on (docs/publishing.md).</summary>
/// <param name="First">The first stream; 1001 unless the settings say otherwise.</param>
public readonly record struct PublishedStreamIds(int First)
{
    /// <summary>How many streams carry records: ticks, bars, indicators, signals, status.</summary>
    public const int Outlets = 5;

    /// <summary>The place of the status stream among the outlets.</summary>
    public const int StatusOutlet = 4;

    /// <summary>Trades, quotes and best quotes.</summary>
    public int Ticks => First;

    /// <summary>Bars, and what closed imbalance bars.</summary>
    public int Bars => First + 1;

    /// <summary>Indicators.</summary>
    public int Indicators => First + 2;

    /// <summary>Intensity, spikes, reversals and alerts.</summary>
    public int Signals => First + 3;

    /// <summary>The engine's state, gaps, definitions.</summary>
    public int Status => First + StatusOutlet;

    /// <summary>Requests for snapshots, from subscribers to the engine.</summary>
    public int SnapshotRequests => First + 5;

    /// <summary>Snapshots, from the engine to whoever asked.</summary>
    public int Snapshots => First + 6;

    /// <summary>The outlet of a record: 0 ticks, 1 bars, 2 indicators, 3 signals, 4 status.</summary>
    /// <param name="type">The record's type.</param>
    public static int OutletOf(RecordType type) => type switch
    {
        RecordType.Trade or RecordType.Quote or RecordType.BestQuote => 0,
        RecordType.Bar or RecordType.Imbalance => 1,
        RecordType.Indicator => 2,
        RecordType.Intensity or RecordType.Spike or RecordType.Reversal or RecordType.Alert => 3,
        _ => StatusOutlet,
    };
}
