namespace LowLatency.Storage.Journal;

/// <summary>How a journal is written.</summary>
public sealed record JournalSettings
{
    /// <summary>Most records of a segment: its NumPy header has eight digits for them.</summary>
    public const int MostSegmentRecords = 99_999_999;

    /// <summary>Bytes of the block that each segment's index keeps for the caller.</summary>
    public const int CallerBlockBytes = 64;

    /// <summary>The folder; it is made where it is missing. Several journals may share it.</summary>
    public required string Folder { get; init; }

    /// <summary>The journal's name, with which its files begin: letters, digits, _ and -, 1 to 64 of them.</summary>
    public required string Name { get; init; }

    /// <summary>Bytes of a record: 64 or 128.</summary>
    public int RecordBytes { get; init; } = 64;

    /// <summary>Records of a segment, 1 to <see cref="MostSegmentRecords"/>; the largest append too. Their room is taken from the disk when the segment is made.</summary>
    public int SegmentRecords { get; init; } = 1 << 20;

    /// <summary>Records of which an entry of the index is made at the least, 1 to 1,048,576: smaller appends share one. Fewer make range reads finer and the index larger: an entry takes 64 bytes.</summary>
    public int IndexRecords { get; init; } = 256;

    /// <summary>What an appended record outlives.</summary>
    public JournalDurability Durability { get; init; } = JournalDurability.None;

    /// <summary>Milliseconds between two syncs of <see cref="JournalDurability.Interval"/>, 1 to 3,600,000.</summary>
    public int SyncIntervalMs { get; init; } = 50;

    /// <summary>Milliseconds after which a sealed segment is removed, by the time of its sealing; 0 keeps them.</summary>
    public long RetainMs { get; init; }

    /// <summary>Bytes that all segments together may take before the oldest sealed ones are removed; 0 for no limit. The active segment and the one made ahead of it count and stay.</summary>
    public long RetainBytes { get; init; }

    /// <summary>Whether segments that a cursor in the folder has not read to the end are kept, whatever their age and size.</summary>
    public bool RetainForCursors { get; init; } = true;

    /// <summary>Whether the next segment is made ahead, by a thread; if not, at first need, by the appending one.</summary>
    public bool PreparesAhead { get; init; } = true;

    /// <summary>Whether opening checks the records of every segment, not only of those that a crash of the process or the machine can have damaged.</summary>
    public bool VerifiesAll { get; init; }

    /// <summary>A number of the caller's in the index of each new segment: which run wrote it, for one.</summary>
    public long Epoch { get; init; }

    /// <summary>Up to <see cref="CallerBlockBytes"/> bytes of the caller's in the index of each new segment.</summary>
    public ReadOnlyMemory<byte> CallerBlock { get; init; }

    /// <summary>The fields by which NumPy knows a record: where a journal holds one type of record, that type's; by default the header's, and the rest as bytes.</summary>
    public IReadOnlyList<NumpyField>? Fields { get; init; }

    /// <summary>The clock of sealing times and retention.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Called before each sync; a test lets it fail as a disk does.</summary>
    internal Action? Syncing { get; init; }

    /// <summary>Checks them.</summary>
    /// <exception cref="JournalException">One is outside its range; the message lists every mistake, a line each.</exception>
    internal void Validate()
    {
        var mistakes = new List<string>();
        if (string.IsNullOrWhiteSpace(Folder)) mistakes.Add("journal.folder is empty: name a folder.");
        if (!JournalFiles.IsName(Name)) mistakes.Add($"journal.name is '{Name}': it has 1 to 64 letters, digits, _ and -.");
        if (RecordBytes is not (64 or 128)) mistakes.Add($"journal.record_bytes is {RecordBytes}: 64 or 128 are allowed.");
        Check(mistakes, "segment_records", SegmentRecords, 1, MostSegmentRecords);
        Check(mistakes, "index_records", IndexRecords, 1, 1 << 20);
        Check(mistakes, "sync_interval_ms", SyncIntervalMs, 1, 3_600_000);
        Check(mistakes, "retain_ms", RetainMs, 0, long.MaxValue);
        Check(mistakes, "retain_bytes", RetainBytes, 0, long.MaxValue);
        if (!Enum.IsDefined(Durability)) mistakes.Add($"journal.durability is {Durability}: none, batch and interval are allowed.");
        if (CallerBlock.Length > CallerBlockBytes) mistakes.Add($"journal.caller_block has {CallerBlock.Length} bytes: at most {CallerBlockBytes} are allowed.");
        if (mistakes.Count != 0) throw new JournalException(string.Join(Environment.NewLine, mistakes));
    }

    private static void Check(List<string> mistakes, string name, long value, long least, long most)
    {
        if (value < least || value > most) mistakes.Add(most == long.MaxValue ? $"journal.{name} is {value}: {least} or more is allowed." : $"journal.{name} is {value}: {least} to {most} is allowed.");
    }
}
