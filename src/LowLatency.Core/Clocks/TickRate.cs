namespace LowLatency.Core.Clocks;

/// <summary>The counter's speed, measured over the last samples: long enough that a sample's error is small, short enough to follow the temperature.</summary>
internal sealed class TickRate
{
    private const int Window = 16;

    // A quartz is good for 100 ppm and drifts by a few; more than this between two samples is no drift.
    private const double AbruptPpm = 1000;

    private readonly ClockSample[] _samples = new ClockSample[Window];
    private int _count;
    private int _oldest;

    // Whether the speed is that of the samples; after an abrupt change it is from before.
    private bool _current = true;

    public TickRate(ClockSample first, double nsPerTick)
    {
        _samples[0] = first;
        _count = 1;
        NsPerTick = nsPerTick;
    }

    /// <summary>Nanoseconds a tick.</summary>
    public double NsPerTick { get; private set; }

    public ClockSample Last => _samples[(_oldest + _count - 1) % Window];

    /// <summary>Takes a sample in; false when counter and clock have moved so differently since the last one that all earlier samples are worthless.</summary>
    public bool Add(in ClockSample sample)
    {
        ClockSample last = Last;
        double ticks = (long)(sample.Ticks - last.Ticks);
        double expected = ticks * NsPerTick;
        double tolerance = (Math.Abs(expected) * AbruptPpm * 1e-6) + ((sample.BracketTicks + last.BracketTicks) * NsPerTick);
        if (ticks <= 0 || sample.Ns <= last.Ns || (_current && Math.Abs(sample.Ns - last.Ns - expected) > tolerance))
        {
            _samples[0] = sample;
            (_oldest, _count, _current) = (0, 1, false);
            return false;
        }

        _current = true;
        if (_count == Window) _oldest = (_oldest + 1) % Window;
        else _count++;
        _samples[(_oldest + _count - 1) % Window] = sample;
        ClockSample first = _samples[_oldest];
        NsPerTick = (sample.Ns - first.Ns) / (double)(sample.Ticks - first.Ticks);
        return true;
    }
}
