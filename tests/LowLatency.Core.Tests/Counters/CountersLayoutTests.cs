using System.Buffers.Binary;
using System.Text;
using LowLatency.Core.Clocks;
using LowLatency.Core.Counters;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Tests.Counters;

/// <summary>The bytes themselves, by the offsets of Aeron's protocol, not by this project's names for them.</summary>
public sealed class CountersLayoutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new(5_000_000_000);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_Lay_Records_Out_As_Aeron_Does()
    {
        MemoryView metadata = MemoryView.Allocate(512 * 4);
        MemoryView values = MemoryView.Allocate(128 * 4);
        var table = new CounterTable(metadata, values, _clock);
        table.Allocate(1000, "first");
        Counter counter = table.Allocate(1234, "zweiter Zähler", [1, 2, 3], ownerId: 77, referenceId: 88);
        counter.Set(-9);

        ReadOnlySpan<byte> record = metadata.Bytes(512, 512);
        Assert.Equal(1, Int32(record, 0));
        Assert.Equal(1234, Int32(record, 4));
        Assert.Equal(long.MaxValue, Int64(record, 8));
        Assert.Equal([1, 2, 3, 0], record.Slice(16, 4).ToArray());
        byte[] label = Encoding.UTF8.GetBytes("zweiter Zähler");
        Assert.Equal(label.Length, Int32(record, 128));
        Assert.Equal(label, record.Slice(132, label.Length).ToArray());
        Assert.Equal((-9L, 2L, 77L, 88L), (Int64(values.Bytes(128, 8), 0), Int64(values.Bytes(136, 8), 0), Int64(values.Bytes(144, 8), 0), Int64(values.Bytes(152, 8), 0)));

        table.Free(counter);
        record = metadata.Bytes(512, 512);
        Assert.Equal(-1, Int32(record, 0));
        Assert.Equal(6000, Int64(record, 8));
        Assert.False(record.Slice(16, 112).ContainsAnyExcept((byte)0));
        Assert.Equal(-9, Int64(values.Bytes(128, 8), 0));
        Assert.Equal(0, Int32(metadata.Bytes(1024, 4), 0));
    }

    [Fact]
    public void Should_Lay_The_File_Out_As_Documented()
    {
        string path = _folder.PathOf("x.counters");
        using CountersFile file = CountersFile.Create(path, "engine", 10, 4096, _clock);
        file.Table.Allocate(1500, "ticks").Set(42);
        Assert.True(file.Errors.Record("Boom"));
        using MappedFile mapped = MappedFile.Open(path, writable: false);
        ReadOnlySpan<byte> all = mapped.View.Bytes(0, (int)mapped.Length);
        Assert.Equal("LLCOUNTR"u8.ToArray(), all[..8].ToArray());
        Assert.Equal((1, 256), (Int32(all, 8), Int32(all, 12)));
        Assert.Equal((Environment.ProcessId, 5000L), (Int64(all, 16), Int64(all, 24)));
        Assert.Equal((256L, 5120L), (Int64(all, 32), Int64(all, 40)));
        Assert.Equal((5376L, 1280L), (Int64(all, 48), Int64(all, 56)));
        Assert.Equal((6656L, 4096L), (Int64(all, 64), Int64(all, 72)));
        Assert.Equal(6, Int32(all, 80));
        Assert.Equal("engine"u8.ToArray(), all.Slice(84, 6).ToArray());
        Assert.Equal(5000, Int64(all, 128));
        Assert.Equal("ticks"u8.ToArray(), all.Slice(256 + 132, 5).ToArray());
        Assert.Equal(42, Int64(all, 5376));
        Assert.Equal((28, 1), (Int32(all, 6656), Int32(all, 6660)));
        Assert.Equal((5000L, 5000L), (Int64(all, 6664), Int64(all, 6672)));
        Assert.Equal("Boom"u8.ToArray(), all.Slice(6680, 4).ToArray());
    }

    private static int Int32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadInt32LittleEndian(bytes[offset..]);

    private static long Int64(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadInt64LittleEndian(bytes[offset..]);
}
