using LowLatency.Analytics.Numerics;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Reversals;

/// <summary>
/// One instrument's reversals, versions 1 to 4. The caller keeps the order: bars that a trade has closed, then the trade's look at what is armed, then the
/// trade's own spike. Each version has one armed place at most; the next spike's end takes it.
/// </summary>
internal sealed class ReversalDetector
{
    private ReversalSettings _settings;
    private Momentum _momentum;
    private ArmedSpike _second;
    private ArmedSpike _third;
    private TrendLane _low;
    private TrendLane _high;
    private VolumeAverage _lowVolume;
    private CrossDetector _cross;
    private BarRecord _lowBar;
    private double _usualLowVolume;
    private ReversalRecord _fourth;
    private bool _hasLowBar;
    private bool _hasFourth;

    /// <param name="settings">Not changed by anybody while this has them.</param>
    public ReversalDetector(ReversalSettings settings)
    {
        _settings = settings;
        _momentum = new Momentum(settings.V2.MomentumEma, settings.V2.MomentumLag);
        _low = new TrendLane(settings.EmaFast);
        _high = new TrendLane(settings.EmaSlow);
        _lowVolume = new VolumeAverage(settings.VolumeSma);
        _cross = new CrossDetector(settings);
    }

    /// <summary>A bar of the low timeframe has closed; <see cref="TryFireThird"/> follows when all bars of its end have come.</summary>
    public void OnLowBar(in BarRecord bar)
    {
        _low.Update(bar.Close);
        _usualLowVolume = _lowVolume.Value;
        _lowVolume.Add(bar.Volume);
        _lowBar = bar;
        _hasLowBar = true;
    }

    /// <summary>A bar of the high timeframe has closed.</summary>
    public void OnHighBar(in BarRecord bar) => _high.Update(bar.Close);

    /// <summary>A bar of version 4's timeframe has closed.</summary>
    public void OnCrossBar(in BarRecord bar) => _hasFourth = _cross.Update(bar, _settings, ref _fourth);

    /// <summary>Version 3, when all bars of one end have come.</summary>
    public bool TryFireThird(ref ReversalRecord signal)
    {
        if (!_hasLowBar) return false;
        _hasLowBar = false;
        if (_third.Left == 0) return false;
        _third.Left--;
        int direction = -_third.SpikeDirection;
        if (_low.Sign != direction || _high.Sign != direction || !(_lowBar.Volume > 0)) return false;
        if (!Threshold.IsReached(_lowBar.Volume, _settings.V3.VolumeRatio * _usualLowVolume)) return false;
        _third.Left = 0;
        Describe(ref signal, 3, _lowBar.Close, _third);
        return true;
    }

    /// <summary>Version 4, when all bars of one end have come.</summary>
    public bool TryFireFourth(ref ReversalRecord signal)
    {
        if (!_hasFourth) return false;
        _hasFourth = false;
        signal = _fourth;
        return true;
    }

    /// <summary>The next trade, before its own spike is looked at: version 2.</summary>
    public bool OnTrade(double price)
    {
        _momentum.Update(price);
        _third.Survives(price);
        if (!_second.Survives(price)) return false;
        _second.Left--;
        if (Threshold.SignOf(_momentum.Value, price) != -_second.SpikeDirection) return false;
        if (!Threshold.IsReached(Math.Abs(NaturalLog.OfRatio(price, _second.Extreme)), _settings.V2.Retrace * _second.Displacement)) return false;
        _second.Left = 0;
        return true;
    }

    /// <summary>Version 2, of the trade that <see cref="OnTrade"/> has just said yes to.</summary>
    public void DescribeSecond(double price, ref ReversalRecord signal) => Describe(ref signal, 2, price, _second);

    /// <summary>A spike has ended: version 1 fires, 2 and 3 are armed.</summary>
    /// <param name="spike">Its last record.</param>
    /// <param name="number">Its number.</param>
    /// <param name="signal">Receives version 1.</param>
    /// <returns>Whether there is a signal: not for a spike without direction.</returns>
    public bool OnSpikeEnd(in SpikeRecord spike, long number, ref ReversalRecord signal)
    {
        _second.Left = _third.Left = 0;
        if (spike.Direction == 0) return false;
        var armed = new ArmedSpike
        {
            Spike = number,
            SpikeDirection = spike.Direction,
            Extreme = spike.Extreme,
            Strength = 1 - (spike.Buffer / spike.Peak),
            Invalidation = spike.Extreme + (_settings.Invalidation * (spike.Extreme - spike.Reference)),
            Displacement = Math.Abs(NaturalLog.OfRatio(spike.Extreme, spike.Reference)),
            Left = _settings.V2.Trades,
        };
        _second = armed;
        _third = armed;
        _third.Left = _settings.V3.Bars;
        Describe(ref signal, 1, spike.Price, armed);
        return true;
    }

    /// <summary>Goes on with other settings; averages keep their value, what is armed stays armed for as long as it was.</summary>
    public void Change(ReversalSettings settings)
    {
        _settings = settings;
        _momentum.Change(settings.V2.MomentumEma, settings.V2.MomentumLag);
        _low.Change(settings.EmaFast);
        _high.Change(settings.EmaSlow);
        _lowVolume.Change(settings.VolumeSma);
        _cross.Change(settings);
    }

    private static void Describe(ref ReversalRecord signal, byte version, double price, in ArmedSpike armed)
    {
        signal.Version = version;
        signal.Direction = (sbyte)-armed.SpikeDirection;
        signal.Price = price;
        signal.Strength = armed.Strength;
        signal.Extreme = armed.Extreme;
        signal.Invalidation = armed.Invalidation;
        signal.Spike = armed.Spike;
    }
}
