using LowLatency.Market.Records;
using LowLatency.Storage.QuestDb.Protocol;

namespace LowLatency.Storage.QuestDb.Rows;

/// <summary>Rows of the table spikes: two a spike, its begin and its end.</summary>
internal sealed class SpikeRows(RowBatch batch, RecordNames names, IlpVersion version)
{
    private static readonly byte[][] States = [.. Enum.GetValues<SpikeState>().Select(state => IlpColumns.Symbol("state", state.ToString().ToLowerInvariant()))];

    private readonly RowPrefixes _prefixes = new(batch.Table, names);
    private readonly byte[] _startNs = new IlpColumns(version).FirstLong("start_ns");
    private readonly byte[] _k = new IlpColumns(version).Long("k");
    private readonly byte[] _price = new IlpColumns(version).Double("price");
    private readonly byte[] _base = new IlpColumns(version).Double("base");
    private readonly byte[] _buffer = new IlpColumns(version).Double("buffer");
    private readonly byte[] _peak = new IlpColumns(version).Double("peak");
    private readonly byte[] _extreme = new IlpColumns(version).Double("extreme");
    private readonly byte[] _reference = new IlpColumns(version).Double("reference");
    private readonly byte[] _displacement = new IlpColumns(version).Double("displacement_bps");
    private readonly byte[] _direction = new IlpColumns(version).Long("direction");
    private readonly byte[] _directionAfter = new IlpColumns(version).Long("direction_after");
    private readonly byte[] _peakAfter = new IlpColumns(version).Long("peak_after");
    private readonly byte[] _extremeAfter = new IlpColumns(version).Long("extreme_after");
    private readonly byte[] _seq = new IlpColumns(version).Long("seq");

    public void Write(in SpikeRecord spike)
    {
        byte[] prefix = _prefixes.Of(spike.Header.Instrument);
        IlpRow row = batch.Begin(prefix.Length);
        row.Literal(prefix);
        if ((int)spike.State < States.Length) row.Literal(States[(int)spike.State]);
        row.Long(_startNs, spike.StartNs);
        row.Long(_k, spike.K);
        row.Double(_price, spike.Price);
        row.Double(_base, spike.Base);
        row.Double(_buffer, spike.Buffer);
        row.Double(_peak, spike.Peak);
        row.Double(_extreme, spike.Extreme);
        row.Double(_reference, spike.Reference);
        row.Double(_displacement, spike.DisplacementBps);
        row.Long(_direction, spike.Direction);
        row.Long(_directionAfter, spike.DirectionAfter);
        row.Long(_peakAfter, spike.PeakAfter);
        row.Long(_extremeAfter, spike.ExtremeAfter);
        row.Long(_seq, (long)spike.Header.Sequence);
        batch.End(ref row, spike.Header.EventNs);
    }
}
