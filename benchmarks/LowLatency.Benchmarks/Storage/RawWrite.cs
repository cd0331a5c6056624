using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Memory;

namespace LowLatency.Benchmarks.Storage;

/// <summary>The same bytes copied into mapped files one after another, and nothing else: no index, no checksum, no reader to tell. Making and removing the files is not counted.</summary>
/// <param name="batch">Records of a copy.</param>
internal sealed class RawWrite(int batch) : Contender("raw write to mapped files", Role.Floor)
{
    private const long FileBytes = JournalPlace.SegmentRecords * 64L;

    private readonly JournalPlace _place = new();
    private readonly byte[] _records = JournalPlace.Batch(batch);

    public override RunOutcome Run(Load load)
    {
        _place.Clear();
        long copies = Math.Max(1, load.Events / batch);
        long elapsedNs = 0;
        CrewOutcome crew = Crew.Run(TimeSpan.FromSeconds(load.Seconds), () => elapsedNs = Write(copies));
        return new RunOutcome(copies * batch, elapsedNs, crew.AllocatedBytes, crew.Collections);
    }

    protected override void Dispose(bool disposing)
    {
        _place.Dispose();
        base.Dispose(disposing);
    }

    private long Write(long copies)
    {
        long elapsedNs = 0;
        string path = _place.PathOf("raw");
        while (copies > 0)
        {
            MappedFile file = MappedFile.Create(path, FileBytes);
            MemoryView view = file.View;
            long part = Math.Min(copies, FileBytes / _records.Length);
            long start = LabClock.NowNs();
            for (long i = 0; i < part; i++) view.PutBytes(i * _records.Length, _records);
            elapsedNs += LabClock.NowNs() - start;
            copies -= part;
            file.Unmap();
            File.Delete(path);
        }

        return elapsedNs;
    }
}
