using System.Text;
using LowLatency.Benchmarks.Report.Document;

namespace LowLatency.Benchmarks.Report.Html;

/// <summary>Latencies by percentile: both axes logarithmic, each nine on the right as wide as the one before it.</summary>
internal static class PercentilePlot
{
    private const int Width = 520;
    private const int Height = 300;
    private const int Left = 64;
    private const int Bottom = 28;
    private const double Nines = 6;

    /// <summary>The drawing.</summary>
    /// <param name="contenders">One curve each, where latencies were measured.</param>
    public static string Draw(IReadOnlyList<ContenderEntry> contenders)
    {
        long[] values = [.. contenders.SelectMany(c => c.Percentiles).Select(p => Math.Max(1, p.Ns))];
        double low = Math.Floor(Math.Log10(values.Min()));
        double high = Math.Max(low + 1, Math.Ceiling(Math.Log10(values.Max())));
        var svg = new StringBuilder(HtmlReport.Invariant($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"latency by percentile\">"));
        for (double power = low; power <= high; power++)
        {
            double y = Y(Math.Pow(10, power), low, high);
            svg.Append(HtmlReport.Invariant($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/><text class=\"soft\" x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{Duration(power)}</text>"));
        }

        foreach (double percentile in new[] { 0, 90, 99, 99.9, 99.99, 99.999 })
        {
            double x = X(percentile);
            svg.Append(HtmlReport.Invariant($"<line class=\"grid\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"8\" y2=\"{Height - Bottom}\"/><text class=\"soft\" x=\"{x:0.#}\" y=\"{Height - 8}\" text-anchor=\"middle\">{percentile}%</text>"));
        }

        for (int i = 0; i < contenders.Count; i++)
        {
            IEnumerable<string> points = contenders[i].Percentiles.Select(p => HtmlReport.Invariant($"{X(p.Percentile):0.#},{Y(Math.Max(1, p.Ns), low, high):0.#}"));
            string dash = contenders[i].Role == "floor" ? " stroke-dasharray=\"5 4\"" : "";
            string stroke = contenders[i].Role == "ours" ? "3" : "1.6";
            svg.Append($"<polyline fill=\"none\" stroke=\"{PageStyle.Colour(contenders, i)}\" stroke-width=\"{stroke}\"{dash} points=\"{string.Join(' ', points)}\"/>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static double X(double percentile) => Left + ((Width - Left - 8) * Math.Min(Nines, -Math.Log10(Math.Max(1e-9, 1 - (percentile / 100)))) / Nines);

    private static double Y(double ns, double low, double high) => Height - Bottom - ((Height - Bottom - 8) * (Math.Log10(ns) - low) / (high - low));

    private static string Duration(double power) => power switch
    {
        < 3 => HtmlReport.Invariant($"{Math.Pow(10, power):0} ns"),
        < 6 => HtmlReport.Invariant($"{Math.Pow(10, power - 3):0} µs"),
        < 9 => HtmlReport.Invariant($"{Math.Pow(10, power - 6):0} ms"),
        _ => HtmlReport.Invariant($"{Math.Pow(10, power - 9):0} s"),
    };
}
