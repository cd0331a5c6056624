using System.Runtime.InteropServices;
using System.Text;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;
using LowLatency.Storage.QuestDb.Rows;

namespace LowLatency.Storage.Tests.QuestDb.Rows;

/// <summary>Records of every kind, and the names that go with them.</summary>
internal static class TestRecords
{
    public const long Time = 1_789_000_000_123_456_789;

    public static RecordNames Names()
    {
        var instruments = new InstrumentTable(100);
        foreach (string symbol in (string[])["AAPL", "A=B\\C", "ES*U6"]) instruments.TryGetOrAdd(Encoding.ASCII.GetBytes(symbol), out _);
        var sources = new SourceTable();
        sources.TryGetOrAdd("nasdaq"u8, out _);
        var channels = new ChannelTable([new BarSpec("1m", 60_000_000_000), new BarSpec("1d", 86_400_000_000_000), BarSpec.OfEvents(BarKind.Renko, 0.5)], [new IndicatorSpec("macd(12,26,9)", ["macd", "signal", "histogram"]), new IndicatorSpec("ema(20, of: rsi(14))", ["ema"])]);
        var alerts = new AlertTable();
        alerts.Set("rsi high, 1m", "rsi(14) crosses_above 70 on 1m");
        return new RecordNames(instruments, sources, channels, alerts);
    }

    public static RecordHeader Header(RecordType type, ulong sequence = 7, uint instrument = 0, byte source = 1, long ns = Time, RecordFlags flags = RecordFlags.None) =>
        new() { Type = type, Sequence = sequence, Instrument = instrument, Source = source, EventNs = ns, Flags = flags };

    public static byte[] Trade(ulong sequence = 7, uint instrument = 0, long ns = Time, double price = 190.21, sbyte aggressor = 1, byte source = 1, ulong tradeId = 123_456, uint conditions = 0, RecordFlags flags = RecordFlags.None) =>
        Bytes(new TradeRecord { Header = Header(RecordType.Trade, sequence, instrument, source, ns, flags), Price = price, Size = 100, TradeId = tradeId, Aggressor = aggressor, Conditions = conditions });

    public static byte[] Quote(RecordType type = RecordType.Quote, double bid = 190.2) =>
        Bytes(new QuoteRecord { Header = Header(type), Bid = bid, BidSize = 300, Ask = 190.22, AskSize = double.NaN });

    public static byte[] Bar(ushort spec = 0, BarState state = BarState.Closed, uint revision = 0, ulong sequence = 7) => Bytes(new BarRecord
    {
        Header = Header(RecordType.Bar, sequence), StartNs = Time - 60_000_000_000, EndNs = Time, Open = 1.25, High = 2.5, Low = 0.5, Close = 2, Volume = 1000, Vwap = 1.75, BuyVolume = 600, Count = 42,
        Revision = revision, Spec = spec, State = state, Why = state == BarState.Revised ? RevisionReason.Late : RevisionReason.None, Level = spec == 2 ? -3 : 0,
    });

    public static byte[] Indicator(ushort spec = 0, ushort indicator = 0, RecordFlags flags = RecordFlags.None)
    {
        var record = new IndicatorRecord { Header = Header(RecordType.Indicator, flags: flags), StartNs = Time - 60_000_000_000, Indicator = indicator, Spec = spec, Count = (byte)(indicator == 0 ? 3 : 1), Revision = 2 };
        for (int i = 0; i < record.Count; i++) record.Values[i] = i + 0.5;
        return Bytes(record);
    }

    public static byte[] Intensity() => Bytes(new IntensityRecord
    {
        Header = Header(RecordType.Intensity), K = 11, Price = 190.2, PathBps = 1.5, NetBps = -0.5, ElapsedSeconds = 0.25, Intensity = 6, Smoothed = 5, Base = 4, Cv = 0.5, Buffer = 9, SpikeOn = 1, Direction = -1,
    });

    public static byte[] Spike(SpikeState state = SpikeState.Begin) => Bytes(new SpikeRecord
    {
        Header = Header(RecordType.Spike), StartNs = Time - 5, K = 12, Price = 190.2, Base = 4, Buffer = 9, Peak = 10, Extreme = 191, Reference = 190, DisplacementBps = 52.5, DirectionAfter = 1, PeakAfter = 2,
        ExtremeAfter = 3, State = state, Direction = 1,
    });

    public static byte[] Reversal(long spike = 4) => Bytes(new ReversalRecord
    {
        Header = Header(RecordType.Reversal), Price = 190.2, Strength = 0.75, Extreme = 191, Invalidation = 191.1, Spike = spike, Version = 2, Direction = -1,
    });

    public static byte[] Alert(uint alert = 0)
    {
        var record = new AlertRecord { Header = Header(RecordType.Alert), Alert = alert, Suppressed = 3, BeginNs = Time - 9, Count = 2 };
        record.Values[0] = 70.5;
        record.Values[1] = 69.5;
        return Bytes(record);
    }

    public static byte[] Gap() => Bytes(new GapRecord { Header = Header(RecordType.Gap), FirstMissing = 100, Count = 5 });

    public static byte[] Imbalance() => Bytes(new ImbalanceRecord { Header = Header(RecordType.Imbalance), StartNs = Time - 8, Theta = -12.5, Threshold = double.NaN });

    /// <summary>One of each kind that a table takes.</summary>
    public static byte[][] All() =>
    [
        Trade(conditions: 3, flags: RecordFlags.Late), Quote(), Quote(RecordType.BestQuote), Bar(), Bar(1), Bar(2, BarState.Revised, 1), Indicator(), Indicator(1, 1), Intensity(), Spike(), Reversal(), Alert(), Gap(), Imbalance(),
    ];

    public static byte[] Bytes<T>(T record)
        where T : struct
    {
        byte[] bytes = new byte[Marshal.SizeOf<T>()];
        MemoryMarshal.Write(bytes, in record);
        return bytes;
    }
}
