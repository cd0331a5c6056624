using System.Runtime.InteropServices;
using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

public sealed class StampTests
{
    [Fact]
    public void Should_Refuse_A_Stamped_Event_That_Does_Not_Fill_Its_Lines()
    {
        Exception thrown = Assert.Throws<NotSupportedException>(() => new RingBuffer<Crooked>(4, ProducerMode.Single));
        Assert.Contains("72", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Stamp_The_Last_Eight_Bytes_Of_A_Longer_Event()
    {
        var ring = new RingBuffer<TwoLines>(2, ProducerMode.Multi);
        RingConsumer<TwoLines> consumer = ring.AddConsumer();
        for (long number = 0; number < 9; number++)
        {
            Assert.True(ring.TryClaim(1, out long first));
            ring[first] = new TwoLines { First = number, BeforeStamp = ~number, Stamp = first };
            Assert.True(consumer.Poll(1).IsEmpty);
            ring.Publish(first, 1);
            TwoLines got = consumer.Poll(1)[0];
            Assert.Equal((number, ~number), (got.First, got.BeforeStamp));
            consumer.Advance(1);
        }
    }

    [Fact]
    public void Should_Stamp_Otherwise_In_Every_Ring_And_Process()
    {
        // Numbers that every process would give its rings would make saved events, replayed with their stamps, look published before they are whole.
        long before = RingSalt.Next();
        long salt = RingSalt.Next();
        // Other tests make rings at the same time: the difference may be several steps.
        long step = unchecked((long)0x9E3779B97F4A7C15);
        Assert.Contains(salt, Enumerable.Range(1, 10_000).Select(rings => unchecked(before + (rings * step))));
        Assert.DoesNotContain(salt, Enumerable.Range(0, 1_000_000).Select(rings => unchecked(rings * step)));
    }

    [StructLayout(LayoutKind.Sequential, Size = 72)]
    private struct Crooked : IStampedEvent;

    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct TwoLines : IStampedEvent
    {
        [FieldOffset(0)]
        public long First;
        [FieldOffset(112)]
        public long BeforeStamp;
        [FieldOffset(120)]
        public long Stamp;
    }
}
