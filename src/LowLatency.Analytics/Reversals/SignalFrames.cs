using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Reversals;

/// <summary>Which of the bars that are given are those of the timeframes: indices into the list of their kinds.</summary>
/// <param name="Low">Version 3's low timeframe.</param>
/// <param name="High">Version 3's high timeframe.</param>
/// <param name="Cross">Version 4's timeframe.</param>
internal readonly record struct SignalFrames(int Low, int High, int Cross)
{
    /// <exception cref="ArgumentException">A timeframe is no interval or not among the bars.</exception>
    public static SignalFrames Find(SignalSettings settings, IReadOnlyList<BarSpec> specs) => new(
        IndexOf(specs, settings.Reversals.V3.Low, $"{settings.Path}reversals.v3.low"),
        IndexOf(specs, settings.Reversals.V3.High, $"{settings.Path}reversals.v3.high"),
        IndexOf(specs, settings.Reversals.V4.Interval, $"{settings.Path}reversals.v4.interval"));

    /// <summary>Whether a kind of bars is one of them.</summary>
    public bool Have(int spec) => spec == Low || spec == High || spec == Cross;

    private static int IndexOf(IReadOnlyList<BarSpec> specs, string interval, string setting)
    {
        if (!BarSpec.TryParse(interval, out BarSpec? wanted)) throw new ArgumentException($"{setting}: '{interval}' is no interval; write a whole number and s, m, h or d, at most 7d", nameof(specs));
        for (int i = 0; i < specs.Count; i++)
        {
            if (specs[i].IntervalNs == wanted!.IntervalNs) return i;
        }

        throw new ArgumentException($"{setting}: there are no bars of {interval}", nameof(specs));
    }
}
