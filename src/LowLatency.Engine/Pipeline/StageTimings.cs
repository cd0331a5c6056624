using LowLatency.Core.Histograms;

namespace LowLatency.Engine.Pipeline;

/// <summary>
/// How long a batch takes in each stage, and how long records wait in the input ring; in nanoseconds. A batch is whatever had arrived, at most the
/// setting <c>engine.batch</c>: under light load single ticks.
/// </summary>
public sealed class StageTimings
{
    private readonly string[] _names;
    private readonly LatencyHistogram[] _histograms;

    internal StageTimings(IEnumerable<string> stages)
    {
        _names = [.. stages];
        _histograms = [.. _names.Select(_ => new LatencyHistogram())];
    }

    /// <summary>The stages in order, as they are called.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>From publication on the input ring to the pipeline's taking it; of one record in each batch at most.</summary>
    public LatencyHistogram Ring { get; } = new();

    /// <summary>From taking a batch off the ring to having published all that came of it.</summary>
    public LatencyHistogram Total { get; } = new();

    /// <summary>Of one stage.</summary>
    /// <param name="stage">Its place in <see cref="Names"/>.</param>
    public LatencyHistogram Of(int stage) => _histograms[stage];
}
