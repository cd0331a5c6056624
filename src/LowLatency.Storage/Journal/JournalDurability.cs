namespace LowLatency.Storage.Journal;

/// <summary>What an appended record outlives.</summary>
public enum JournalDurability
{
    /// <summary>The process's death: records are in the system's page cache, which writes them to disk when it likes. The machine's crash may take the last ones.</summary>
    None,

    /// <summary>The machine's crash: an append returns when its records are on disk.</summary>
    Batch,

    /// <summary>The process's death at once, the machine's crash after an interval: a thread brings to disk what there is, again and again.</summary>
    Interval,
}
