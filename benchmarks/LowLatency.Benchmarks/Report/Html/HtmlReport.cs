using System.Globalization;
using System.Net;
using System.Text;
using LowLatency.Benchmarks.Report.Document;

namespace LowLatency.Benchmarks.Report.Html;

/// <summary>Results as one page that needs nothing else: style and drawings are in it.</summary>
public static class HtmlReport
{
    private static readonly double[] TablePercentiles = [99, 99.9, 100];

    /// <summary>Writes the page.</summary>
    /// <param name="path">The file; it is replaced.</param>
    /// <param name="document">The results.</param>
    public static void Write(string path, LabDocument document) => File.WriteAllText(path, Page(document));

    /// <summary>The page.</summary>
    /// <param name="document">The results.</param>
    public static string Page(LabDocument document)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>LowLatency benchmarks</title>");
        page.Append("<style>").Append(PageStyle.Css).Append("</style></head><body>\n<header><h1>LowLatency benchmarks</h1>");
        page.Append(Invariant($"<p>{document.StartedAt:yyyy-MM-dd HH:mm} UTC · commit {Text(Short(document.Machine.Commit))}{(document.Settings.Quick ? " · <strong>quick: not for comparing</strong>" : "")}</p></header>\n<main>"));
        Machine(page, document);
        foreach (ExperimentEntry experiment in document.Experiments) Experiment(page, experiment);
        if (document.Micro.Count != 0) Micro(page, document.Micro);
        page.Append("</main></body></html>\n");
        return page.ToString();
    }

    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    internal static string Number(double value) => value >= 100 ? Invariant($"{value:#,0}") : value >= 10 ? Invariant($"{value:0.0}") : Invariant($"{value:0.00}");

    internal static string Time(double ns) => ns >= 1e6 ? $"{Number(ns / 1e6)} ms" : ns >= 1e4 ? $"{Number(ns / 1e3)} µs" : Invariant($"{ns:#,0} ns");

    internal static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Short(string commit) => commit.Length > 12 ? commit[..12] : commit;

    private static void Machine(StringBuilder page, LabDocument document)
    {
        MachineEntry machine = document.Machine;
        SettingsEntry settings = document.Settings;
        (string Name, string Value)[] facts =
        [
            ("Processor", $"{machine.CpuModel}, {machine.Cores} cores, {machine.Architecture}"),
            ("Hypervisor", machine.Hypervisor),
            ("System", $"{machine.System}, kernel {machine.Kernel}, {machine.KernelTuning}"),
            ("Governor, huge pages", $"{machine.Governor}, {machine.TransparentHugePages}"),
            ("Load before", machine.LoadAverage),
            ("Runtime", $"{machine.Runtime}; GC {machine.GarbageCollector}; {machine.TieredCompilation}"),
            ("Java", machine.Java),
            ("Events", Invariant($"{settings.EventBytes} bytes, rings and queues of {settings.Capacity:#,0}")),
            ("Runs", Invariant($"{settings.Repetitions} repetitions of {settings.Seconds} s, order rotated")),
            ("Threads", settings.Pinned),
        ];
        page.Append("<section class=\"facts\"><dl>");
        foreach ((string name, string value) in facts) page.Append($"<div><dt>{Text(name)}</dt><dd>{Text(value)}</dd></div>");
        page.Append("</dl></section>\n");
    }

    private static void Experiment(StringBuilder page, ExperimentEntry experiment)
    {
        string rate = experiment.RatePerSecond > 0 ? Invariant($" · {experiment.RatePerSecond:#,0} events/s") : "";
        page.Append($"<section><h2>{Text(experiment.Name)}</h2><p class=\"about\">{Text(experiment.About)}{rate}</p>");
        foreach (GroupEntry group in experiment.Groups)
        {
            string where = group.HopNs is { } ns ? Invariant($"{group.Group} cores, a cache line takes {ns:0} ns") : group.Group == "alone" ? "one thread" : $"{group.Group} hops";
            page.Append($"<h3 class=\"{group.Group}\">{Text(where)}</h3><div class=\"pair\">");
            page.Append(group.Contenders.Any(c => c.Percentiles.Count != 0) ? PercentilePlot.Draw(group.Contenders) : BarPlot.Draw(group.Contenders));
            Table(page, experiment, group);
            page.Append("</div>");
            foreach (ContenderEntry contender in group.Contenders.Where(c => c.Figures.Count != 0))
                page.Append($"<p class=\"about\">{Text(contender.Name)}: {Text(string.Join(", ", contender.Figures.Select(figure => $"{figure.Name} {Number(figure.Value)} {figure.Unit}")))}</p>");
        }

        foreach (string missing in experiment.Missing) page.Append($"<p class=\"missing\">Missing: {Text(missing)}</p>");
        page.Append("</section>\n");
    }

    private static void Table(StringBuilder page, ExperimentEntry experiment, GroupEntry group)
    {
        double[] percentiles = group.Contenders.Any(c => c.Percentiles.Count != 0) ? TablePercentiles : [];
        bool latency = percentiles.Length != 0;
        string more = latency ? string.Concat(percentiles.Select(p => p == 100 ? "<th>max</th>" : Invariant($"<th>p{p}</th>"))) : "<th>quartiles</th>";
        page.Append($"<table><thead><tr><th>{Text(experiment.Metric)}, {Text(experiment.Unit)}</th><th>runs</th><th>median</th>{more}<th>of best peer</th><th>B/event</th><th>GCs</th></tr></thead><tbody>");
        for (int i = 0; i < group.Contenders.Count; i++)
        {
            ContenderEntry contender = group.Contenders[i];
            string ratio = contender.ToBestPeer() is { } best ? Invariant($"{best.Value.Median:0.00}×") : "";
            page.Append($"<tr class=\"{contender.Role}\"><td><i style=\"background:{PageStyle.Colour(group.Contenders, i)}\"></i>{Text(contender.Name)}</td><td>{contender.Runs}</td><td>{(latency ? Time(contender.Value.Median) : Number(contender.Value.Median))}</td>");
            string values = latency
                ? string.Concat(percentiles.Select(p => $"<td>{Time(contender.Percentiles.FirstOrDefault(one => one.Percentile == p).Ns)}</td>"))
                : $"<td>{Number(contender.Value.Lower)}–{Number(contender.Value.Upper)}</td>";
            page.Append($"{values}<td>{ratio}</td><td>{Invariant($"{contender.BytesPerEvent:0.##}")}</td><td>{contender.Collections}</td></tr>");
        }

        page.Append("</tbody></table>");
    }

    private static void Micro(StringBuilder page, IReadOnlyList<MicroEntry> micro)
    {
        page.Append("<section><h2>Micro benchmarks</h2><p class=\"about\">one thread, by BenchmarkDotNet</p><table><thead><tr><th>benchmark</th><th>parameters</th><th>median, ns</th><th>standard error</th><th>B/operation</th></tr></thead><tbody>");
        foreach (MicroEntry entry in micro)
            page.Append($"<tr><td>{Text(entry.Suite)} {Text(entry.Benchmark)}</td><td>{Text(entry.Parameters)}</td><td>{Number(entry.MedianNs)}</td><td>{Number(entry.StandardErrorNs)}</td><td>{entry.AllocatedBytes}</td></tr>");
        page.Append("</tbody></table></section>\n");
    }
}
