using System.Runtime.InteropServices;
using System.Text;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Gateway.Tests.Support;

/// <summary>Stands in for an engine: writes records with q to a ring. One thread at a time.</summary>
internal sealed class TestPublisher
{
    public const long StartNs = 1_789_000_000_000_000_000;

    private readonly Dictionary<int, ulong> _q = [];

    public TestPublisher(int ringBytes = 1 << 24, int instruments = 64)
    {
        var channels = new ChannelTable(
            [new BarSpec("1s", 1_000_000_000), new BarSpec("1m", 60_000_000_000)],
            [new IndicatorSpec("rsi(14)", ["rsi"]), new IndicatorSpec("macd(12,26,9)", ["macd", "signal", "histogram"])]);
        Streams = new PublishedStreams(PublishedStreams.CreateRing(ringBytes), channels, new InstrumentTable(instruments), new SourceTable(), 17);
        Streams.Sources.TryGetOrAdd("test"u8, out _);
    }

    public PublishedStreams Streams { get; }

    public uint Add(string symbol)
    {
        Span<byte> name = stackalloc byte[NameTable.MaxNameBytes];
        Assert.True(Streams.Instruments.TryGetOrAdd(name[..Encoding.ASCII.GetBytes(symbol, name)], out int id));
        return (uint)id;
    }

    public ulong Trade(string symbol, double price, long eventNs = StartNs, RecordFlags flags = RecordFlags.None, bool commit = true)
    {
        var trade = new TradeRecord { Price = price, Size = 100, TradeId = 7, Aggressor = 1 };
        trade.Header = Header(RecordType.Trade, symbol, eventNs, flags, 0, 0);
        return Write(trade, trade.Header.Sequence, commit);
    }

    public ulong Quote(string symbol, double bid, double ask, long eventNs = StartNs, bool commit = true)
    {
        var quote = new QuoteRecord { Bid = bid, BidSize = 3, Ask = ask, AskSize = double.NaN };
        quote.Header = Header(RecordType.Quote, symbol, eventNs, RecordFlags.None, 0, 0);
        return Write(quote, quote.Header.Sequence, commit);
    }

    public ulong Bar(string symbol, int minute, double close, BarState state, uint revision = 0, RevisionReason why = RevisionReason.None, bool commit = true)
    {
        long start = StartNs + (minute * 60_000_000_000L);
        var bar = new BarRecord
        {
            StartNs = start, EndNs = start + 60_000_000_000, Open = close, High = close, Low = close, Close = close, Volume = 10, Vwap = close, BuyVolume = 4,
            Count = 2, Revision = revision, Spec = 1, State = state, Why = why,
        };
        bar.Header = Header(RecordType.Bar, symbol, start, RecordFlags.None, 1, 0);
        return Write(bar, bar.Header.Sequence, commit);
    }

    public ulong Indicator(string symbol, int minute, int indicator, params double[] values) => Indicator(symbol, minute, indicator, 0, RecordFlags.None, values);

    public ulong Indicator(string symbol, int minute, int indicator, uint revision, RecordFlags flags, params double[] values)
    {
        long start = StartNs + (minute * 60_000_000_000L);
        var record = new IndicatorRecord { StartNs = start, Indicator = (ushort)indicator, Spec = 1, Count = (byte)values.Length, Revision = revision };
        values.CopyTo((Span<double>)record.Values);
        record.Header = Header(RecordType.Indicator, symbol, start, flags, 1, indicator);
        return Write(record, record.Header.Sequence, commit: true);
    }

    public ulong Intensity(string symbol, long k, double smoothed, double buffer, bool on = false, long eventNs = StartNs)
    {
        var record = new IntensityRecord
        {
            K = k, Price = 10, PathBps = 8, NetBps = -2, ElapsedSeconds = 2, Intensity = 4, Smoothed = smoothed, Base = buffer / 2, Cv = 1, Buffer = buffer,
            SpikeOn = on ? (byte)1 : (byte)0, Direction = on ? (sbyte)-1 : (sbyte)0,
        };
        record.Header = Header(RecordType.Intensity, symbol, eventNs, RecordFlags.None, 0, 0);
        return Write(record, record.Header.Sequence, commit: true);
    }

    public ulong Spike(string symbol, SpikeState state, int direction, long eventNs = StartNs)
    {
        bool known = direction != 0;
        var record = new SpikeRecord
        {
            StartNs = StartNs, K = 1149, Price = 190.5, Base = 4, Buffer = 5.1, Peak = 8.4, Extreme = known ? 190.9 : double.NaN, Reference = known ? 190 : double.NaN,
            DisplacementBps = known ? 47.25 : double.NaN, State = state, Direction = (sbyte)direction,
        };
        record.Header = Header(RecordType.Spike, symbol, eventNs, RecordFlags.None, 0, 0);
        return Write(record, record.Header.Sequence, commit: true);
    }

    public ulong Reversal(string symbol, byte version, int direction, long spike, long eventNs = StartNs)
    {
        var record = new ReversalRecord { Price = 190.4, Strength = 0.42, Extreme = 190.9, Invalidation = 191, Spike = spike, Version = version, Direction = (sbyte)direction };
        record.Header = Header(RecordType.Reversal, symbol, eventNs, RecordFlags.None, 0, 0);
        return Write(record, record.Header.Sequence, commit: true);
    }

    public ulong Alert(string symbol, string name, uint suppressed = 0, long heldNs = 0, params double[] values)
    {
        var record = new AlertRecord { Alert = (uint)Streams.Alerts.Set(name, $"rule of {name}"), Suppressed = suppressed, BeginNs = StartNs - heldNs, Count = (byte)values.Length };
        values.CopyTo((Span<double>)record.Values);
        record.Header = Header(RecordType.Alert, symbol, StartNs, RecordFlags.None, 0, 0);
        return Write(record, record.Header.Sequence, commit: true);
    }

    /// <summary>Lets a stream's q jump, as when records were lost on the way.</summary>
    public void Jump(string symbol, string channel, ulong by) => _q[Number(symbol, channel)] += by;

    public ulong Last(string symbol, string channel) => _q.GetValueOrDefault(Number(symbol, channel));

    private int Number(string symbol, string channel)
    {
        Assert.True(Streams.Channels.TryGet(channel, out Channel? found));
        return Streams.Channels.StreamOf(Add(symbol), found!.Index);
    }

    private RecordHeader Header(RecordType type, string symbol, long eventNs, RecordFlags flags, int spec, int indicator)
    {
        uint instrument = Add(symbol);
        int stream = Streams.Channels.StreamOf(instrument, Streams.Channels.ChannelOf(type, spec, indicator));
        ulong q = _q.GetValueOrDefault(stream) + 1;
        _q[stream] = q;
        return new RecordHeader { Type = type, Source = 1, Flags = flags, Instrument = instrument, EventNs = eventNs, ReceiveNs = eventNs + 455_000, Sequence = q };
    }

    private ulong Write<T>(in T record, ulong q, bool commit)
        where T : struct
    {
        Span<byte> room = Streams.Ring.Claim(Marshal.SizeOf<T>());
        MemoryMarshal.Write(room, in record);
        if (commit) Streams.Ring.Commit();
        return q;
    }
}
