using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LowLatency.Core.Rings;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Market.Tests.Records;

/// <summary>The layouts as published: sizes, offsets and byte order. What differs from these tables breaks journals and clients.</summary>
public sealed class RecordLayoutTests
{
    private static readonly Layout[] Layouts =
    [
        new(typeof(RecordHeader), 32, [("Type", 0, 1), ("Source", 1, 1), ("Flags", 2, 2), ("Instrument", 4, 4), ("EventNs", 8, 8), ("ReceiveNs", 16, 8), ("Sequence", 24, 8)]),
        new(typeof(TradeRecord), 64, [("Header", 0, 32), ("Price", 32, 8), ("Size", 40, 8), ("TradeId", 48, 8), ("Conditions", 56, 4), ("Aggressor", 60, 1)]),
        new(typeof(QuoteRecord), 64, [("Header", 0, 32), ("Bid", 32, 8), ("BidSize", 40, 8), ("Ask", 48, 8), ("AskSize", 56, 8)]),
        new(typeof(BarRecord), 128,
        [
            ("Header", 0, 32), ("StartNs", 32, 8), ("EndNs", 40, 8), ("Open", 48, 8), ("High", 56, 8), ("Low", 64, 8), ("Close", 72, 8), ("Volume", 80, 8), ("Vwap", 88, 8),
            ("BuyVolume", 96, 8), ("Count", 104, 4), ("Revision", 108, 4), ("Spec", 112, 2), ("State", 114, 1), ("Why", 115, 1), ("Level", 116, 4), ("Input", 120, 8),
        ]),
        new(typeof(IndicatorRecord), 128,
        [
            ("Header", 0, 32), ("StartNs", 32, 8), ("Indicator", 40, 2), ("Spec", 42, 2), ("Count", 44, 1), ("Input", 48, 8), ("Revision", 56, 4), ("Values", 64, 64),
        ]),
        new(typeof(GapRecord), 64, [("Header", 0, 32), ("FirstMissing", 32, 8), ("Count", 40, 8), ("Input", 48, 8)]),
        new(typeof(ImbalanceRecord), 64, [("Header", 0, 32), ("StartNs", 32, 8), ("Theta", 40, 8), ("Threshold", 48, 8), ("Input", 56, 8)]),
        new(typeof(IntensityRecord), 128,
        [
            ("Header", 0, 32), ("K", 32, 8), ("Price", 40, 8), ("PathBps", 48, 8), ("NetBps", 56, 8), ("ElapsedSeconds", 64, 8), ("Intensity", 72, 8), ("Smoothed", 80, 8),
            ("Base", 88, 8), ("Cv", 96, 8), ("Buffer", 104, 8), ("SpikeOn", 112, 1), ("Direction", 113, 1), ("Input", 120, 8),
        ]),
        new(typeof(SpikeRecord), 128,
        [
            ("Header", 0, 32), ("StartNs", 32, 8), ("K", 40, 8), ("Price", 48, 8), ("Base", 56, 8), ("Buffer", 64, 8), ("Peak", 72, 8), ("Extreme", 80, 8), ("Reference", 88, 8),
            ("DisplacementBps", 96, 8), ("DirectionAfter", 104, 4), ("PeakAfter", 108, 4), ("ExtremeAfter", 112, 4), ("State", 116, 1), ("Direction", 117, 1), ("Input", 120, 8),
        ]),
        new(typeof(ReversalRecord), 128,
        [
            ("Header", 0, 32), ("Price", 32, 8), ("Strength", 40, 8), ("Extreme", 48, 8), ("Invalidation", 56, 8), ("Spike", 64, 8), ("Version", 72, 1), ("Direction", 73, 1),
            ("Input", 120, 8),
        ]),
        new(typeof(AlertRecord), 128, [("Header", 0, 32), ("Alert", 32, 4), ("Suppressed", 36, 4), ("BeginNs", 40, 8), ("Input", 48, 8), ("Count", 56, 1), ("Values", 64, 64)]),
        new(typeof(DefinitionRecord), 128,
        [
            ("Header", 0, 32), ("Kind", 32, 1), ("Part", 33, 1), ("Parts", 34, 1), ("Length", 35, 1), ("BarKind", 36, 1), ("IntervalNs", 40, 8), ("Size", 48, 8), ("Text", 56, 72),
        ]),
        new(typeof(StatusRecord), 128,
        [
            ("Header", 0, 32), ("Epoch", 32, 4), ("State", 36, 1), ("RunNs", 40, 8), ("Taken", 48, 8), ("Published", 56, 8), ("Dropped", 64, 8), ("LappedBytes", 72, 8),
            ("Instruments", 80, 4), ("Sources", 84, 4), ("Bars", 88, 4), ("Indicators", 92, 4), ("Alerts", 96, 4), ("Mark", 104, 8),
        ]),
        new(typeof(SnapshotRecord), 128, [("Header", 0, 32), ("Correlation", 32, 8), ("RunNs", 40, 8), ("Count", 48, 8), ("Mark", 56, 8), ("Epoch", 64, 4)]),
        new(typeof(TickRecord), 64, [("Header", 0, 32), ("Trade", 0, 64), ("Quote", 0, 64), ("Gap", 0, 64)]),
    ];

