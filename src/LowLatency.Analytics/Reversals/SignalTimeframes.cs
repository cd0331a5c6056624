using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Reversals;

/// <summary>The bars that the reversals are computed from.</summary>
public static class SignalTimeframes
{
    /// <summary>The timeframes that the settings name, each length once.</summary>
    /// <param name="settings">The settings.</param>
    /// <exception cref="ArgumentException">One is no interval.</exception>
    public static IReadOnlyList<BarSpec> Of(ReversalSettings settings)
    {
        var mistakes = new List<string>();
        IReadOnlyList<BarSpec> specs = Read(settings, mistakes);
        return mistakes.Count == 0 ? specs : throw new ArgumentException(string.Join(Environment.NewLine, mistakes), nameof(settings));
    }

    /// <summary>The timeframes that the settings name and that are intervals, each length once.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="mistakes">Receives a line for each that is none, and one when low is not shorter than high.</param>
    public static IReadOnlyList<BarSpec> Read(ReversalSettings settings, ICollection<string> mistakes)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(mistakes);
        var specs = new List<BarSpec>();
        BarSpec? low = Add("reversals.v3.low", settings.V3.Low);
        BarSpec? high = Add("reversals.v3.high", settings.V3.High);
        Add("reversals.v4.interval", settings.V4.Interval);
        if (low is not null && high is not null && low.IntervalNs >= high.IntervalNs)
            mistakes.Add($"reversals.v3.low: {low.Name} is not shorter than reversals.v3.high, {high.Name}");
        return specs;

        BarSpec? Add(string setting, string text)
        {
            if (!BarSpec.TryParse(text, out BarSpec? spec)) mistakes.Add($"{setting}: '{text}' is no interval; write a whole number and s, m, h or d, at most 7d");
            else if (!specs.Exists(s => s.IntervalNs == spec!.IntervalNs)) specs.Add(spec!);
            return spec;
        }
    }
}
