using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

public sealed class RingBufferTests
{
    [Fact]
    public void Should_Reject_When_Full()
    {
        var ring = new RingBuffer<long>(4, ProducerMode.Single);
        ring.AddConsumer();
        Assert.True(ring.TryClaim(4, out long first));
        ring.Publish(first, 4);
        Assert.False(ring.TryClaim(1, out _));
    }
}
