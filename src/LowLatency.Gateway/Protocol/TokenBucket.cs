namespace LowLatency.Gateway.Protocol;

/// <summary>Lets so many through per second in the long run, and so many at once. For one thread at a time.</summary>
/// <param name="perSecond">Tokens that come back per second.</param>
/// <param name="burst">Tokens that there are at most.</param>
/// <param name="nowNs">The monotonic time.</param>
internal sealed class TokenBucket(int perSecond, int burst, long nowNs)
{
    private double _tokens = burst;
    private long _lastNs = nowNs;

    /// <summary>How many were refused since the bucket was last full.</summary>
    public int Refused { get; private set; }

    /// <summary>Takes a token.</summary>
    /// <param name="nowNs">The monotonic time.</param>
    /// <returns>False when there is none.</returns>
    public bool TryTake(long nowNs)
    {
        _tokens = Math.Min(burst, _tokens + ((nowNs - _lastNs) * 1e-9 * perSecond));
        _lastNs = nowNs;
        if (_tokens >= burst) Refused = 0;
        if (_tokens < 1)
        {
            Refused++;
            return false;
        }

        _tokens--;
        return true;
    }
}
