using LowLatency.Storage.Journal;

namespace LowLatency.Publishing;

/// <summary>The journal of the published records of one length, and what waits to be appended to it. One thread's own.</summary>
internal sealed class OutputLane : IDisposable
{
    /// <summary>What the journal of definitions is called, which retention leaves alone.</summary>
    public const string Names = "output-names";

    private const int NamesInSegment = 1024;

    private readonly JournalWriter _writer;
    private readonly byte[] _waiting;
    private int _length;

    /// <summary>Opens it for writing.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="recordBytes">Length of its records.</param>
    /// <param name="epoch">The engine's epoch.</param>
    /// <param name="mostBytes">The most that is taken before it is appended.</param>
    public OutputLane(OutputJournalSettings settings, string name, int recordBytes, uint epoch, int mostBytes)
    {
        bool isOfNames = name == Names;
        _waiting = new byte[mostBytes];
        _writer = JournalWriter.Open(new JournalSettings
        {
            Folder = Path.GetFullPath(settings.Dir),
            Name = name,
            RecordBytes = recordBytes,
            SegmentRecords = isOfNames ? NamesInSegment : settings.SegmentRecords,
            Durability = settings.Durability,
            SyncIntervalMs = settings.SyncIntervalMs,
            // Small, and of use as long as any record.
            RetainMs = isOfNames ? 0 : settings.RetainHours * 3_600_000L,
            RetainBytes = isOfNames ? 0 : (long)settings.RetainMib << 20,
            Epoch = epoch,
        });
        if (_writer.NextOrdinal > 0 && !_writer.Roll(epoch, default)) throw new IOException($"The journal in {settings.Dir} cannot begin another segment: {_writer.Refusal}");
    }

    /// <summary>The last append's mark; the least number there is when there was none.</summary>
    public long Mark => _writer.Mark;

    /// <summary>Number of records that it has had, removed ones included.</summary>
    public long NextOrdinal => _writer.NextOrdinal;

    /// <summary>What was found when it was opened.</summary>
    public JournalRecovery Recovery => _writer.Recovery;

    /// <summary>Why it does not take records now; null while it does.</summary>
    public string? Refusal => _writer.Refusal ?? _writer.Problem;

    /// <summary>What the journal of a length is called.</summary>
    /// <param name="recordBytes">The length.</param>
    public static string NameOf(int recordBytes) => recordBytes == 64 ? "output-64" : "output-128";

    /// <summary>Takes a record, to be appended with the others.</summary>
    /// <param name="record">The record.</param>
    public void Add(ReadOnlySpan<byte> record)
    {
        record.CopyTo(_waiting.AsSpan(_length));
        _length += record.Length;
    }

    /// <summary>Appends what waits.</summary>
    /// <param name="mark">The position behind it.</param>
    /// <returns>False when there is no room on the disk now: try again.</returns>
    public bool TryAppend(long mark)
    {
        if (_length == 0) return true;
        if (!_writer.Append(_waiting.AsSpan(0, _length), mark)) return false;
        _length = 0;
        return true;
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => _writer.Dispose();
}
