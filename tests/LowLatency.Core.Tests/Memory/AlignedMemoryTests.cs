using System.Runtime.CompilerServices;
using LowLatency.Core.Memory;
using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Memory;

public sealed class AlignedMemoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(4096)]
    [InlineData(1_000_000)]
    public void Should_Begin_On_A_Page_And_Be_Zero(int length)
    {
        var memory = new AlignedMemory<int>(length);
        Assert.Equal(length, memory.Length);
        Assert.Equal(0, Unsafe.ByteOffset(ref Unsafe.NullRef<int>(), ref memory[0]) % 4096);
        Assert.False(memory.Slice(0, length).ContainsAnyExcept(0));
    }

    [Fact]
    public void Should_Keep_Elements_Apart()
    {
        var memory = new AlignedMemory<(long, long, long)>(100);
        for (int i = 0; i < 100; i++) memory[i] = (i, i + 1, i + 2);
        Span<(long, long, long)> all = memory.Slice(0, 100);
        for (int i = 0; i < 100; i++) Assert.Equal((i, i + 1, i + 2), all[i]);
    }

    [Fact]
    public void Should_Stay_While_A_Span_Points_Into_It()
    {
        ReadOnlySpan<long> span = OrphanedSpan();
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            _ = new RingBuffer<long>(1024, ProducerMode.Single);
        }

        for (int i = 0; i < span.Length; i++) Assert.Equal(i + 1, span[i]);
    }

    [Fact]
    public void Should_Refuse_To_Be_Empty() => Assert.Throws<ArgumentOutOfRangeException>("length", () => new AlignedMemory<int>(0));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<long> OrphanedSpan()
    {
        var ring = new RingBuffer<long>(1024, ProducerMode.Single);
        RingConsumer<long> consumer = ring.AddConsumer();
        ring.TryClaim(1024, out long first);
        for (int i = 0; i < 1024; i++) ring[first + i] = i + 1;
        ring.Publish(first, 1024);
        return consumer.Poll(1024);
    }
}
