using LowLatency.Market.Records;

namespace LowLatency.Analytics.Intensity;

/// <summary>One instrument's intensity and spikes, trade by trade. O(1) a trade; it allocates when it is made and when a length changes.</summary>
internal sealed class IntensityMeter
{
    // Of the threshold. In a market that trades like a clockwork intensity, base and buffer are the same but for their rounding, which must not begin spikes.
    private const double Tolerance = 1e-9;

    private IntensitySettings _settings;
    private PricePath _path;
    private Smoother _smoother;
    private AdaptiveBuffer _buffer;
    private SpikeTracker _spike;

    // What one value counts for in the base.
    private double _historyWeight;
    private double _recentWeight;

    /// <param name="settings">Not changed by anybody while this has them.</param>
    public IntensityMeter(IntensitySettings settings)
    {
        _settings = settings;
        _path = new PricePath(settings.PathTrades);
        _smoother = new Smoother(settings.Smoothing, settings.SmoothingLength);
        _buffer = new AdaptiveBuffer(settings.Window, settings.Recent);
        K = -1;
        SetWeights();
    }

    /// <summary>Number of the last trade; -1 before the first.</summary>
    public long K { get; private set; }

    /// <summary>Price of the last trade.</summary>
    public double LastPrice { get; private set; }

    /// <summary>Event time of the last trade, nanoseconds since 1970.</summary>
    public long LastNs { get; private set; }

    /// <summary>The spike that is on, or was on last.</summary>
    public ref readonly SpikeTracker Spike => ref _spike;

    /// <summary>Takes the next trade that is not late.</summary>
    /// <param name="trade">The trade.</param>
    /// <param name="isSampled">Whether the sample is wanted.</param>
    /// <param name="sample">Receives the numbers after the trade if it is; the header is left alone.</param>
    /// <returns>What the trade began or ended; null when nothing.</returns>
    public SpikeState? Update(in TradeRecord trade, bool isSampled, ref IntensityRecord sample)
    {
        K++;
        LastPrice = trade.Price;
        LastNs = trade.Header.EventNs;
        _path.Add(trade.Price, trade.Header.EventNs);
        if (isSampled) SampleBuffer(ref sample);
        SpikeState? change = null;
        if (_path.IsWarm)
        {
            double elapsed = Math.Max(_settings.ElapsedFloorSeconds, (trade.Header.EventNs - _path.ReferenceNs) / 1e9);
            double intensity = _path.PathBps / elapsed;
            double smoothed = _smoother.Update(intensity);
            if (_buffer.IsWarm) change = FollowSpike(trade, smoothed);
            if (isSampled) SamplePath(ref sample, elapsed, intensity, smoothed);
            if (!double.IsNaN(smoothed)) _buffer.Add(smoothed);
        }

        if (isSampled) SampleSpike(ref sample, trade);
        return change;
    }

    /// <summary>
    /// Goes on with other settings. Factors and floors count from the next trade on. A window that becomes shorter keeps its newest values; one that becomes
    /// longer keeps all and warms up until it is full. An EMA goes on from its value; another smoothing warms up anew. A spike that is on stays on.
    /// </summary>
    public void Change(IntensitySettings settings)
    {
        if (settings.PathTrades != _settings.PathTrades) _path = _path.WithMoves(settings.PathTrades);
        if (settings.Smoothing != _settings.Smoothing) _smoother = new Smoother(settings.Smoothing, settings.SmoothingLength);
        else if (settings.SmoothingLength != _settings.SmoothingLength) _smoother = _smoother.WithLength(settings.SmoothingLength);
        if (settings.Window != _settings.Window || settings.Recent != _settings.Recent) _buffer = _buffer.WithLengths(settings.Window, settings.Recent);
        _settings = settings;
        SetWeights();
    }

    private void SetWeights()
    {
        _historyWeight = (1 - _settings.RecentWeight) / (_settings.Window - _settings.Recent);
        _recentWeight = _settings.RecentWeight / _settings.Recent;
    }

    // From the values before this trade, so that a spike does not raise its own bar.
    private SpikeState? FollowSpike(in TradeRecord trade, double smoothed)
    {
        double usual = _buffer.Base(_historyWeight, _recentWeight);
        if (_spike.IsOn)
        {
            _spike.Extend(K, trade.Price, smoothed, _path.Reference);
            if (!(smoothed < usual - (Tolerance * usual))) return null;
            _spike.End();
            return SpikeState.End;
        }

        if (_buffer.IsSurelyBelow(smoothed, usual, _settings.CvLambda, _settings.CvMax)) return null;
        double buffer = BufferOf(usual, out _);
        if (!(smoothed > buffer + (Tolerance * buffer) && smoothed >= _settings.MinimumBpsPerSecond)) return null;
        _spike.Begin(K, trade, smoothed, usual, buffer, _path.Reference);
        return SpikeState.Begin;
    }

    private double BufferOf(double usual, out double cv)
    {
        cv = Math.Min(_settings.CvMax, _buffer.Cv());
        return usual * (1 + (_settings.CvLambda * cv));
    }

    private void SampleBuffer(ref IntensityRecord sample)
    {
        sample.PathBps = sample.NetBps = sample.ElapsedSeconds = sample.Intensity = sample.Smoothed = double.NaN;
        sample.Base = sample.Cv = sample.Buffer = double.NaN;
        if (!_buffer.IsWarm) return;
        sample.Base = _buffer.Base(_historyWeight, _recentWeight);
        sample.Buffer = BufferOf(sample.Base, out sample.Cv);
    }

    private void SamplePath(ref IntensityRecord sample, double elapsed, double intensity, double smoothed)
    {
        sample.PathBps = _path.PathBps;
        sample.NetBps = _path.NetBps;
        sample.ElapsedSeconds = elapsed;
        sample.Intensity = intensity;
        sample.Smoothed = smoothed;
    }

    private void SampleSpike(ref IntensityRecord sample, in TradeRecord trade)
    {
        sample.K = K;
        sample.Price = trade.Price;
        sample.SpikeOn = _spike.IsOn ? (byte)1 : (byte)0;
        sample.Direction = (sbyte)(_spike.IsOn ? _spike.Direction : 0);
    }
}
