using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Alerts;

/// <summary>For each kind of record what of it is kept.</summary>
internal sealed class AlertReads
{
    private readonly AlertRead[][] _indicators;
    private readonly int _indicatorCount;

    /// <param name="slots">The values that are kept.</param>
    /// <param name="sources">What they are values of.</param>
    public AlertReads(AlertValue[] slots, AlertSources sources)
    {
        AlertRead[] Of(Func<AlertValue, bool> which) => [.. Enumerable.Range(0, slots.Length).Where(i => which(slots[i])).Select(i => new AlertRead(slots[i].Field, slots[i].Output, i))];
        _indicatorCount = sources.Indicators.Count;
        Trade = Of(v => sources.KindOf(v) == AlertKinds.Trades);
        Quote = Of(v => sources.KindOf(v) == AlertKinds.Quotes);
        Intensity = Of(v => sources.KindOf(v) == AlertKinds.Intensity);
        Bar = [.. Enumerable.Range(0, sources.Bars.Count).Select(spec => Of(v => v.Field is >= AlertField.Open and <= AlertField.BuyVolume && v.Spec == spec))];
        Imbalance = Of(v => v.Field is AlertField.Theta or AlertField.Threshold);
        ImbalanceSpec = Enumerable.Range(0, sources.Bars.Count).FirstOrDefault(i => sources.Bars[i].Kind == BarKind.Imbalance, -1);
        _indicators =
        [
            .. from spec in Enumerable.Range(0, sources.Bars.Count)
               from indicator in Enumerable.Range(0, _indicatorCount)
               select Of(v => v.Field == AlertField.Indicator && v.Spec == spec && v.Indicator == indicator),
        ];
        Indicators = [.. Enumerable.Range(0, sources.Bars.Count).Select(spec => Of(v => v.Field == AlertField.Indicator && v.Spec == spec))];
    }

    public AlertRead[] Trade { get; }

    public AlertRead[] Quote { get; }

    public AlertRead[] Intensity { get; }

    /// <summary>By kind of bar.</summary>
    public AlertRead[][] Bar { get; }

    public AlertRead[] Imbalance { get; }

    /// <summary>The kind of bar that is of imbalance; -1 without one.</summary>
    public int ImbalanceSpec { get; }

    /// <summary>By kind of bar, of whichever indicator.</summary>
    public AlertRead[][] Indicators { get; }

    /// <summary>Of one indicator on one kind of bar.</summary>
    public AlertRead[] Indicator(int spec, int indicator) => _indicators[(spec * _indicatorCount) + indicator];
}
