namespace LowLatency.Core.Rings;

/// <summary>Implemented by a batch handler that knows, when it threw, how many events of the batch it had handled before the one that failed.</summary>
public interface ICountsHandled
{
    /// <summary>Events of the current batch that were handled whole.</summary>
    int Handled { get; }
}
