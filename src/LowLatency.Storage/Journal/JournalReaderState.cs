namespace LowLatency.Storage.Journal;

/// <summary>What a reader's last read found.</summary>
public enum JournalReaderState
{
    /// <summary>Records.</summary>
    Records,

    /// <summary>Nothing yet: all that is committed has been read.</summary>
    AtEnd,

    /// <summary>The records at its position were removed by retention: <see cref="JournalReader.FirstOrdinal"/> tells where it can go on.</summary>
    Gone,
}
