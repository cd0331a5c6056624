using System.Runtime.InteropServices;
using LowLatency.Benchmarks.Lab;
using LowLatency.Storage.Journal;

namespace LowLatency.Benchmarks.Storage;

/// <summary>Reads a journal of four million records of 64 bytes, over and over, in place, into a stage that does nothing but look at each record.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="role">What it is in the experiment.</param>
/// <param name="verifies">Whether checksums are looked at.</param>
internal sealed class JournalReplay(string name, Role role, bool verifies) : Contender(name, role)
{
    private const int Batch = 1024;
    private const long Records = 4L * JournalPlace.SegmentRecords;

    private readonly JournalPlace _place = new();
    private JournalReader? _reader;

    public override RunOutcome Run(Load load)
    {
        _reader ??= Make();
        long sum = 0;
        CrewOutcome crew = Crew.Run(TimeSpan.FromSeconds(load.Seconds), () => sum = Read(_reader, load.Events));
        if (sum != load.Events) throw new LabException($"{Name}: {sum} records of {load.Events} were seen.");
        return RunOutcome.Of(crew, load.Events);
    }

    protected override void Dispose(bool disposing)
    {
        _reader?.Dispose();
        _place.Dispose();
        base.Dispose(disposing);
    }

    private static long Read(JournalReader reader, long events)
    {
        long sum = 0;
        while (events > 0)
        {
            ReadOnlySpan<byte> records = reader.Next((int)Math.Min(Batch, events));
            if (records.IsEmpty)
            {
                reader.Seek(0);
                continue;
            }

            // Every record's sequence is 1.
            ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(records);
            for (int i = 3; i < words.Length; i += 8) sum += (long)words[i];
            events -= records.Length / 64;
        }

        return sum;
    }

    private JournalReader Make()
    {
        using (JournalWriter writer = JournalWriter.Open(_place.Settings(JournalDurability.None) with { RetainBytes = 0, PreparesAhead = false }))
        {
            byte[] batch = JournalPlace.Batch(256);
            while (writer.NextOrdinal < Records)
            {
                if (!writer.Append(batch, 0)) throw new LabException($"{Name}: {writer.Refusal}");
            }
        }

        return _place.Read(verifies);
    }
}
