using BenchmarkDotNet.Attributes;
using LowLatency.Core.Rings;
using LowLatency.Market.Records;

namespace LowLatency.Benchmarks.Core;

/// <summary>The input ring within one thread: what claim, fill, publish, poll and advance cost when no cache line moves between cores.</summary>
[Suite("core")]
public class RingBenchmarks
{
    private const int Operations = 4096;

    private RingBuffer<TickRecord> _ring = null!;
    private RingConsumer<TickRecord> _consumer = null!;

    /// <summary>One producer or several.</summary>
    [Params(ProducerMode.Single, ProducerMode.Multi)]
    public ProducerMode Mode { get; set; }

    /// <summary>Makes the ring.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _ring = new RingBuffer<TickRecord>(Operations, Mode);
        _consumer = _ring.AddConsumer();
    }

    /// <summary>A claim and its publication, nothing written; the consumer jumps over a ring's worth at a time.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public void ClaimAndPublish()
    {
        for (int i = 0; i < Operations; i++)
        {
            _ring.TryClaim(1, out long sequence);
            _ring.Publish(sequence, 1);
        }

        _consumer.Advance(_consumer.Poll(Operations).Length);
        _consumer.Advance(_consumer.Poll(Operations).Length);
    }

    /// <summary>One tick in and out.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public double OneByOne()
    {
        double sum = 0;
        for (int i = 0; i < Operations; i++)
        {
            _ring.TryClaim(1, out long sequence);
            _ring[sequence].Trade.Price = i;
            _ring.Publish(sequence, 1);
            sum += _consumer.Poll(1)[0].Trade.Price;
            _consumer.Advance(1);
        }

        return sum;
    }

    /// <summary>Ticks in and out, 64 at a time.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public double Batches()
    {
        const int Batch = 64;
        double sum = 0;
        for (int i = 0; i < Operations; i += Batch)
        {
            _ring.TryClaim(Batch, out long first);
            for (int k = 0; k < Batch; k++) _ring[first + k].Trade.Price = k;
            _ring.Publish(first, Batch);
            while (true)
            {
                ReadOnlySpan<TickRecord> ticks = _consumer.Poll(Batch);
                if (ticks.IsEmpty) break;
                foreach (ref readonly TickRecord tick in ticks) sum += tick.Trade.Price;
                _consumer.Advance(ticks.Length);
            }
        }

        return sum;
    }
}
