using System.Globalization;

namespace LowLatency.Core.Histograms;

/// <summary>Numbers with a fixed number of decimal places.</summary>
internal static class FixedPointText
{
    // Below this a double's shortest text has digits to round; from there on it is whole.
    private const double MaxFraction = 1e15;

    /// <summary>A number with so many places; halves are rounded up as they stand in its shortest decimal text, as other writers of histogram texts do.</summary>
    public static string Of(double value, int places)
    {
        if (!(Math.Abs(value) < MaxFraction)) return value.ToString($"F{places}", CultureInfo.InvariantCulture);
        decimal shortest = decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
        return Math.Round(shortest, places, MidpointRounding.AwayFromZero).ToString($"F{places}", CultureInfo.InvariantCulture);
    }

    /// <summary>Nanoseconds as seconds with three places.</summary>
    public static string SecondsOf(long ns) => Math.Round(ns / 1e9m, 3, MidpointRounding.AwayFromZero).ToString("F3", CultureInfo.InvariantCulture);
}
