using LowLatency.Analytics.Intensity;
using LowLatency.Analytics.Reversals;
using LowLatency.Market.Streams;

namespace LowLatency.Engine.Settings;

/// <summary>The signals' settings of each class of instruments: first those of instruments without a class, then those of each class, whole.</summary>
internal static class SignalClasses
{
    private const int MaxTimeframes = 8;

    /// <summary>Puts what the classes say over the general settings.</summary>
    /// <param name="intensity">The general settings of the intensity.</param>
    /// <param name="reversals">The general settings of the reversals.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="mistakes">Receives a line for everything that is wrong; without one the result can be used.</param>
    public static IReadOnlyList<SignalSettings> Resolve(IntensitySettings intensity, ReversalSettings reversals, IReadOnlyList<InstrumentClassSettings> classes, List<string> mistakes)
    {
        var all = new List<SignalSettings> { new(intensity, reversals) };
        IReadOnlyList<string> general = all[0].Mistakes();
        mistakes.AddRange(general);
        for (int i = 0; i < classes.Count; i++)
        {
            string path = $"instrument_classes.{i}.";
            var wrong = new List<string>();
            classes[i].Intensity.Check($"{path}intensity", wrong);
            classes[i].Reversals.Check($"{path}reversals", wrong);
            if (classes[i].Intensity["enabled"] is not null) wrong.Add($"{path}intensity.enabled: is for all instruments; write intensity.enabled");
            if (wrong.Count == 0)
            {
                all.Add(new SignalSettings(classes[i].Intensity.Over(intensity.Copy()), classes[i].Reversals.Over(reversals.Copy()), path));
                // What a class has from the general settings has been told.
                wrong.AddRange(all[^1].Mistakes().Where(m => !general.Contains(m[path.Length..])));
            }

            mistakes.AddRange(wrong);
        }

        if (mistakes.Count == 0 && TimeframesOf(all).Count is > MaxTimeframes and var count)
            mistakes.Add($"reversals: the timeframes v3.low, v3.high and v4.interval of all instrument_classes are {count} different intervals; there are at most {MaxTimeframes}");
        return all;
    }

    /// <summary>The timeframes of all classes, each length once.</summary>
    public static IReadOnlyList<BarSpec> TimeframesOf(IEnumerable<SignalSettings> classes) => [.. classes.SelectMany(c => SignalTimeframes.Of(c.Reversals)).DistinctBy(s => s.IntervalNs)];
}
