namespace LowLatency.Gateway.Fanout;

/// <summary>The memory that the histories of all streams share. The fanout thread's own.</summary>
/// <param name="bytes">How much there is.</param>
internal sealed class HistoryBudget(long bytes)
{
    /// <summary>Bytes not yet taken.</summary>
    public long Left { get; private set; } = bytes;

    /// <summary>Takes memory, for ever.</summary>
    /// <param name="bytes">How much.</param>
    /// <returns>False when there is not that much.</returns>
    public bool TryTake(long bytes)
    {
        if (bytes > Left) return false;
        Left -= bytes;
        return true;
    }
}
