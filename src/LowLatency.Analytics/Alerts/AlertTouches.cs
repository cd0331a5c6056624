using System.Numerics;

namespace LowLatency.Analytics.Alerts;

/// <summary>Which rules to look at when something is published: places of rules, ascending.</summary>
internal sealed class AlertTouches
{
    private readonly int[][] _events;

    /// <param name="rules">The rules.</param>
    /// <param name="sources">What they name.</param>
    public AlertTouches(AlertRule[] rules, AlertSources sources)
    {
        // A rule that waits for an event is looked at when that comes, and only then.
        int[] Of(Func<AlertValue, bool> which) => [.. Enumerable.Range(0, rules.Length).Where(i => rules[i].Events == AlertEvents.None && rules[i].Values.Any(which))];
        Trade = Of(v => sources.KindOf(v) == AlertKinds.Trades);
        Quote = Of(v => sources.KindOf(v) == AlertKinds.Quotes);
        Intensity = Of(v => sources.KindOf(v) == AlertKinds.Intensity);
        Bar = [.. Enumerable.Range(0, sources.Bars.Count).Select(spec => Of(v => v.IsOfBars && v.Spec == spec))];
        _events = [.. Enumerable.Range(0, 7).Select(bit => Enumerable.Range(0, rules.Length).Where(i => (rules[i].Events & (AlertEvents)(1 << bit)) != 0).ToArray())];
        AlertValue[] values = [.. rules.SelectMany(r => r.Values)];
        AlertEvents events = rules.Aggregate(AlertEvents.None, (all, r) => all | r.Events);
        HasQuotes = values.Any(v => sources.KindOf(v) == AlertKinds.Quotes);
        HasBars = values.Any(v => v.IsOfBars);
        HasTrades = values.Any(v => sources.KindOf(v) != AlertKinds.Quotes) || (events & ~AlertEvents.Gap) != 0;
        HasDerived = values.Any(v => (sources.KindOf(v) & ~(AlertKinds.Quotes | AlertKinds.Trades)) != 0) || (events & ~AlertEvents.Gap) != 0;
    }

    public int[] Trade { get; }

    public int[] Quote { get; }

    public int[] Intensity { get; }

    /// <summary>By kind of bar.</summary>
    public int[][] Bar { get; }

    /// <summary>Whether anything is read of quotes.</summary>
    public bool HasQuotes { get; }

    /// <summary>Whether anything is read of bars, indicators among them.</summary>
    public bool HasBars { get; }

    /// <summary>Whether anything is read of trades, or of what they make.</summary>
    public bool HasTrades { get; }

    /// <summary>Whether anything is read of what trades make.</summary>
    public bool HasDerived { get; }

    /// <summary>For an event, one bit.</summary>
    public int[] Event(AlertEvents one) => _events[BitOperations.TrailingZeroCount((int)one)];
}
