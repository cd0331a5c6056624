using LowLatency.Analytics.Intensity;
using LowLatency.Analytics.Reversals;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Tests.Signals;

/// <summary>
/// The twin of one instrument's signals, written from the rules and for nothing but clarity: every window is taken anew from the lists of all trades, bars
/// and values, and the logarithm is the library's.
/// </summary>
internal sealed class NaiveSignals(IntensitySettings intensity, ReversalSettings reversals, long lowNs, long highNs, long crossNs)
{
    private readonly List<double> _prices = [];
    private readonly List<long> _times = [];
    private readonly List<double> _x = [];
    private readonly List<double> _smoothed = [];
    private readonly List<double> _momentumAverages = [];
    private readonly List<BarRecord> _low = [];
    private readonly List<BarRecord> _high = [];
    private readonly List<BarRecord> _cross = [];
    private NaiveSpike? _spike;
    private NaiveSpike? _second;
    private NaiveSpike? _third;
    private int _secondLeft;
    private int _thirdLeft;

    public List<NaiveSample> Samples { get; } = [];

    public List<NaiveSpike> Spikes { get; } = [];

    public List<NaiveReversal> Reversals { get; } = [];

    /// <summary>All bars that close at one end.</summary>
    public void OnBars(IReadOnlyList<BarRecord> bars)
    {
        foreach (BarRecord bar in bars)
        {
            long length = bar.EndNs - bar.StartNs;
            if (length == lowNs) _low.Add(bar);
            if (length == highNs) _high.Add(bar);
            if (length == crossNs) _cross.Add(bar);
        }

        if (bars.Any(b => b.EndNs - b.StartNs == lowNs)) Third();
        if (bars.Any(b => b.EndNs - b.StartNs == crossNs)) Fourth();
    }

    public void OnTrade(double price, long timeNs, long input)
    {
        int k = _prices.Count;
        _prices.Add(price);
        _times.Add(timeNs);
        _momentumAverages.Add(Ema(_prices, reversals.V2.MomentumEma)[^1]);
        Second(k, input);

        int n = intensity.PathTrades;
        var sample = new NaiveSample { K = k };
        if (_smoothed.Count >= intensity.Window)
        {
            List<double> window = _smoothed[^intensity.Window..];
            double mean = window.Average();
            double deviation = Math.Sqrt(window.Average(s => (s - mean) * (s - mean)));
            sample.Cv = mean == 0 ? 0 : Math.Min(intensity.CvMax, deviation / mean);
            sample.Base = ((1 - intensity.RecentWeight) * window[..^intensity.Recent].Average()) + (intensity.RecentWeight * window[^intensity.Recent..].Average());
            sample.Buffer = sample.Base * (1 + (intensity.CvLambda * sample.Cv));
        }

        if (k >= n)
        {
            sample.Path = 1e4 * Enumerable.Range(k - n + 1, n).Sum(j => Math.Abs(Ln(_prices[j], _prices[j - 1])));
            sample.Net = 1e4 * Ln(_prices[k], _prices[k - n]);
            sample.Elapsed = Math.Max(intensity.ElapsedFloorSeconds, (_times[k] - _times[k - n]) / 1e9);
            _x.Add(sample.Path / sample.Elapsed);
            sample.X = _x[^1];
            sample.Smoothed = Smooth();
            Follow(k, sample, input);
            if (!double.IsNaN(sample.Smoothed)) _smoothed.Add(sample.Smoothed);
        }

        sample.On = _spike is not null;
        Samples.Add(sample);
    }

    private static double Ln(double a, double b) => Math.Abs(a - b) < 0.1 * b ? double.LogP1((a - b) / b) : Math.Log(a / b);

    private static double[] Ema(IReadOnlyList<double> values, int n)
    {
        double[] result = [.. values.Select(_ => double.NaN)];
        for (int i = n - 1; i < values.Count; i++)
            result[i] = i == n - 1 ? values.Take(n).Average() : result[i - 1] + (2.0 / (n + 1) * (values[i] - result[i - 1]));
        return result;
    }

    private static int Sign(double difference, double price) => Math.Abs(difference) > 1e-12 * price ? Math.Sign(difference) : 0;

    private static bool Reaches(double value, double threshold) => value >= threshold - (1e-9 * Math.Abs(threshold));

    private double Smooth()
    {
        int n = intensity.SmoothingLength;
        switch (intensity.Smoothing)
        {
            case Smoothing.Sma:
                return _x.Count < n ? double.NaN : _x[^n..].Average();
            case Smoothing.Ema:
                return Ema(_x, n)[^1];
            default:
                int lag = (n - 1) / 2;
                double[] ahead = [.. Enumerable.Range(lag, Math.Max(0, _x.Count - lag)).Select(i => _x[i] + (_x[i] - _x[i - lag]))];
                double last = ahead.Length == 0 ? double.NaN : Ema(ahead, n)[^1];
                return last < 0 ? 0 : last;
        }
    }

