using BenchmarkDotNet.Attributes;
using LowLatency.Core.Rings;
using LowLatency.Market.Records;

namespace LowLatency.Benchmarks.Core;

/// <summary>The input ring from one thread to another, which polls without pause: nanoseconds a tick, until the last one has arrived.</summary>
[Suite("core")]
public class RingBetweenThreadsBenchmarks
{
    private const int Operations = 1 << 20;

    private RingBuffer<TickRecord> _ring = null!;
    private RingConsumer<TickRecord> _consumer = null!;
    private Thread _poller = null!;
    private volatile bool _stop;

    /// <summary>How many ticks a claim takes.</summary>
    [Params(1, 16, 256)]
    public int Batch { get; set; }

    /// <summary>Makes the ring and starts the poller.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _ring = new RingBuffer<TickRecord>(1 << 14, ProducerMode.Single);
        _consumer = _ring.AddConsumer();
        _stop = false;
        _poller = new Thread(Poll) { IsBackground = true, Name = "poller" };
        _poller.Start();
    }

    /// <summary>Stops the poller.</summary>
    [GlobalCleanup]
    public void CleanUp()
    {
        _stop = true;
        _poller.Join();
    }

    /// <summary>Publishes ticks and waits until the poller has had them all.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public void PublishAndPoll()
    {
        var wait = default(SpinWait);
        for (int i = 0; i < Operations; i += Batch)
        {
            long first;
            while (!_ring.TryClaim(Batch, out first)) wait.SpinOnce(-1);
            for (int k = 0; k < Batch; k++)
            {
                ref TickRecord tick = ref _ring[first + k];
                tick.Header.Type = RecordType.Trade;
                tick.Trade.Price = i;
            }

            _ring.Publish(first, Batch);
        }

        while (_consumer.Position < _ring.Cursor) wait.SpinOnce(-1);
    }

    private void Poll()
    {
        var wait = default(SpinWait);
        double sum = 0;
        while (!_stop)
        {
            ReadOnlySpan<TickRecord> ticks = _consumer.Poll(256);
            if (ticks.IsEmpty)
            {
                wait.SpinOnce(-1);
                continue;
            }

            wait.Reset();
            foreach (ref readonly TickRecord tick in ticks) sum += tick.Trade.Price;
            _consumer.Advance(ticks.Length);
        }

        GC.KeepAlive(sum);
    }
}
