using System.Runtime.InteropServices;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;
using LowLatency.Storage.Journal;
using LowLatency.Storage.QuestDb;

namespace LowLatency.Publishing;

/// <summary>
/// Reads an engine's output journal for a writer, from where this had come before, while it is written: the records of one epoch, and the names that belong to them. One thread at a time.
/// </summary>
public sealed class JournalSource : IRecordSource, IDisposable
{
    private const int RecordsInBatch = 4096;

    private readonly FileStream _alone;
    private readonly TimeSpan _wait;
    private readonly JournalNames _names;
    private readonly Lane[] _lanes;
    private readonly Queue<Checkpoint> _read = [];
    private long _position;
    private int _turn;

    private JournalSource(string folder, string cursor, int maxInstruments, TimeSpan wait)
    {
        _wait = wait;
        _alone = TakeAlone(Path.Combine(folder, $"output.{cursor}.lock"));
        try
        {
            _lanes = [new Lane(folder, OutputLane.NameOf(128), cursor), new Lane(folder, OutputLane.NameOf(64), cursor)];
            Epoch = _lanes.Min(l => l.NextEpoch() ?? long.MaxValue);
            _names = new JournalNames(folder, Epoch, maxInstruments);
        }
        catch
        {
            _alone.Dispose();
            throw;
        }
    }

    /// <summary>Whether there is something to read.</summary>
    public bool HasRecords => Epoch != long.MaxValue;

    /// <summary>The epoch whose records it reads.</summary>
    public long Epoch { get; }

    /// <summary>Whether the journal has gone on to another epoch, and all of this one has been read: for the next, another source is made.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Records that retention had removed before they were read.</summary>
    public long Removed => _lanes.Sum(l => l.Removed);

    /// <summary>Opens a journal.</summary>
    /// <param name="folder">The engine's <c>journal.dir</c>.</param>
    /// <param name="cursor">The reader's name: how far it has come is kept under it in the journal's folder.</param>
    /// <param name="maxInstruments">How many instruments there can be.</param>
    /// <param name="wait">How long a wait for further records is.</param>
    /// <exception cref="JournalException">There is no journal, or it is damaged or of a newer format.</exception>
    /// <exception cref="IOException">Another reader has the cursor.</exception>
    public static JournalSource Open(string folder, string cursor, int maxInstruments, TimeSpan wait)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return new JournalSource(Path.GetFullPath(folder), cursor, maxInstruments, wait);
    }

    /// <summary>What the ids in the records stand for; grows while it is read.</summary>
    public PublishedStreams Names() => _names.Streams((uint)Epoch);

    /// <summary>Whether the journal's newest records are of a later epoch.</summary>
    public bool IsOld() => _lanes.Any(l => l.NewestEpoch() is { } newest && newest > Epoch);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Next(out long position)
    {
        for (int tried = 0; tried < _lanes.Length; tried++)
        {
            Lane lane = _lanes[_turn++ % _lanes.Length];
            ReadOnlySpan<byte> records = lane.Next(Epoch, RecordsInBatch);
            if (records.IsEmpty) continue;
            // Names are appended before what refers to them: those of these records are there by now.
            _names.Read();
            _position += records.Length / lane.RecordBytes;
            _read.Enqueue(new Checkpoint(_position, _lanes[0].Position, _lanes[1].Position));
            position = _position;
            return records;
        }

        // An engine that has gone on in one of the two has ended in the other.
        HasEnded = HasRecords && _lanes.Any(l => l.IsBeyond) && _lanes.All(l => l.IsBeyond || l.IsAtEnd);
        position = _position;
        return default;
    }

    /// <inheritdoc/>
    public void Acknowledge(long position)
    {
        Checkpoint? last = null;
        while (_read.TryPeek(out Checkpoint checkpoint) && checkpoint.Position <= position) last = _read.Dequeue();
        if (last is not { } reached) return;
        // Not on disk at once: what a crash of the machine takes back is written again, and is in the table once all the same.
        _lanes[0].Cursor.Save(reached.Longer, isDurable: false);
        _lanes[1].Cursor.Save(reached.Shorter, isDurable: false);
    }

    /// <inheritdoc/>
    public Task WaitAsync(CancellationToken stop) => Task.Delay(_wait, stop);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Lane lane in _lanes) lane.Reader.Dispose();
        _names.Dispose();
        _alone.Dispose();
    }

    // Two readers would move the same cursors.
    private static FileStream TakeAlone(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (DirectoryNotFoundException thrown)
        {
            throw new JournalException($"journal.dir: there is no folder {Path.GetDirectoryName(path)}.", thrown);
        }
        catch (IOException thrown)
        {
            throw new IOException($"journal.dir: another writer reads this journal ({path} is taken): end it first.", thrown);
        }
    }

    private readonly record struct Checkpoint(long Position, long Longer, long Shorter);

    private sealed class Lane
    {
        public Lane(string folder, string name, string cursor)
        {
            Reader = JournalReader.Open(folder, name);
            Cursor = JournalCursor.Open(folder, name, cursor);
            if (Cursor.Ordinal >= 0) Reader.Seek(Math.Min(Cursor.Ordinal, Reader.NextOrdinal));
        }

        public JournalReader Reader { get; }

        public JournalCursor Cursor { get; }

        public int RecordBytes => Reader.RecordBytes;

        public long Position => Reader.Position;

        public long Removed { get; private set; }

        public bool IsBeyond { get; private set; }

        public bool IsAtEnd => Reader.State == JournalReaderState.AtEnd;

        public ReadOnlySpan<byte> Next(long epoch, int mostRecords)
        {
            if (IsBeyond) return default;
            long position = Reader.Position;
            ReadOnlySpan<byte> records = Reader.Next(mostRecords);
            if (Reader.State == JournalReaderState.Gone)
            {
                Removed += Reader.FirstOrdinal - position;
                Reader.Seek(Reader.FirstOrdinal);
                return default;
            }

            if (records.IsEmpty || Reader.Epoch == epoch) return records;
            IsBeyond = true;
            Reader.Seek(position);
            return default;
        }

        public long? NextEpoch()
        {
            long position = Reader.Position;
            if (Reader.Next(1).IsEmpty && Reader.State == JournalReaderState.Gone)
            {
                Removed += Reader.FirstOrdinal - position;
                position = Reader.FirstOrdinal;
                Reader.Seek(position);
                if (Reader.Next(1).IsEmpty) return null;
            }

            if (Reader.State != JournalReaderState.Records) return null;
            Reader.Seek(position);
            return Reader.Epoch;
        }

        public long? NewestEpoch()
        {
            long position = Reader.Position;
            long next = Reader.NextOrdinal;
            if (next == 0) return null;
            Reader.Seek(next - 1);
            long? epoch = Reader.Next(1).IsEmpty ? null : Reader.Epoch;
            Reader.Seek(position);
            return epoch;
        }
    }
}
