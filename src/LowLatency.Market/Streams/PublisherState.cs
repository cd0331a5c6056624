namespace LowLatency.Market.Streams;

/// <summary>Where a publishing engine is in its life, as it says in its status. The values are part of the wire format.</summary>
public enum PublisherState : byte
{
    /// <summary>It has not started yet.</summary>
    Starting = 0,

    /// <summary>It runs.</summary>
    Running = 1,

    /// <summary>It runs, all its feeds have ended, and what came of them is published.</summary>
    Drained = 2,

    /// <summary>It has stopped in order; no more will come of this epoch.</summary>
    Stopped = 3,

    /// <summary>A thread of it has failed; no more will come of this epoch.</summary>
    Failed = 4,
}
