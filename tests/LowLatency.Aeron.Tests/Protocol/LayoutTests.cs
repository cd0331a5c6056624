using LowLatency.Aeron.Client;
using LowLatency.Aeron.Driver;
using LowLatency.Aeron.Protocol;
using LowLatency.Aeron.Tests.Simulation;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Tests.Protocol;

/// <summary>What is in the files, by the offsets of the protocol's description and not by the names of the code.</summary>
public sealed class LayoutTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Should_Lay_Out_The_Cnc_File()
    {
        using MappedFile file = MappedFile.Open(Path.Combine(_world.DriverDirectory, "cnc.dat"), writable: false);
        MemoryView all = file.View;
        const int ToDriver = 65536 + 768;
        const int ToClients = 65536 + 128;
        Assert.Equal((512, ToDriver, ToClients, 4 * 65536, 65536, 65536), (all.GetInt32(0), all.GetInt32(4), all.GetInt32(8), all.GetInt32(12), all.GetInt32(16), all.GetInt32(20)));
        Assert.Equal((10_000_000_000L, 1_700_000_000_000L, (long)Environment.ProcessId, 4096), (all.GetInt64(24), all.GetInt64(32), all.GetInt64(40), all.GetInt32(48)));
        Assert.False(all.Bytes(52, 76).ContainsAnyExcept((byte)0));
        Assert.Equal(0, file.Length % 4096);
        Assert.InRange(file.Length, 128 + ToDriver + ToClients + (6 * 65536), 128 + ToDriver + ToClients + (6 * 65536) + 4095);
        // The ring's trailer: correlation id 0 is taken, and the heart beats.
        Assert.Equal((1L, 1_700_000_000_000L), (all.GetInt64(128 + 65536 + 512), all.GetInt64(128 + 65536 + 640)));
        // The first counter: allocated, of type 0, for ever, key 0, label "Bytes sent".
        MemoryView metadata = all.Slice(128 + ToDriver + ToClients, 1024);
        Assert.Equal((1, 0, long.MaxValue, 0, 10), (metadata.GetInt32(0), metadata.GetInt32(4), metadata.GetInt64(8), metadata.GetInt32(16), metadata.GetInt32(128)));
        Assert.True(metadata.Bytes(132, 10).SequenceEqual("Bytes sent"u8));
        Assert.Equal((1, 1), (metadata.GetInt32(512), metadata.GetInt32(512 + 16)));
        MemoryView values = all.Slice(128 + ToDriver + ToClients + (4 * 65536), 256);
        Assert.Equal((0L, 0L, -1L, 0L, 1L), (values.GetInt64(0), values.GetInt64(8), values.GetInt64(16), values.GetInt64(24), values.GetInt64(128 + 8)));
    }

    [Fact]
    public void Should_Have_The_Defaults_Of_A_Driver()
    {
        CncLayout layout = new MediaDriverContext
        {
            ToDriverBufferLength = 1 << 20, ToClientsBufferLength = 1 << 20, CounterValuesBufferLength = 8 << 20, ErrorBufferLength = 4 << 20,
        }.CncLayout;
        Assert.Equal((1_049_344, 1_048_704, 48_238_592L), (layout.ToDriverLength, layout.ToClientsLength, (layout.Length + 4095) & ~4095L));
        Assert.True(layout.IsSound);
        Assert.False((layout with { ToDriverLength = 1_049_345 }).IsSound);
        Assert.False((layout with { MetadataLength = layout.ValuesLength }).IsSound);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Should_Lay_Out_A_Log(bool isExclusive)
    {
        AeronClient client = _world.Connect();
        const string Channel = "aeron:ipc?term-length=128k|mtu=2048|pub-wnd=16k|init-term-id=10|term-id=14|term-offset=96|linger=7s|sparse=false|eos=false|tags=1,5"
            + "|untethered-window-limit-timeout=2s|untethered-linger-timeout=3s|untethered-resting-timeout=4s|session-id=99";
        Publication publication = isExclusive ? client.AddExclusivePublication(Channel, 1001) : client.AddPublication(Channel, 1001);
        using MappedFile file = MappedFile.Open(Path.Combine(_world.DriverDirectory, "publications", $"{publication.RegistrationId}.logbuffer"), writable: false);
        Assert.Equal((3 * 131_072) + 4096, file.Length);
        MemoryView metadata = file.View.Slice(3 * 131_072, 4096);
        // Term count 4: partition 1 is active; 2 and 0 have the ids of three terms before theirs.
        Assert.Equal((13L << 32, (14L << 32) | 96, 12L << 32, 4), (metadata.GetInt64(0), metadata.GetInt64(8), metadata.GetInt64(16), metadata.GetInt32(24)));
        Assert.Equal((long.MaxValue, 0, 0), (metadata.GetInt64(128), metadata.GetInt32(136), metadata.GetInt32(140)));
        Assert.Equal(
            (publication.RegistrationId, 10, 32, 2048, 131_072, 4096, 16_384),
            (metadata.GetInt64(256), metadata.GetInt32(264), metadata.GetInt32(268), metadata.GetInt32(272), metadata.GetInt32(276), metadata.GetInt32(280), metadata.GetInt32(284)));
        Assert.False(metadata.Bytes(288, 32).ContainsAnyExcept((byte)0));
        Assert.Equal([0, 0, 0, 0, 0, 0xC0, 1, 0, 0, 0, 0, 0, 99, 0, 0, 0, 0xE9, 3, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], metadata.Bytes(320, 32).ToArray());
        Assert.Equal(
            (5L, -1L, 7_000_000_000L, 2_000_000_000L, 4_000_000_000L, 3_000_000_000L),
            (metadata.GetInt64(448), metadata.GetInt64(456), metadata.GetInt64(464), metadata.GetInt64(472), metadata.GetInt64(480), metadata.GetInt64(500)));
        // group, response, rejoin, reliable, sparse, eos, spies, tether, revoked, type.
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, isExclusive ? (byte)1 : (byte)0], metadata.Bytes(488, 10).ToArray());
        Assert.False(metadata.Bytes(508, 4096 - 508).ContainsAnyExcept((byte)0));
        client.AddSubscription("aeron:ipc", 1001);
        Assert.Equal(1, metadata.GetInt32(136));
        Assert.Equal((4L * 131_072) + 96, publication.Position);
    }

    [Fact]
    public void Should_Lay_Out_A_New_Log()
    {
        AeronClient client = _world.Connect();
        Publication publication = client.AddPublication("aeron:ipc", 1001);
        using MappedFile file = MappedFile.Open(Path.Combine(_world.DriverDirectory, "publications", $"{publication.RegistrationId}.logbuffer"), writable: false);
        MemoryView metadata = file.View.Slice(3 * 65_536, 4096);
        int initial = publication.InitialTermId;
        Assert.Equal(
            (((long)initial) << 32, ((long)(initial - 2)) << 32, ((long)(initial - 1)) << 32, 0),
            (metadata.GetInt64(0), metadata.GetInt64(8), metadata.GetInt64(16), metadata.GetInt32(24)));
        // sparse and eos.
        Assert.Equal([1, 1], metadata.Bytes(492, 2).ToArray());
    }

    [Fact]
    public void Should_Lay_Out_Frames()
    {
        AeronClient client = _world.Connect();
        Publication publication = client.AddPublication("aeron:ipc?mtu=64|session-id=7|init-term-id=3|term-id=3|term-offset=0", 0x01020304);
        client.AddSubscription("aeron:ipc", 0x01020304);
        _world.Step();
        using MappedFile file = MappedFile.Open(Path.Combine(_world.DriverDirectory, "publications", $"{publication.RegistrationId}.logbuffer"), writable: false);
        Assert.True(publication.Offer([0xA1, 0xA2, 0xA3], out _, reservedValue: 0x1122334455667788));
        Assert.Equal(
            [35, 0, 0, 0, 0, 0xC0, 1, 0, 0, 0, 0, 0, 7, 0, 0, 0, 4, 3, 2, 1, 3, 0, 0, 0, 0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11, 0xA1, 0xA2, 0xA3, 0],
            file.View.Bytes(0, 36).ToArray());
        Assert.True(publication.Offer(new byte[65], out OfferResult result));
        Assert.Equal(64 + 64 + 64 + 64, result.Position);
        Assert.Equal(
            (64, 0x00018000, 64, 64, 0x00010000, 128, 33, 0x00014000, 192),
            (file.View.GetInt32(64), file.View.GetInt32(68), file.View.GetInt32(72),
                file.View.GetInt32(128), file.View.GetInt32(132), file.View.GetInt32(136), file.View.GetInt32(192), file.View.GetInt32(196), file.View.GetInt32(200)));
        Assert.True(publication.TryClaim(10, out BufferClaim claim, out _));
        Assert.Equal(-42, file.View.GetInt32(256));
        claim.Abort();
        Assert.Equal((42, 0x0000C000), (file.View.GetInt32(256), file.View.GetInt32(260)));
    }

    [Fact]
    public void Should_Pad_The_End_Of_A_Term()
    {
        AeronClient client = _world.Connect();
        Publication publication = client.AddPublication("aeron:ipc?init-term-id=3|term-id=3|term-offset=65440|session-id=7", 2);
        Subscription subscription = client.AddSubscription("aeron:ipc", 2);
        _world.Step();
        using MappedFile file = MappedFile.Open(Path.Combine(_world.DriverDirectory, "publications", $"{publication.RegistrationId}.logbuffer"), writable: false);
        Assert.False(publication.Offer(new byte[100], out OfferResult result));
        Assert.Equal(OfferStatus.AdminAction, result.Status);
        Assert.Equal(
            (96, 0x0000C000, 65440, 7, 2, 3),
            (file.View.GetInt32(65440), file.View.GetInt32(65444), file.View.GetInt32(65448), file.View.GetInt32(65452), file.View.GetInt32(65456), file.View.GetInt32(65460)));
        MemoryView metadata = file.View.Slice(3 * 65_536, 4096);
        Assert.Equal((4L << 32, 1), (metadata.GetInt64(8), metadata.GetInt32(24)));
        Assert.Equal(65440 + 160L, (int)metadata.GetInt64(0));
        Assert.True(publication.Offer(new byte[100], out result));
        Assert.Equal(65536 + 160, result.Position);
        Assert.Equal(0, subscription.Poll((payload, in header) => { }, 10));
        Assert.Equal(65536, subscription.Images[0].Position);
        Assert.Equal(1, subscription.Poll((payload, in header) => { }, 10));
    }
}
