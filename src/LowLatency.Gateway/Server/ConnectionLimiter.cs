using System.Collections.Concurrent;
using System.Net;

namespace LowLatency.Gateway.Server;

/// <summary>Counts the connections of each IP address.</summary>
/// <param name="limit">The most that one may have.</param>
internal sealed class ConnectionLimiter(int limit)
{
    private readonly ConcurrentDictionary<IPAddress, int> _counts = new();

    /// <summary>Counts one in.</summary>
    /// <param name="address">The peer.</param>
    /// <returns>False when it has as many as it may; then nothing is counted.</returns>
    public bool TryEnter(IPAddress address)
    {
        if (_counts.AddOrUpdate(address, 1, (_, count) => count + 1) <= limit) return true;
        Leave(address);
        return false;
    }

    /// <summary>Counts one out.</summary>
    /// <param name="address">The peer.</param>
    public void Leave(IPAddress address)
    {
        int left = _counts.AddOrUpdate(address, 0, (_, count) => count - 1);
        // Removes it only if nobody has entered in between.
        if (left == 0) _counts.TryRemove(new KeyValuePair<IPAddress, int>(address, 0));
    }
}
