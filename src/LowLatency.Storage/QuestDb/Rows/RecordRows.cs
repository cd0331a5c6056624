using System.Runtime.InteropServices;
using LowLatency.Market.Records;
using LowLatency.Storage.QuestDb.Protocol;

namespace LowLatency.Storage.QuestDb.Rows;

/// <summary>Turns published records into rows, a batch a table. One thread at a time; allocates nothing once its buffers have grown and every name was met.</summary>
internal sealed class RecordRows
{
    private readonly TradeRows _trades;
    private readonly QuoteRows _quotes;
    private readonly QuoteRows _bestQuotes;
    private readonly BarRows _bars;
    private readonly IndicatorRows _indicators;
    private readonly IntensityRows _intensity;
    private readonly SpikeRows _spikes;
    private readonly ReversalRows _reversals;
    private readonly AlertRows _alerts;
    private readonly GapRows _gaps;
    private readonly ImbalanceRows _imbalances;
    private readonly List<RowBatch> _batches = [];

    public RecordRows(RecordNames names, IlpVersion version)
    {
        Version = version;
        var intervals = new BarIntervals(names.Channels);
        _trades = new TradeRows(Batch("trades"), names, version);
        _quotes = new QuoteRows(Batch("quotes"), names, version);
        _bestQuotes = new QuoteRows(Batch("bbo"), names, version);
        _bars = new BarRows(Batch("bars"), Batch("bars_1d"), intervals, names, version);
        _indicators = new IndicatorRows(Batch("indicators"), Batch("indicators_1d"), intervals, names, version);
        _intensity = new IntensityRows(Batch("intensity"), names, version);
        _spikes = new SpikeRows(Batch("spikes"), names, version);
        _reversals = new ReversalRows(Batch("reversals"), names, version);
        _alerts = new AlertRows(Batch("alerts"), names, version);
        _gaps = new GapRows(Batch("gaps"), names, version);
        _imbalances = new ImbalanceRows(Batch("imbalances"), names, version);

        RowBatch Batch(string table)
        {
            var batch = new RowBatch(table, version);
            _batches.Add(batch);
            return batch;
        }
    }

    /// <summary>The protocol that the rows are of.</summary>
    public IlpVersion Version { get; }

    /// <summary>The tables.</summary>
    public IReadOnlyList<RowBatch> Batches => _batches;

    /// <summary>Records taken since <see cref="Clear"/>.</summary>
    public long Records { get; private set; }

    /// <summary>Those of them that no table takes: open bars, values of open bars, records that are not published.</summary>
    public long Skipped { get; private set; }

    /// <summary>The latest event time among them, nanoseconds since 1970.</summary>
    public long LatestEventNs { get; private set; } = long.MinValue;

    /// <summary>The most rows that a table has.</summary>
    public int MostRows { get; private set; }

    /// <summary>The most bytes that a table has.</summary>
    public int MostBytes { get; private set; }

    /// <summary>Encodes records.</summary>
    /// <param name="records">Whole records, back to back.</param>
    /// <exception cref="InvalidDataException">They are not; those before the place were taken.</exception>
    public void Encode(ReadOnlySpan<byte> records)
    {
        int at = 0;
        while (at < records.Length)
        {
            int length = RecordLengths.Of((RecordType)records[at]);
            if (length == 0 || length > records.Length - at) throw new InvalidDataException($"At byte {at} of {records.Length} there is no whole record: its type is {records[at]}, {records.Length - at} bytes are left.");
            Take(records.Slice(at, length));
            at += length;
        }

        foreach (RowBatch batch in _batches)
        {
            MostRows = Math.Max(MostRows, batch.Rows);
            MostBytes = Math.Max(MostBytes, batch.Bytes.Length);
        }
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        foreach (RowBatch batch in _batches) batch.Clear();
        (Records, Skipped, LatestEventNs, MostRows, MostBytes) = (0, 0, long.MinValue, 0, 0);
    }

    private void Take(ReadOnlySpan<byte> record)
    {
        bool written = true;
        switch ((RecordType)record[0])
        {
            case RecordType.Trade: _trades.Write(in MemoryMarshal.AsRef<TradeRecord>(record)); break;
            case RecordType.Quote: _quotes.Write(in MemoryMarshal.AsRef<QuoteRecord>(record)); break;
            case RecordType.BestQuote: _bestQuotes.Write(in MemoryMarshal.AsRef<QuoteRecord>(record)); break;
            case RecordType.Bar: written = _bars.Write(in MemoryMarshal.AsRef<BarRecord>(record)); break;
            case RecordType.Indicator: written = _indicators.Write(in MemoryMarshal.AsRef<IndicatorRecord>(record)); break;
            case RecordType.Intensity: _intensity.Write(in MemoryMarshal.AsRef<IntensityRecord>(record)); break;
            case RecordType.Spike: _spikes.Write(in MemoryMarshal.AsRef<SpikeRecord>(record)); break;
            case RecordType.Reversal: _reversals.Write(in MemoryMarshal.AsRef<ReversalRecord>(record)); break;
            case RecordType.Alert: _alerts.Write(in MemoryMarshal.AsRef<AlertRecord>(record)); break;
            case RecordType.Gap: _gaps.Write(in MemoryMarshal.AsRef<GapRecord>(record)); break;
            case RecordType.Imbalance: _imbalances.Write(in MemoryMarshal.AsRef<ImbalanceRecord>(record)); break;
            default: written = false; break;
        }

        Records++;
        if (!written) Skipped++;
        LatestEventNs = Math.Max(LatestEventNs, MemoryMarshal.AsRef<RecordHeader>(record).EventNs);
    }
}
