using System.Runtime.InteropServices;
using System.Text;
using LowLatency.Core.Rings;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Publishing.Tests;

/// <summary>Publishes what a test says as an engine would: with definitions and q.</summary>
internal sealed class TestStreams
{
    private readonly Dictionary<int, ulong> _q = [];
    private readonly DefinitionCursor _definitions;

    public TestStreams(uint epoch = 7, int ringBytes = 1 << 20)
    {
        var channels = new ChannelTable(
            [new BarSpec("1s", 1_000_000_000), BarSpec.OfEvents(BarKind.Tick, 100)],
            [new IndicatorSpec("sma(20)", ["value"]), new IndicatorSpec("macd(12,26,9)", ["macd", "signal", "histogram"])]);
        Streams = new PublishedStreams(PublishedStreams.CreateRing(ringBytes), channels, new InstrumentTable(64), new SourceTable(), epoch);
        _definitions = new DefinitionCursor(Streams);
    }

    public PublishedStreams Streams { get; }

    /// <summary>Everything that was published, definitions apart.</summary>
    public List<byte[]> Published { get; } = [];

    public uint Instrument(string symbol)
    {
        Assert.True(Streams.Instruments.TryGetOrAdd(Encoding.ASCII.GetBytes(symbol), out int id));
        return (uint)id;
    }

    public void Trade(string symbol, double price) => Publish(new TradeRecord { Header = { Type = RecordType.Trade, Instrument = Instrument(symbol) }, Price = price, Size = 1 });

    public void Bar(string symbol, ushort spec, double close) => Publish(new BarRecord { Header = { Type = RecordType.Bar, Instrument = Instrument(symbol) }, Spec = spec, Close = close });

    public void Indicator(string symbol, ushort spec, ushort indicator, double value)
    {
        var record = new IndicatorRecord { Header = { Type = RecordType.Indicator, Instrument = Instrument(symbol) }, Spec = spec, Indicator = indicator, Count = 1 };
        record.Values[0] = value;
        Publish(record);
    }

    public void Spike(string symbol, double price) => Publish(new SpikeRecord { Header = { Type = RecordType.Spike, Instrument = Instrument(symbol) }, Price = price });

    public void Gap(string symbol, ulong first) => Publish(new GapRecord { Header = { Type = RecordType.Gap, Instrument = Instrument(symbol) }, FirstMissing = first, Count = 1 });

    /// <summary>One record of every stream of a symbol.</summary>
    public void OneOfEach(string symbol, double value)
    {
        Trade(symbol, value);
        for (ushort spec = 0; spec < 2; spec++)
        {
            Bar(symbol, spec, value);
            for (ushort indicator = 0; indicator < 2; indicator++) Indicator(symbol, spec, indicator, value);
        }

        Spike(symbol, value);
        Gap(symbol, (ulong)value);
    }

    public void Publish<T>(T record)
        where T : unmanaged
    {
        while (_definitions.TryNext(out DefinitionRecord definition)) Write(MemoryMarshal.AsBytes(new ReadOnlySpan<DefinitionRecord>(in definition)));
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<T>(ref record));
        ref RecordHeader header = ref MemoryMarshal.AsRef<RecordHeader>(bytes);
        int stream = Streams.Channels.StreamOf(header.Instrument, Streams.Channels.ChannelOf(bytes));
        header.Sequence = _q[stream] = _q.GetValueOrDefault(stream) + 1;
        Write(bytes);
        Published.Add(bytes.ToArray());
        Streams.Ring.Commit();
    }

    /// <summary>What the streams' newest records are, by stream.</summary>
    public Dictionary<int, byte[]> Newest() => NewestOf(Streams, Published);

    public static Dictionary<int, byte[]> NewestOf(PublishedStreams streams, IEnumerable<byte[]> records)
    {
        var newest = new Dictionary<int, byte[]>();
        foreach (byte[] record in records) newest[streams.Channels.StreamOf(MemoryMarshal.Read<RecordHeader>(record).Instrument, streams.Channels.ChannelOf(record))] = record;
        return newest;
    }

    /// <summary>Records of a ring, those of no stream left out.</summary>
    public static List<byte[]> ReadAll(BroadcastReader reader)
    {
        var records = new List<byte[]>();
        byte[] room = new byte[64 * 1024];
        for (int length = reader.Read(room); length != 0; length = reader.Read(room))
        {
            for (int at = 0; at < length; at += RecordLengths.Of((RecordType)room[at]))
            {
                if ((RecordType)room[at] != RecordType.Definition) records.Add(room[at..(at + RecordLengths.Of((RecordType)room[at]))]);
            }
        }

        return records;
    }

    private void Write(ReadOnlySpan<byte> record)
    {
        Span<byte> room = Streams.Ring.Claim(record.Length);
        Assert.False(room.IsEmpty, "The ring is full: a reader that gates it does not read.");
        record.CopyTo(room);
    }
}
