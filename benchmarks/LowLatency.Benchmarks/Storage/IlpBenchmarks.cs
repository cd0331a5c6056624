using System.Runtime.InteropServices;
using System.Text;
using BenchmarkDotNet.Attributes;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;
using LowLatency.Storage.QuestDb.Protocol;
using LowLatency.Storage.QuestDb.Rows;

namespace LowLatency.Benchmarks.Storage;

/// <summary>Records into rows of QuestDB's line protocol: a batch of trades, or of bars, a microsecond apart, of 16 instruments by turns.</summary>
[Suite("storage")]
public class IlpBenchmarks
{
    private const int RowsOfBatch = 1024;

    private RecordRows _rows = null!;
    private byte[] _trades = [];
    private byte[] _bars = [];

    /// <summary>Which protocol.</summary>
    [Params(1, 2, 3)]
    public int Version { get; set; }

    /// <summary>Makes the records.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var instruments = new InstrumentTable(16);
        for (int i = 0; i < 16; i++) instruments.TryGetOrAdd(Encoding.ASCII.GetBytes($"SYM{i}"), out _);
        var sources = new SourceTable();
        sources.TryGetOrAdd("nasdaq"u8, out _);
        _rows = new RecordRows(new RecordNames(instruments, sources, new ChannelTable([new BarSpec("1m", 60_000_000_000)], []), new AlertTable()), (IlpVersion)Version);
        _trades = Records(i => new TradeRecord { Header = Header(RecordType.Trade, i), Price = 190.21 + (i % 100 * 0.01), Size = 1 + (i % 300), TradeId = 1_000_000 + (ulong)i, Aggressor = (sbyte)(i % 2 == 0 ? 1 : -1) });
        _bars = Records(i => new BarRecord
        {
            Header = Header(RecordType.Bar, i), StartNs = 1_789_000_000_000_000_000, EndNs = 1_789_000_060_000_000_000,
            Open = 190.2, High = 190.55, Low = 190.1, Close = 190.21, Volume = 123_456, Vwap = 190.27183, BuyVolume = 60_000, Count = 321, State = BarState.Closed,
        });
    }

    /// <summary>A row of trades.</summary>
    [Benchmark(OperationsPerInvoke = RowsOfBatch)]
    public int Trade() => Encode(_trades);

    /// <summary>A row of bars.</summary>
    [Benchmark(OperationsPerInvoke = RowsOfBatch)]
    public int Bar() => Encode(_bars);

    private static RecordHeader Header(RecordType type, int i) =>
        new() { Type = type, Source = 1, Instrument = (uint)i % 16, EventNs = 1_789_000_000_000_000_000 + (i * 1000L), Sequence = 5_000_000 + (ulong)i };

    private static byte[] Records<T>(Func<int, T> make)
        where T : struct => MemoryMarshal.AsBytes<T>(Enumerable.Range(0, RowsOfBatch).Select(make).ToArray()).ToArray();

    private int Encode(byte[] records)
    {
        _rows.Clear();
        _rows.Encode(records);
        return _rows.MostBytes;
    }
}
