namespace LowLatency.Analytics.Indicators;

/// <summary>
/// The recurrence of an indicator of one series with one output, for any number of lanes; a lane is one series (an instrument's closes of one
/// interval). A struct, so that whoever drives it is compiled for it.
/// </summary>
internal interface ISeriesKernel
{
    /// <summary>Updates of a lane until its first value.</summary>
    int WarmUp { get; }

    /// <summary>Makes room for lanes 0 to <paramref name="lanes"/> - 1.</summary>
    void EnsureLanes(int lanes);

    /// <summary>Takes the next value of a lane's series.</summary>
    /// <returns>The indicator's value; NaN while it warms up.</returns>
    double Update(int lane, double x);
}
