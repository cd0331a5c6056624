using LowLatency.Analytics.Batches;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Reversals;

/// <summary>What came of a batch: samples of the intensity, begins and ends of spikes, reversals.</summary>
/// <param name="intensities">Samples there is room for at the start.</param>
/// <param name="signals">Spikes, and reversals, there is room for at the start.</param>
public sealed class SignalList(int intensities, int signals)
{
    /// <summary>Samples of the intensity.</summary>
    public EmittedList<IntensityRecord> Intensities { get; } = new(intensities);

    /// <summary>Begins and ends of spikes.</summary>
    public EmittedList<SpikeRecord> Spikes { get; } = new(signals);

    /// <summary>Reversals.</summary>
    public EmittedList<ReversalRecord> Reversals { get; } = new(signals);

    /// <summary>How many there are in all.</summary>
    public int Count => Intensities.Count + Spikes.Count + Reversals.Count;

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        Intensities.Clear();
        Spikes.Clear();
        Reversals.Clear();
    }
}
