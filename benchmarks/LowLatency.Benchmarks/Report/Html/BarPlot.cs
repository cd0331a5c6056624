using System.Text;
using LowLatency.Benchmarks.Report.Document;

namespace LowLatency.Benchmarks.Report.Html;

/// <summary>Medians as bars, with the middle half of the runs as a line across the bar's end.</summary>
internal static class BarPlot
{
    private const int Width = 520;
    private const int Row = 34;
    private const int ValueRoom = 60;

    /// <summary>The drawing.</summary>
    /// <param name="contenders">One bar each.</param>
    public static string Draw(IReadOnlyList<ContenderEntry> contenders)
    {
        double most = Math.Max(1e-9, contenders.Max(c => c.Value.Upper));
        double scale = (Width - ValueRoom) / most;
        var svg = new StringBuilder(HtmlReport.Invariant($"<svg viewBox=\"0 0 {Width} {contenders.Count * Row}\" role=\"img\" aria-label=\"medians\">"));
        for (int i = 0; i < contenders.Count; i++)
        {
            ContenderEntry contender = contenders[i];
            double end = contender.Value.Median * scale;
            double middle = (i * Row) + 25;
            svg.Append(HtmlReport.Invariant($"<text class=\"soft\" x=\"0\" y=\"{(i * Row) + 13}\">{HtmlReport.Text(contender.Name)}</text>"));
            svg.Append(HtmlReport.Invariant($"<rect x=\"0\" y=\"{middle - 6}\" width=\"{Math.Max(1, end):0.#}\" height=\"12\" rx=\"2\" fill=\"{PageStyle.Colour(contenders, i)}\"/>"));
            svg.Append(HtmlReport.Invariant($"<line x1=\"{contender.Value.Lower * scale:0.#}\" x2=\"{contender.Value.Upper * scale:0.#}\" y1=\"{middle}\" y2=\"{middle}\" stroke=\"currentColor\" stroke-width=\"1.5\"/>"));
            svg.Append(HtmlReport.Invariant($"<text x=\"{(Math.Max(contender.Value.Upper, contender.Value.Median) * scale) + 6:0.#}\" y=\"{middle + 4}\">{HtmlReport.Number(contender.Value.Median)}</text>"));
        }

        return svg.Append("</svg>").ToString();
    }
}
