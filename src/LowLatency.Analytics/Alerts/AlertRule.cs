namespace LowLatency.Analytics.Alerts;

/// <summary>A rule, read and checked.</summary>
/// <param name="Comparisons">All must hold.</param>
/// <param name="Events">And one of these must come; none: none need.</param>
/// <param name="ForNs">For so many nanoseconds; 0: at once.</param>
internal sealed record AlertRule(IReadOnlyList<AlertComparison> Comparisons, AlertEvents Events, long ForNs)
{
    /// <summary>The most values that a rule compares: as many as its record has room for.</summary>
    public const int MostValues = Market.Records.IndicatorValues.Capacity;

    /// <summary>The values that it compares, in the order of its text.</summary>
    public IEnumerable<AlertValue> Values => Comparisons.SelectMany(c => new[] { c.Left.Value, c.Right.Value }).OfType<AlertValue>();

    /// <summary>Whether it holds for a moment only.</summary>
    public bool IsMoment => Events != AlertEvents.None || Comparisons.Any(c => c.IsCrossing);
}
