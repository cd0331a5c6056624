using LowLatency.Market.Records;

namespace LowLatency.Analytics.Reversals;

/// <summary>Version 4: the fast average crosses the slow one while the market is not choppy and the volume is high.</summary>
internal struct CrossDetector
{
    private MeanSeededEma _fast;
    private MeanSeededEma _slow;
    private VolumeAverage _volume;
    private Choppiness _choppiness;
    private int _side;

    public CrossDetector(ReversalSettings settings)
    {
        _fast = new MeanSeededEma(settings.EmaFast);
        _slow = new MeanSeededEma(settings.EmaSlow);
        _volume = new VolumeAverage(settings.VolumeSma);
        _choppiness = new Choppiness(settings.V4.ChoppinessLength);
    }

    /// <summary>Takes a closed bar.</summary>
    /// <param name="bar">The bar.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="signal">Receives what the signal tells; header and input are the caller's.</param>
    /// <returns>Whether there is a signal.</returns>
    public bool Update(in BarRecord bar, ReversalSettings settings, ref ReversalRecord signal)
    {
        _fast.Update(bar.Close);
        _slow.Update(bar.Close);
        double choppiness = _choppiness.Update(bar);
        double usual = _volume.Value;
        _volume.Add(bar.Volume);
        int side = Threshold.SignOf(_fast.Value - _slow.Value, bar.Close);
        // Zero is no change: what counts is the last side there was.
        bool crossed = side != 0 && _side == -side;
        if (side != 0) _side = side;
        if (!crossed || !(choppiness < settings.V4.ChoppinessMax) || !(bar.Volume > 0) || !Threshold.IsReached(bar.Volume, settings.V4.VolumeRatio * usual)) return false;
        signal.Version = 4;
        signal.Direction = (sbyte)side;
        signal.Price = bar.Close;
        signal.Strength = usual == 0 ? 1 : Math.Min(1, bar.Volume / usual / settings.V4.VolumeRatioFull);
        signal.Extreme = side > 0 ? _choppiness.Lowest : _choppiness.Highest;
        signal.Invalidation = signal.Extreme + (settings.Invalidation * (signal.Extreme - bar.Close));
        signal.Spike = -1;
        return true;
    }

    /// <summary>Goes on with other settings: the averages as <see cref="MeanSeededEma.Change"/> and <see cref="VolumeAverage.Change"/>; with another length choppiness warms up anew.</summary>
    public void Change(ReversalSettings settings)
    {
        _fast.Change(settings.EmaFast);
        _slow.Change(settings.EmaSlow);
        _volume.Change(settings.VolumeSma);
        if (_choppiness.Length != settings.V4.ChoppinessLength) _choppiness = new Choppiness(settings.V4.ChoppinessLength);
    }
}
