using LowLatency.Core.Clocks;
using LowLatency.Core.Counters;
using LowLatency.Core.Errors;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Tests.Counters;

/// <summary>A cnc.dat as Aeron's protocol lays it out, by its offsets.</summary>
public sealed class AeronCncTests : IDisposable
{
    private const int ToDriver = 1024 + 768;
    private const int ToClients = 1024 + 128;
    private const int Counters = 16;
    private const long NowMs = 1_700_000_000_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_Read_A_Drivers_Counters_And_Errors()
    {
        using MappedFile cnc = MakeCnc();
        using CountersSource source = CountersSource.Open(cnc.Path);
        Assert.Equal((CountersFormat.Aeron, 321L, NowMs - 500, NowMs), (source.Format, source.ProcessId, source.StartMs, source.HeartbeatMs));
        Assert.Equal([("Bytes sent", 99L)], source.Counters.ReadAll().Select(c => (c.Label, c.Value)));
        Assert.Equal("driver trouble", Assert.Single(source.ReadErrors()).Text);
        Assert.Equal(ProcessState.Running, source.StateAt(NowMs + 10_000));
        Assert.NotEqual(ProcessState.Running, source.StateAt(NowMs + 10_001));
    }

    [Theory]
    [InlineData(0, "still making it")]
    [InlineData(0x000100, "begins neither")]
    [InlineData(0x010000, "begins neither")]
    [InlineData(-1, "begins neither")]
    public void Should_Refuse_Another_Version(int version, string why)
    {
        using MappedFile cnc = MakeCnc();
        cnc.View.PutInt32(0, version);
        Assert.Contains(why, Assert.Throws<InvalidDataException>(() => CountersSource.Open(cnc.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(16)]
    [InlineData(20)]
    public void Should_Refuse_Lengths_That_Do_Not_Fit_The_File(int offset)
    {
        using MappedFile cnc = MakeCnc();
        foreach (int length in (int[])[int.MinValue, -8, 1 << 20, int.MaxValue])
        {
            cnc.View.PutInt32(offset, length);
            Assert.Throws<InvalidDataException>(() => CountersSource.Open(cnc.Path));
        }
    }

    private MappedFile MakeCnc()
    {
        const int Metadata = Counters * 512;
        const int Values = Counters * 128;
        const int MetadataOffset = 128 + ToDriver + ToClients;
        MappedFile file = MappedFile.Create(_folder.PathOf("cnc.dat"), 16_384);
        MemoryView all = file.View;
        all.PutInt32(4, ToDriver);
        all.PutInt32(8, ToClients);
        all.PutInt32(12, Metadata);
        all.PutInt32(16, Values);
        all.PutInt32(20, 1024);
        all.PutInt64(32, NowMs - 500);
        all.PutInt64(40, 321);
        all.PutInt32(48, 4096);
        all.PutInt64(128 + 1024 + 640, NowMs);
        MemoryView metadata = all.Slice(MetadataOffset, Metadata);
        metadata.PutInt32(128, 10);
        metadata.PutBytes(132, "Bytes sent"u8);
        metadata.PutInt32(0, 1);
        MemoryView values = all.Slice(MetadataOffset + Metadata, Values);
        values.PutInt64(0, 99);
        values.PutInt64(16, -1);
        new DistinctErrorLog(all.Slice(MetadataOffset + Metadata + Values, 1024), SystemClock.Instance).Record("driver trouble");
        all.PutInt32(0, 512);
        return file;
    }
}
