using BenchmarkDotNet.Attributes;
using LowLatency.Storage.Journal;

namespace LowLatency.Benchmarks.Storage;

/// <summary>What an append to a journal is made of, besides the copy.</summary>
[Suite("storage")]
public class JournalBenchmarks
{
    private const int Records = 256;

    private readonly byte[] _records = JournalPlace.Batch(Records);
    private IndexEntry _entry = IndexEntry.Empty(0);
    private int _count;

    /// <summary>The checksum of a record of 64 bytes.</summary>
    [Benchmark(OperationsPerInvoke = Records)]
    public uint Checksum() => RecordChecksum.Append(RecordChecksum.Start, _records);

    /// <summary>The same, and times and instruments for the index.</summary>
    [Benchmark(OperationsPerInvoke = Records)]
    public void AddToEntry() => _entry.Add(_records, 64, 1);

    /// <summary>The checksum of the entry itself.</summary>
    [Benchmark]
    public void SealEntry() => _entry.Seal(1);

    /// <summary>The number of records for NumPy.</summary>
    [Benchmark]
    public long Shape() => NumpyHeader.ShapeOf(_count++ & 0xFFFFFF);
}
