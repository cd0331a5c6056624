using System.Runtime.InteropServices;
using LowLatency.Market.Records;
using LowLatency.Storage.Journal;

namespace LowLatency.Storage.Tests.Journal;

/// <summary>A folder for journals that is gone after the test, and records to put into them.</summary>
/// <param name="onDisk">Whether it lies where syncs take their time; else in memory, where the system has such a place.</param>
internal sealed class JournalFolder(bool onDisk = false) : IDisposable
{
    public const string Name = "test";

    private readonly DirectoryInfo _folder = !onDisk && Directory.Exists("/dev/shm")
        ? Directory.CreateDirectory($"/dev/shm/journal-tests-{Guid.NewGuid():N}")
        : Directory.CreateTempSubdirectory("journal-tests-");

    public string FullName => _folder.FullName;

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string Data(long first = 0) => PathOf($"{Name}-{first:D20}.npy");

    public string Index(long first = 0) => PathOf($"{Name}-{first:D20}.idx");

    public JournalSettings Settings(int segmentRecords = 1000, int recordBytes = 64) =>
        new() { Folder = FullName, Name = Name, SegmentRecords = segmentRecords, RecordBytes = recordBytes, IndexRecords = 8 };

    public JournalReader Read(bool verifies = true) => JournalReader.Open(FullName, Name, verifies);

    /// <summary>All records of the journal, by the number in them.</summary>
    public List<ulong> Sequences()
    {
        using JournalReader reader = Read();
        return Sequences(reader);
    }

    public static List<ulong> Sequences(JournalReader reader)
    {
        var found = new List<ulong>();
        while (true)
        {
            ReadOnlySpan<byte> records = reader.Next();
            if (records.IsEmpty) return found;
            for (int i = 0; i < records.Length; i += reader.RecordBytes) found.Add(Check(records.Slice(i, reader.RecordBytes)));
        }
    }

    /// <summary>A record's number; every byte of the record follows from it.</summary>
    public static ulong Check(ReadOnlySpan<byte> record)
    {
        ulong number = MemoryMarshal.Read<RecordHeader>(record).Sequence;
        Assert.True(record.SequenceEqual(Records(number, 1, record.Length)), $"Record {number} is not what was written.");
        return number;
    }

    /// <summary>Records numbered from a number on: instrument number % 5, a microsecond from one to the next.</summary>
    public static byte[] Records(ulong first, int count, int recordBytes = 64)
    {
        byte[] records = new byte[count * recordBytes];
        for (int i = 0; i < count; i++) Write(records.AsSpan(i * recordBytes, recordBytes), first + (ulong)i);
        return records;
    }

    public static void Write(Span<byte> record, ulong number)
    {
        var header = new RecordHeader { Type = RecordType.Trade, Source = 3, Instrument = (uint)(number % 5), EventNs = 1000 * (long)number, ReceiveNs = (1000 * (long)number) + 7, Sequence = number };
        record.Fill((byte)number);
        MemoryMarshal.Write(record, in header);
        MemoryMarshal.Write(record[^8..], number * 0x9E3779B97F4A7C15);
    }

    /// <summary>Makes the journal look as if the machine had been started again since it was written.</summary>
    public void StartMachineAgain()
    {
        foreach (string path in Directory.GetFiles(FullName, $"{Name}-*.idx"))
        {
            byte[] content = File.ReadAllBytes(path);
            content.AsSpan(128, 16).Clear();
            File.WriteAllBytes(path, content);
        }
    }

    public void CopyTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string path in Directory.GetFiles(FullName)) File.Copy(path, Path.Combine(folder, Path.GetFileName(path)), overwrite: true);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
