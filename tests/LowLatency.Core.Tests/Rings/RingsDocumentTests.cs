using System.Runtime.InteropServices;
using LowLatency.Core.Agents;
using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

/// <summary>The program of docs/rings.md.</summary>
public sealed class RingsDocumentTests
{
    [Fact]
    public void Should_Run_As_The_Document_Says()
    {
        var ring = new RingBuffer<Trade>(1024, ProducerMode.Single);
        var parker = new Parker();
        RingConsumer<Trade> consumer = ring.AddConsumer(parker);
        var agent = new HandlerAgent<Trade, EachEvent<Trade, Volume>>("volume", new EachEvent<Trade, Volume>(default), HandlerFailurePolicy.Stop, 256, consumer);
        using var runner = new HandlerRunner<Trade, EachEvent<Trade, Volume>, BlockingIdle>(agent, new BlockingIdle(10), parker);
        runner.Start();

        var producer = new RingProducer<Trade, YieldingIdle>(ring, default, new Parker());
        for (long number = 0; number < 10_000; number++)
        {
            if (!producer.Claim(1, out long sequence)) break;
            ref Trade slot = ref ring[sequence];
            slot.Price = 100;
            slot.Quantity = number;
            ring.Publish(sequence, 1);
        }

        ring.Close();
        while (!consumer.IsDrained && !runner.Completion.IsCompleted) Thread.Yield();
        runner.Dispose();

        Assert.Equal(10_000L * 9_999 / 2, agent.Handler.Handler.Sum);
        Assert.True(runner.Completion.IsCompletedSuccessfully);
    }

    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct Trade : IStampedEvent
    {
        public long Price;
        public long Quantity;
    }

    private struct Volume : IEventHandler<Trade>
    {
        public long Sum;

        public void OnEvent(in Trade value, long sequence, bool endOfBatch) => Sum += value.Quantity;
    }
}
