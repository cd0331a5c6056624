using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using LowLatency.Gateway.Json;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Benchmarks.Gateway;

/// <summary>A record into the text that WebSocket clients get, without symbol and sequence, which are there already.</summary>
[Suite("gateway")]
public class EncodingBenchmarks
{
    private readonly byte[] _room = new byte[RecordJson.MaxBytes];
    private readonly RecordNames _names = new(new SourceTable(), new AlertTable());
    private readonly byte[] _trade = new byte[64];
    private readonly byte[] _bar = new byte[Marshal.SizeOf<BarRecord>()];

    /// <summary>In which unit clients want times.</summary>
    [Params(false, true)]
    public bool Nanoseconds { get; set; }

    /// <summary>Makes the records.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var header = new RecordHeader { Instrument = 3, EventNs = 1_789_000_000_000_123_456, ReceiveNs = 1_789_000_000_000_456_789, Sequence = 17 };
        var trade = new TradeRecord { Header = header with { Type = RecordType.Trade }, Price = 190.21, Size = 100, TradeId = 123_456, Aggressor = 1 };
        MemoryMarshal.Write(_trade, in trade);
        var bar = new BarRecord
        {
            Header = header with { Type = RecordType.Bar }, StartNs = 1_789_000_000_000_000_000, EndNs = 1_789_000_060_000_000_000,
            Open = 190.2, High = 190.55, Low = 190.1, Close = 190.21, Volume = 123_456, Vwap = 190.27183, BuyVolume = 60_000, Count = 321, State = BarState.Closed,
        };
        MemoryMarshal.Write(_bar, in bar);
    }

    /// <summary>A trade.</summary>
    [Benchmark]
    public int Trade() => Write(_trade);

    /// <summary>A bar.</summary>
    [Benchmark]
    public int Bar() => Write(_bar);

    private int Write(byte[] record)
    {
        var json = new JsonText(_room);
        RecordJson.WriteFields(ref json, record, Nanoseconds ? TimeUnit.Nanoseconds : TimeUnit.Microseconds, _names);
        return json.Length;
    }
}
