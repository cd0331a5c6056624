namespace LowLatency.Storage.Journal;

/// <summary>What the index says of its segment when it is begun.</summary>
/// <param name="RecordBytes">Bytes of a record.</param>
/// <param name="Capacity">Most records.</param>
/// <param name="First">Ordinal of the first.</param>
/// <param name="Epoch">The caller's number.</param>
/// <param name="CreatedNs">When it is begun: nanoseconds since 1970.</param>
/// <param name="MarkBefore">The mark of the last append before it.</param>
/// <param name="CallerBlock">The caller's block.</param>
/// <param name="MachineStart">The machine's start.</param>
internal readonly record struct IndexHeader(int RecordBytes, int Capacity, long First, long Epoch, long CreatedNs, long MarkBefore, ReadOnlyMemory<byte> CallerBlock, Guid MachineStart);
