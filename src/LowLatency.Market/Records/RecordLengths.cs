using LowLatency.Core.Rings;

namespace LowLatency.Market.Records;

/// <summary>How long a record of each type is.</summary>
public static class RecordLengths
{
    /// <summary>The longest record, in bytes.</summary>
    public const int Max = 128;

    private static readonly byte[] Cells = MakeCells();

    /// <summary>For each value of the first byte the record's length in cells of 64 bytes, 0 where there is no such record: what a <see cref="BroadcastRing"/> wants.</summary>
    public static ReadOnlySpan<byte> CellsByType => Cells;

    /// <summary>A record's length in bytes; 0 for <see cref="RecordType.None"/> and unknown types.</summary>
    /// <param name="type">The record's first byte.</param>
    public static int Of(RecordType type) => Cells[(byte)type] * BroadcastRing.CellBytes;

    private static byte[] MakeCells()
    {
        var cells = new byte[256];
        cells[(byte)RecordType.Trade] = 1;
        cells[(byte)RecordType.Quote] = 1;
        cells[(byte)RecordType.Bar] = 2;
        cells[(byte)RecordType.Indicator] = 2;
        cells[(byte)RecordType.Clock] = 1;
        cells[(byte)RecordType.Malformed] = 1;
        cells[(byte)RecordType.Cancel] = 1;
        cells[(byte)RecordType.Correction] = 1;
        cells[(byte)RecordType.Gap] = 1;
        cells[(byte)RecordType.Imbalance] = 1;
        cells[(byte)RecordType.Intensity] = 2;
        cells[(byte)RecordType.Spike] = 2;
        cells[(byte)RecordType.Reversal] = 2;
        cells[(byte)RecordType.Alert] = 2;
        cells[(byte)RecordType.BestQuote] = 1;
        cells[(byte)RecordType.Definition] = 2;
        cells[(byte)RecordType.Status] = 2;
        cells[(byte)RecordType.SnapshotRequest] = 2;
        cells[(byte)RecordType.SnapshotBegin] = 2;
        cells[(byte)RecordType.SnapshotEnd] = 2;
        return cells;
    }
}
