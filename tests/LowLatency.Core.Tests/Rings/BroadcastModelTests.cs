using FsCheck;
using FsCheck.Fluent;
using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

public sealed class BroadcastModelTests
{
    private const int Capacity = 4096;

    private static readonly Arbitrary<int[]> Steps =
        Arb.From(Gen.Choose(0, 1 << 24).ArrayOf(600), ArbMap.Default.ArbFor<int[]>().Shrinker);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 3)]
    [InlineData(1, 0)]
    [InlineData(2, 2)]
    public void Should_Do_What_A_List_Does(int gating, int free) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100).WithQuietOnSuccess(true), Prop.ForAll(Steps, steps => Run(gating, free, steps)));

    private static void Run(int gating, int free, int[] steps)
    {
        var ring = new BroadcastRing(Capacity, TestRecord.CellsByType);
        BroadcastReader[] readers =
        [
            .. Enumerable.Range(0, gating).Select(_ => ring.AddGatingReader()),
            .. Enumerable.Range(0, free).Select(_ => ring.AddReader()),
        ];
        var twin = new BroadcastTwin(Capacity);
        foreach (int step in steps)
        {
            int amount = Math.Abs(step >> 3);
            switch (Math.Abs(step % 8))
            {
                case < 5:
                    long gate = gating == 0 ? long.MaxValue : readers[..gating].Min(r => r.Position);
                    Write(ring, twin, 64 * (1 + (amount % 3)), gate);
                    break;
                case < 7:
                    ring.Commit();
                    twin.Commit();
                    Assert.Equal(twin.Committed, ring.Position);
                    break;
                default:
                    Read(readers[amount % readers.Length], twin, 192 + (amount / 7 % 2000));
                    break;
            }
        }

        Assert.All(readers[..gating], r => Assert.Equal(0, r.Laps));
    }

    private static void Write(BroadcastRing ring, BroadcastTwin twin, int length, long gate)
    {
        bool expected = twin.TryClaim(length, gate, out long number);
        Span<byte> record = ring.Claim(length);
        Assert.Equal(expected ? length : 0, record.Length);
        if (expected) TestRecord.Write(record, number);
    }

    private static void Read(BroadcastReader reader, BroadcastTwin twin, int room)
    {
        long position = reader.Position;
        Assert.Equal(twin.Committed > position, reader.HasRecords());
        bool lapped = twin.Committed > position && twin.IsLapped(position);
        (long[] numbers, long next) = lapped ? ([], twin.Committed) : twin.Read(position, room & ~63);
        (long laps, long lost) = (reader.Laps, reader.LostBytes);
        byte[] destination = new byte[room];
        ReadOnlySpan<byte> records = destination.AsSpan(0, reader.Read(destination));
        foreach (long number in numbers) Assert.Equal(number, TestRecord.Read(ref records));
        Assert.True(records.IsEmpty);
        Assert.Equal(lapped ? laps + 1 : laps, reader.Laps);
        Assert.Equal(lapped ? lost + twin.Committed - position : lost, reader.LostBytes);
        // Behind the last record before the wrap a reader may have stepped over the padding too.
        if (reader.Position != next) Assert.Equal((next + Capacity - 1) / Capacity * Capacity, reader.Position);
    }
}
