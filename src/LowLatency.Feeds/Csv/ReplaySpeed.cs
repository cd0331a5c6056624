using System.Globalization;

namespace LowLatency.Feeds.Csv;

/// <summary>How fast a replay goes.</summary>
/// <param name="Factor">Multiple of real time; 0: as fast as it can.</param>
public readonly record struct ReplaySpeed(double Factor)
{
    /// <summary>What a speed can be, for messages.</summary>
    public const string Allowed = "max, or a multiple of real time from 0.001x to 1000000x such as 1x, 10x or 0.5x";

    /// <summary>Whether it goes as fast as it can.</summary>
    public bool IsMax => Factor == 0;

    /// <summary>Reads a speed.</summary>
    /// <param name="text">max, or a number and x.</param>
    /// <param name="speed">The speed.</param>
    public static bool TryParse(string text, out ReplaySpeed speed)
    {
        ArgumentNullException.ThrowIfNull(text);
        speed = default;
        if (text.Equals("max", StringComparison.OrdinalIgnoreCase)) return true;
        if (!text.EndsWith('x') && !text.EndsWith('X')) return false;
        if (!double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double factor)) return false;
        speed = new ReplaySpeed(factor);
        return factor is >= 0.001 and <= 1_000_000;
    }
}
