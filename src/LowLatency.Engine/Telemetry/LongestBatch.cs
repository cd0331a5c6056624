using LowLatency.Core.Counters;

namespace LowLatency.Engine.Telemetry;

/// <summary>The longest batch since the start, and that of the last second that had batches. Of one thread.</summary>
/// <param name="ever">Shows the one.</param>
/// <param name="recent">Shows the other.</param>
internal struct LongestBatch(Counter ever, Counter recent)
{
    private readonly Counter _ever = ever;
    private readonly Counter _recent = recent;
    private long _ns;

    public void Record(long ns)
    {
        if (ns <= _ns) return;
        _ns = ns;
        // At once: what comes next may be a long silence.
        _ever.SetMax(ns);
    }

    /// <summary>Ends a second.</summary>
    public void Roll()
    {
        _recent.Set(_ns);
        _ns = 0;
    }
}