    private void Follow(int k, NaiveSample now, long input)
    {
        double price = _prices[k];
        if (_spike is null)
        {
            if (!(now.Smoothed > now.Buffer * (1 + 1e-9) && now.Smoothed >= intensity.MinimumBpsPerSecond)) return;
            _spike = new NaiveSpike { StartK = k, StartNs = _times[k], StartInput = input, Base = now.Base, Buffer = now.Buffer, Number = Spikes.Count };
            Spikes.Add(_spike);
        }

        _spike.Values.Add(now.Smoothed);
        double reference = _prices[k - intensity.PathTrades];
        if (_spike.Direction == 0 && price != reference)
        {
            _spike.Direction = price > reference ? 1 : -1;
            _spike.DirectionK = k;
            _spike.Reference = reference;
        }

        _spike.Peak = _spike.Values.Max();
        List<double> prices = _prices[_spike.StartK..];
        _spike.Extreme = _spike.Direction switch { > 0 => prices.Max(), < 0 => prices.Min(), _ => double.NaN };
        _spike.ExtremeK = _spike.Direction == 0 ? -1 : _spike.StartK + prices.IndexOf(_spike.Extreme);
        if (_spike.StartK == k || !(now.Smoothed < now.Base * (1 - 1e-9))) return;
        _spike.EndK = k;
        _spike.EndInput = input;
        NaiveSpike ended = _spike;
        _spike = _second = _third = null;
        if (ended.Direction == 0) return;
        Fire(1, ended, price, input, _times[k]);
        (_second, _secondLeft) = (ended, reversals.V2.Trades);
        (_third, _thirdLeft) = (ended, reversals.V3.Bars);
    }

    private void Second(int k, long input)
    {
        double price = _prices[k];
        if (_third is { } third && (third.Direction > 0 ? price > third.Extreme : price < third.Extreme)) _third = null;
        if (_second is not { } spike) return;
        if (_secondLeft-- == 0 || (spike.Direction > 0 ? price > spike.Extreme : price < spike.Extreme))
        {
            _second = null;
            return;
        }

        double momentum = k < reversals.V2.MomentumLag ? double.NaN : _momentumAverages[k] - _momentumAverages[k - reversals.V2.MomentumLag];
        if (Sign(momentum, price) != -spike.Direction) return;
        if (!Reaches(Math.Abs(Ln(price, spike.Extreme)), reversals.V2.Retrace * Math.Abs(Ln(spike.Extreme, spike.Reference)))) return;
        _second = null;
        Fire(2, spike, price, input, _times[k]);
    }

    private void Third()
    {
        if (_third is not { } spike) return;
        BarRecord bar = _low[^1];
        bool last = --_thirdLeft == 0;
        if (last) _third = null;
        if (Trend(_low, reversals.EmaFast) != -spike.Direction || Trend(_high, reversals.EmaSlow) != -spike.Direction) return;
        if (!(bar.Volume > 0) || !Reaches(bar.Volume, reversals.V3.VolumeRatio * UsualVolume(_low))) return;
        _third = null;
        Fire(3, spike, bar.Close, bar.Input, bar.EndNs);
    }

    private void Fourth()
    {
        int n = reversals.V4.ChoppinessLength;
        double[] closes = [.. _cross.Select(b => b.Close)];
        double[] fast = Ema(closes, reversals.EmaFast);
        double[] slow = Ema(closes, reversals.EmaSlow);
        int[] sides = [.. closes.Select((c, i) => Sign(fast[i] - slow[i], c))];
        int before = sides[..^1].LastOrDefault(s => s != 0);
        BarRecord bar = _cross[^1];
        if (sides[^1] == 0 || before != -sides[^1] || _cross.Count < n) return;
        List<BarRecord> window = _cross[^n..];
        double ranges = 0;
        for (int i = _cross.Count - n; i < _cross.Count; i++)
        {
            double close = i == 0 ? double.NaN : _cross[i - 1].Close;
            ranges += i == 0 ? _cross[i].High - _cross[i].Low : Math.Max(_cross[i].High, close) - Math.Min(_cross[i].Low, close);
        }

        double width = window.Max(b => b.High) - window.Min(b => b.Low);
        double usual = UsualVolume(_cross);
        if (width == 0 || !(100 * Math.Log10(ranges / width) / Math.Log10(n) < reversals.V4.ChoppinessMax)) return;
        if (!(bar.Volume > 0) || !Reaches(bar.Volume, reversals.V4.VolumeRatio * usual)) return;
        double extreme = sides[^1] > 0 ? window.Min(b => b.Low) : window.Max(b => b.High);
        double strength = usual == 0 ? 1 : Math.Min(1, bar.Volume / usual / reversals.V4.VolumeRatioFull);
        Reversals.Add(new NaiveReversal(4, sides[^1], bar.Close, strength, extreme, extreme + (reversals.Invalidation * (extreme - bar.Close)), -1, bar.Input, bar.EndNs));
    }

    private static int Trend(List<BarRecord> bars, int length)
    {
        double[] average = Ema([.. bars.Select(b => b.Close)], length);
        return bars.Count < 2 ? 0 : Sign(average[^1] - average[^2], bars[^1].Close);
    }

    private double UsualVolume(List<BarRecord> bars) =>
        bars.Count <= reversals.VolumeSma ? double.NaN : bars[..^1][^reversals.VolumeSma..].Average(b => b.Volume);

    private void Fire(int version, NaiveSpike spike, double price, long input, long timeNs) => Reversals.Add(new NaiveReversal(
        version, -spike.Direction, price, 1 - (spike.Buffer / spike.Peak), spike.Extreme, spike.Extreme + (reversals.Invalidation * (spike.Extreme - spike.Reference)), spike.Number, input, timeNs));
}
