namespace LowLatency.Storage.QuestDb.Sending;

/// <summary>How long to wait before the next attempt: twice as long each time up to a limit, of which a random part up to a half is left out, so that many clients do not come back at once.</summary>
/// <param name="initial">The first wait.</param>
/// <param name="most">The longest.</param>
/// <param name="random">Where chance comes from.</param>
internal sealed class BackOff(TimeSpan initial, TimeSpan most, Random random)
{
    private int _doublings;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        TimeSpan whole = initial * Math.Pow(2, _doublings);
        if (whole < most) _doublings++;
        else whole = most;
        return whole * (1 - (0.5 * random.NextDouble()));
    }

    /// <summary>Begins anew: the last attempt succeeded.</summary>
    public void Reset() => _doublings = 0;
}
