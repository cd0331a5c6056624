namespace LowLatency.Storage.Journal;

/// <summary>What opening a journal for writing found.</summary>
/// <param name="FirstOrdinal">Ordinal of the first record there is.</param>
/// <param name="NextOrdinal">Ordinal of the next record to be appended.</param>
/// <param name="Mark">The mark of the last append; <see cref="long.MinValue"/> when there was none.</param>
/// <param name="RecordsCut">Records at the end that were begun, or lost by the machine's crash, and were cut.</param>
/// <param name="SegmentsCut">Whole segments behind a damaged one that were set aside.</param>
/// <param name="CutFiles">Where what was cut lies now; nothing is removed.</param>
public sealed record JournalRecovery(long FirstOrdinal, long NextOrdinal, long Mark, long RecordsCut, int SegmentsCut, IReadOnlyList<string> CutFiles);
