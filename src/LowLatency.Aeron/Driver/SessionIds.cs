using System.Security.Cryptography;

namespace LowLatency.Aeron.Driver;

/// <summary>Draws session ids: one after the other from a random one on, without those that are reserved.</summary>
internal sealed class SessionIds(int reservedLow, int reservedHigh)
{
    private int _next = RandomNumberGenerator.GetInt32(int.MinValue, int.MaxValue);

    /// <summary>The next one that is not in use.</summary>
    public int Next(Func<int, bool> isInUse)
    {
        while (true)
        {
            int candidate = _next;
            _next = candidate >= reservedLow && candidate <= reservedHigh ? unchecked(reservedHigh + 1) : unchecked(candidate + 1);
            if ((candidate < reservedLow || candidate > reservedHigh) && !isInUse(candidate)) return candidate;
        }
    }
}
