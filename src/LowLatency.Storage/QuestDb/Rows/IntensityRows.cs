using LowLatency.Market.Records;
using LowLatency.Storage.QuestDb.Protocol;

namespace LowLatency.Storage.QuestDb.Rows;

/// <summary>Rows of the table intensity.</summary>
internal sealed class IntensityRows(RowBatch batch, RecordNames names, IlpVersion version)
{
    private readonly RowPrefixes _prefixes = new(batch.Table, names);
    private readonly byte[] _k = new IlpColumns(version).FirstLong("k");
    private readonly byte[] _price = new IlpColumns(version).Double("price");
    private readonly byte[] _path = new IlpColumns(version).Double("path_bps");
    private readonly byte[] _net = new IlpColumns(version).Double("net_bps");
    private readonly byte[] _elapsed = new IlpColumns(version).Double("elapsed_s");
    private readonly byte[] _intensity = new IlpColumns(version).Double("intensity");
    private readonly byte[] _smoothed = new IlpColumns(version).Double("smoothed");
    private readonly byte[] _base = new IlpColumns(version).Double("base");
    private readonly byte[] _cv = new IlpColumns(version).Double("cv");
    private readonly byte[] _buffer = new IlpColumns(version).Double("buffer");
    private readonly byte[] _direction = new IlpColumns(version).Long("direction");
    private readonly byte[] _seq = new IlpColumns(version).Long("seq");

    public void Write(in IntensityRecord sample)
    {
        byte[] prefix = _prefixes.Of(sample.Header.Instrument);
        IlpRow row = batch.Begin(prefix.Length);
        row.Literal(prefix);
        row.Long(_k, sample.K);
        row.Double(_price, sample.Price);
        row.Double(_path, sample.PathBps);
        row.Double(_net, sample.NetBps);
        row.Double(_elapsed, sample.ElapsedSeconds);
        row.Double(_intensity, sample.Intensity);
        row.Double(_smoothed, sample.Smoothed);
        row.Double(_base, sample.Base);
        row.Double(_cv, sample.Cv);
        row.Double(_buffer, sample.Buffer);
        row.Literal(sample.SpikeOn != 0 ? ",spike_on=t"u8 : ",spike_on=f"u8);
        row.Long(_direction, sample.Direction);
        row.Long(_seq, (long)sample.Header.Sequence);
        batch.End(ref row, sample.Header.EventNs);
    }
}
