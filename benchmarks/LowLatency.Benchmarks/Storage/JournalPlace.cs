using LowLatency.Market.Records;
using LowLatency.Storage.Journal;

namespace LowLatency.Benchmarks.Storage;

/// <summary>A folder for the journals of a contender, which is gone with it, in the system's folder for temporary files: TMPDIR tells on which disk.</summary>
internal sealed class JournalPlace : IDisposable
{
    public const string Name = "bench";
    public const int SegmentRecords = 1 << 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lowlatency-bench-");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Segments of 64 MiB, of which four stay.</summary>
    public JournalSettings Settings(JournalDurability durability) =>
        new() { Folder = _folder.FullName, Name = Name, SegmentRecords = SegmentRecords, Durability = durability, RetainBytes = 4L * SegmentRecords * 64 };

    public JournalReader Read(bool verifies) => JournalReader.Open(_folder.FullName, Name, verifies);

    /// <summary>Removes what a run has left.</summary>
    public void Clear()
    {
        foreach (FileInfo file in _folder.GetFiles()) file.Delete();
    }

    /// <summary>Records of several instruments, of one batch.</summary>
    public static byte[] Batch(int records)
    {
        byte[] batch = new byte[records * 64];
        for (int i = 0; i < records; i++)
        {
            var record = new TradeRecord { Header = new RecordHeader { Type = RecordType.Trade, Instrument = (uint)(i % 16), EventNs = i * 1000L, ReceiveNs = (i * 1000L) + 300, Sequence = 1 }, Price = 100 + i, Size = i };
            System.Runtime.InteropServices.MemoryMarshal.Write(batch.AsSpan(i * 64), in record);
        }

        return batch;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
