using System.Globalization;
using System.Text.RegularExpressions;
using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Histograms;

namespace LowLatency.Benchmarks.Peers.Official;

/// <summary>What the official samples print, as numbers.</summary>
internal static partial class OfficialFigures
{
    /// <summary>The last rate that was printed, in messages a second.</summary>
    /// <exception cref="LabException">There is none.</exception>
    public static double Rate(IReadOnlyList<string> lines, string who)
    {
        for (int i = lines.Count - 1; i >= 0; i--)
        {
            if (RateLine().Match(lines[i]) is { Success: true } match) return double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        }

        throw new LabException($"{who} printed no rate; its last line is '{LastOf(lines)}'.");
    }

    /// <summary>
    /// The histogram behind a printed percentile distribution, in nanoseconds; the text is in microseconds. It knows the values of the printed lines only: a percentile between
    /// two of them has the greater one's value.
    /// </summary>
    /// <exception cref="LabException">There is no distribution.</exception>
    public static LatencyHistogram Latency(IReadOnlyList<string> lines, string who)
    {
        var latency = new LatencyHistogram(1, 10_000_000_000, 3);
        foreach (string line in lines)
        {
            if (PercentileLine().Match(line) is not { Success: true } match) continue;
            long count = long.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) - latency.Count;
            long valueNs = (long)Math.Round(double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * 1000);
            if (count > 0) latency.RecordWithCount(valueNs, count);
        }

        return latency.Count > 0 ? latency : throw new LabException($"{who} printed no percentiles; its last line is '{LastOf(lines)}'.");
    }

    private static string LastOf(IReadOnlyList<string> lines) => lines.Count == 0 ? "" : lines[^1];

    [GeneratedRegex(@"([0-9.]+(?:e[+-]?[0-9]+)?) msgs/sec")]
    private static partial Regex RateLine();

    [GeneratedRegex(@"^\s*([0-9]+\.[0-9]+)\s+[01]\.[0-9]+\s+([0-9]+)\s+(?:[0-9.]+|inf)\s*$")]
    private static partial Regex PercentileLine();
}