    public static TheoryData<Type> Records => [.. Layouts.Select(l => l.Record)];

    // A tick is four views of the same bytes.
    public static TheoryData<Type> RecordsWithoutViews => [.. Layouts.Select(l => l.Record).Where(r => r != typeof(TickRecord))];

    [Theory]
    [MemberData(nameof(Records))]
    public void Should_Have_The_Published_Fields(Type record)
    {
        Layout layout = Layouts.Single(l => l.Record == record);
        Assert.Equal(layout.Size, SizeOf(record));
        IEnumerable<(string, int, int)> found = record.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(f => (f.Name, f.GetCustomAttribute<FieldOffsetAttribute>()!.Value, SizeOf(f.FieldType)));
        Assert.Equal(layout.Fields.Order(), found.Order());
    }

    [Theory]
    [MemberData(nameof(RecordsWithoutViews))]
    public void Should_Have_A_Table_Without_Overlaps_And_Inside_The_Record(Type record)
    {
        Layout layout = Layouts.Single(l => l.Record == record);
        int end = 0;
        foreach ((string name, int offset, int size) in layout.Fields)
        {
            Assert.True(offset >= end && offset % Math.Min(size, 8) == 0, $"{name} overlaps or is not aligned.");
            end = offset + size;
        }

        Assert.True(end <= layout.Size);
    }

    [Fact]
    public void Should_Cover_Every_Record_There_Is()
    {
        IEnumerable<Type> found = typeof(RecordHeader).Assembly.GetTypes().Where(t => t is { IsValueType: true, IsEnum: false } && t.Namespace == typeof(RecordHeader).Namespace && t.IsPublic);
        Assert.Equal(Layouts.Select(l => l.Record).Append(typeof(IndicatorValues)).Select(t => t.Name).Order(), found.Select(t => t.Name).Order());
    }

