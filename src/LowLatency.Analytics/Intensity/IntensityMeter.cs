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

    /// <param name="settings">Not changed by anybody while this has them.</param>
    public IntensityMeter(IntensitySettings settings)
    {
        _settings = settings;
        _path = new PricePath(settings.PathTrades);
        _smoother = new Smoother(settings.Smoothing, settings.SmoothingLength);
        _buffer = new AdaptiveBuffer(settings.Window, settings.Recent);
        K = -1;
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
    /// <param name="sample">Receives the numbers after it; the header is left alone.</param>
    /// <returns>What the trade began or ended; null when nothing.</returns>
    public SpikeState? Update(in TradeRecord trade, ref IntensityRecord sample)
    {
        K++;
        LastPrice = trade.Price;
        LastNs = trade.Header.EventNs;
        _path.Add(trade.Price, trade.Header.EventNs);
        sample.K = K;
        sample.Price = trade.Price;
        sample.PathBps = sample.NetBps = sample.ElapsedSeconds = sample.Intensity = sample.Smoothed = double.NaN;
        sample.Base = sample.Cv = sample.Buffer = double.NaN;
        if (_buffer.IsWarm)
        {
            // From the values before this trade, so that a spike does not raise its own bar.
            sample.Base = _buffer.Base(_settings.RecentWeight);
            sample.Cv = Math.Min(_settings.CvMax, _buffer.Cv());
            sample.Buffer = sample.Base * (1 + (_settings.CvLambda * sample.Cv));
        }

        SpikeState? change = null;
        if (_path.IsWarm)
        {
            sample.PathBps = _path.PathBps;
            sample.NetBps = _path.NetBps;
            sample.ElapsedSeconds = Math.Max(_settings.ElapsedFloorSeconds, (trade.Header.EventNs - _path.ReferenceNs) / 1e9);
            sample.Intensity = sample.PathBps / sample.ElapsedSeconds;
            sample.Smoothed = _smoother.Update(sample.Intensity);
            change = FollowSpike(trade, sample);
            if (!double.IsNaN(sample.Smoothed)) _buffer.Add(sample.Smoothed);
        }

        sample.SpikeOn = _spike.IsOn ? (byte)1 : (byte)0;
        sample.Direction = (sbyte)(_spike.IsOn ? _spike.Direction : 0);
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
    }

    private SpikeState? FollowSpike(in TradeRecord trade, in IntensityRecord sample)
    {
        // Comparisons with NaN, what is not warm, are false.
        if (_spike.IsOn)
        {
            _spike.Extend(K, trade.Price, sample.Smoothed, _path.Reference);
            if (!(sample.Smoothed < sample.Base - (Tolerance * sample.Base))) return null;
            _spike.End();
            return SpikeState.End;
        }

        if (!(sample.Smoothed > sample.Buffer + (Tolerance * sample.Buffer) && sample.Smoothed >= _settings.MinimumBpsPerSecond)) return null;
        _spike.Begin(K, trade, sample.Smoothed, sample.Base, sample.Buffer, _path.Reference);
        return SpikeState.Begin;
    }
}
