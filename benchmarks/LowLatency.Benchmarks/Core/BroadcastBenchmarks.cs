using BenchmarkDotNet.Attributes;
using LowLatency.Core.Rings;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Benchmarks.Core;

/// <summary>The broadcast ring within one thread: what writing and reading a record of 64 bytes costs.</summary>
[Suite("core")]
public class BroadcastBenchmarks
{
    private const int Operations = 4096;

    private readonly byte[] _room = new byte[64 * 256];
    private BroadcastRing _ring = null!;
    private BroadcastReader _reader = null!;

    /// <summary>How many records a commit announces.</summary>
    [Params(1, 64)]
    public int Batch { get; set; }

    /// <summary>Makes the ring.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _ring = PublishedStreams.CreateRing(Operations * 128);
        _reader = _ring.AddReader();
    }

    /// <summary>Writes records that nobody reads.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public void Write()
    {
        for (int i = 0; i < Operations; i += Batch) WriteBatch();
    }

    /// <summary>Writes records and reads them.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public long WriteAndRead()
    {
        // Whatever Write left behind is gone in one lap.
        _reader.Read(_room);
        long bytes = 0;
        for (int i = 0; i < Operations; i += Batch)
        {
            WriteBatch();
            while (_reader.HasRecords()) bytes += _reader.Read(_room);
        }

        return bytes;
    }

    private void WriteBatch()
    {
        for (int k = 0; k < Batch; k++)
        {
            Span<byte> record = _ring.Claim(64);
            record.Clear();
            record[0] = (byte)RecordType.Trade;
        }

        _ring.Commit();
    }
}
