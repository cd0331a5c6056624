namespace LowLatency.Storage.QuestDb;

/// <summary>
/// Where the writer's records come from: a journal, a stream. The writer reads ahead and acknowledges behind; what it has not acknowledged it wants again when it starts
/// anew. Called by one thread at a time.
/// </summary>
public interface IRecordSource
{
    /// <summary>The next records, whole and back to back; empty when there are none now. Valid until the next call.</summary>
    /// <param name="position">The position behind them: what acknowledges them.</param>
    ReadOnlySpan<byte> Next(out long position);

    /// <summary>Everything before a position is in the tables, or set aside: it need not be read again. Positions only grow.</summary>
    /// <param name="position">A position that <see cref="Next"/> gave.</param>
    void Acknowledge(long position);

    /// <summary>Waits until <see cref="Next"/> may have records. May end too early, must not end too late.</summary>
    /// <param name="stop">Ends the wait.</param>
    Task WaitAsync(CancellationToken stop);
}