    [Fact]
    public void Should_Write_A_Trade_Little_Endian()
    {
        var trade = new TradeRecord
        {
            Header = Header(RecordType.Trade),
            Price = 100.25,
            Size = 7,
            TradeId = 0xA1A2A3A4A5A6A7A8,
            Conditions = 0xB1B2B3B4,
            Aggressor = -1,
        };
        byte[] bytes = BytesOf(trade);
        AssertHeader(bytes, 1);
        Assert.Equal(100.25, BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(32)));
        Assert.Equal(7, BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(40)));
        Assert.Equal(0xA1A2A3A4A5A6A7A8, BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(48)));
        Assert.Equal(new byte[] { 0xB4, 0xB3, 0xB2, 0xB1, 0xFF, 0, 0, 0 }, bytes[56..]);
    }

    [Fact]
    public void Should_Write_A_Quote_Little_Endian()
    {
        byte[] bytes = BytesOf(new QuoteRecord { Header = Header(RecordType.Quote), Bid = 1.5, BidSize = 2.5, Ask = 3.5, AskSize = 4.5 });
        AssertHeader(bytes, 2);
        Assert.Equal([1.5, 2.5, 3.5, 4.5], MemoryMarshal.Cast<byte, double>(bytes.AsSpan(32)).ToArray());
    }

    [Fact]
    public void Should_Write_A_Bar_Little_Endian()
    {
        var bar = new BarRecord
        {
            Header = Header(RecordType.Bar),
            StartNs = 11, EndNs = 12, Open = 1, High = 2, Low = 3, Close = 4, Volume = 5, Vwap = 6, BuyVolume = 7,
            Count = 0x01020304, Revision = 0x05060708, Spec = 0x0102, State = BarState.Revised, Why = RevisionReason.Correction, Input = -1,
        };
        byte[] bytes = BytesOf(bar);
        AssertHeader(bytes, 3);
        Assert.Equal([11, 12], MemoryMarshal.Cast<byte, long>(bytes.AsSpan(32, 16)).ToArray());
        Assert.Equal([1.0, 2, 3, 4, 5, 6, 7], MemoryMarshal.Cast<byte, double>(bytes.AsSpan(48, 56)).ToArray());
        Assert.Equal(new byte[] { 4, 3, 2, 1, 8, 7, 6, 5, 2, 1, 2, 3, 0, 0, 0, 0 }, bytes[104..120]);
        Assert.False(bytes.AsSpan(120).ContainsAnyExcept((byte)0xFF));
    }

    [Fact]
    public void Should_Write_Indicator_Values_Little_Endian()
    {
        var record = new IndicatorRecord { Header = Header(RecordType.Indicator), StartNs = 11, Indicator = 0x0102, Spec = 0x0304, Count = 8, Revision = 0x05060708, Input = 13 };
        for (int i = 0; i < IndicatorValues.Capacity; i++) record.Values[i] = i + 0.5;
        byte[] bytes = BytesOf(record);
        AssertHeader(bytes, 4);
        Assert.Equal(11, BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(32)));
        Assert.Equal(new byte[] { 2, 1, 4, 3, 8, 0, 0, 0 }, bytes[40..48]);
        Assert.Equal([13, 0x05060708], MemoryMarshal.Cast<byte, long>(bytes.AsSpan(48, 16)).ToArray());
        Assert.Equal([0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5], MemoryMarshal.Cast<byte, double>(bytes.AsSpan(64)).ToArray());
    }

    [Fact]
    public void Should_Clear_The_Unused_Bytes_Of_A_Used_Slot()
    {
        // Slots are used again and again, and the digest reads all bytes: a record that is assigned whole must bring its zeros along.
        var ring = new RingBuffer<TickRecord>(2, ProducerMode.Single);
        ring.TryClaim(1, out long first);
        MemoryMarshal.AsBytes(new Span<TickRecord>(ref ring[first])).Fill(0xEE);
        ring[first].Trade = new TradeRecord { Header = Header(RecordType.Trade), Aggressor = 1 };
        Assert.Equal(new byte[] { 1, 0, 0, 0 }, MemoryMarshal.AsBytes(new Span<TickRecord>(ref ring[first]))[60..].ToArray());

        Span<byte> room = new byte[128];
        room.Fill(0xEE);
        MemoryMarshal.AsRef<BarRecord>(room) = new BarRecord { Header = Header(RecordType.Bar) };
        Assert.Equal(0, BinaryPrimitives.ReadInt32LittleEndian(room[116..]));
        room.Fill(0xEE);
        MemoryMarshal.AsRef<IndicatorRecord>(room) = new IndicatorRecord { Header = Header(RecordType.Indicator), Count = 1 };
        Assert.Equal(0, room[45]);
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(room[56..]));
    }

    [Theory]
    [InlineData(RecordType.Trade, 64)]
    [InlineData(RecordType.Quote, 64)]
    [InlineData(RecordType.Bar, 128)]
    [InlineData(RecordType.Indicator, 128)]
    [InlineData(RecordType.Clock, 64)]
    [InlineData(RecordType.Malformed, 64)]
    [InlineData(RecordType.Cancel, 64)]
    [InlineData(RecordType.Correction, 64)]
    [InlineData(RecordType.Gap, 64)]
    [InlineData(RecordType.Imbalance, 64)]
    [InlineData(RecordType.Intensity, 128)]
    [InlineData(RecordType.Spike, 128)]
    [InlineData(RecordType.Reversal, 128)]
    [InlineData(RecordType.Alert, 128)]
    [InlineData(RecordType.BestQuote, 64)]
    [InlineData(RecordType.None, 0)]
    [InlineData((RecordType)7, 0)]
    [InlineData((RecordType)255, 0)]
    public void Should_Know_The_Length_Of_Every_Type(RecordType type, int length)
    {
        Assert.Equal(length, RecordLengths.Of(type));
        Assert.Equal(length, RecordLengths.CellsByType[(byte)type] * BroadcastRing.CellBytes);
        Assert.InRange(length, 0, RecordLengths.Max);
    }

    [Fact]
    public void Should_Have_Lengths_That_Are_Those_Of_The_Structs()
    {
        Assert.Equal(256, RecordLengths.CellsByType.Length);
        Assert.Equal(Unsafe.SizeOf<TradeRecord>(), RecordLengths.Of(RecordType.Trade));
        Assert.Equal(Unsafe.SizeOf<QuoteRecord>(), RecordLengths.Of(RecordType.Quote));
        Assert.Equal(Unsafe.SizeOf<BarRecord>(), RecordLengths.Of(RecordType.Bar));
        Assert.Equal(Unsafe.SizeOf<IndicatorRecord>(), RecordLengths.Of(RecordType.Indicator));
        Assert.Equal(Unsafe.SizeOf<GapRecord>(), RecordLengths.Of(RecordType.Gap));
        Assert.Equal(Unsafe.SizeOf<ImbalanceRecord>(), RecordLengths.Of(RecordType.Imbalance));
        Assert.Equal(Unsafe.SizeOf<IntensityRecord>(), RecordLengths.Of(RecordType.Intensity));
        Assert.Equal(Unsafe.SizeOf<SpikeRecord>(), RecordLengths.Of(RecordType.Spike));
        Assert.Equal(Unsafe.SizeOf<ReversalRecord>(), RecordLengths.Of(RecordType.Reversal));
        Assert.Equal(Unsafe.SizeOf<AlertRecord>(), RecordLengths.Of(RecordType.Alert));
        Assert.Equal(Unsafe.SizeOf<DefinitionRecord>(), RecordLengths.Of(RecordType.Definition));
        Assert.Equal(Unsafe.SizeOf<StatusRecord>(), RecordLengths.Of(RecordType.Status));
        Assert.All([RecordType.SnapshotRequest, RecordType.SnapshotBegin, RecordType.SnapshotEnd], t => Assert.Equal(Unsafe.SizeOf<SnapshotRecord>(), RecordLengths.Of(t)));
        Assert.All(Enum.GetValues<RecordType>().Where(t => t != RecordType.None), t => Assert.True(RecordLengths.Of(t) > 0));
    }

    [Fact]
    public void Should_Keep_The_Values_Of_The_Wire()
    {
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 16, 17, 18, 19, 20, 21, 22, 23, 24, 32, 33, 34, 35, 36], Enum.GetValues<RecordType>().Select(v => (int)v));
        Assert.Equal([0, 1, 2], Enum.GetValues<BarState>().Select(v => (int)v));
        Assert.Equal([0, 1, 2], Enum.GetValues<SpikeState>().Select(v => (int)v));
        Assert.Equal([0, 1, 2, 3, 4, 5], Enum.GetValues<DefinitionKind>().Select(v => (int)v));
        Assert.Equal([0, 1, 2, 3, 4], Enum.GetValues<PublisherState>().Select(v => (int)v));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], Enum.GetValues<BarKind>().Select(v => (int)v));
        Assert.Equal([0, 1, 2, 3], Enum.GetValues<RevisionReason>().Select(v => (int)v));
        Assert.Equal([0, 1, 2, 4, 8, 16, 32, 64], Enum.GetValues<RecordFlags>().Select(v => (int)v));
        Assert.Equal(32, (int)RecordFlags.ChannelSequence);
        Assert.Equal(64, (int)RecordFlags.Provisional);
    }

    private static RecordHeader Header(RecordType type) => new()
    {
        Type = type,
        Source = 0x21,
        Flags = (RecordFlags)0x0201,
        Instrument = 0x04030201,
        EventNs = 0x1817161514131211,
        ReceiveNs = 0x2827262524232221,
        Sequence = 0x3837363534333231,
    };

    private static void AssertHeader(byte[] bytes, byte type) => Assert.Equal(
        new byte[]
        {
            type, 0x21, 1, 2, 1, 2, 3, 4, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
            0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
        },
        bytes[..32]);

    private static byte[] BytesOf<T>(T record)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in record)).ToArray();

    private static int SizeOf(Type type) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private sealed record Layout(Type Record, int Size, (string Name, int Offset, int Size)[] Fields);
}
