using LowLatency.Benchmarks.Report.Document;

namespace LowLatency.Benchmarks.Report.Html;

/// <summary>How the page looks.</summary>
internal static class PageStyle
{
    /// <summary>The style sheet.</summary>
    public const string Css = """
        :root{--ink:#1b2430;--soft:#5d6b7c;--line:#d8dee6;--back:#f5f7f9;--card:#fff;--ours:#0b7a75}
        @media (prefers-color-scheme:dark){:root{--ink:#e3e9f0;--soft:#93a1b2;--line:#2c3742;--back:#12181f;--card:#1a222b;--ours:#3fc1b8}}
        *{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--ink);font:15px/1.5 system-ui,sans-serif;font-variant-numeric:tabular-nums}
        header{padding:28px 32px 8px;max-width:1280px;margin:auto}h1{font-size:26px;margin:0;letter-spacing:-.02em}header p{margin:2px 0;color:var(--soft)}
        main{max-width:1280px;margin:auto;padding:0 32px 48px}section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:18px 22px;margin:16px 0}
        h2{font-size:19px;margin:0}h3{font-size:13px;margin:16px 0 6px;font-weight:600;color:var(--soft)}h3.mixed,h3.unknown{font-style:italic}.about{margin:0;color:var(--soft)}
        .facts dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(270px,1fr));gap:8px 24px;margin:0}dt{font-size:12px;color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
        .pair{display:grid;grid-template-columns:minmax(380px,5fr) 7fr;gap:24px;align-items:start}@media (max-width:1000px){.pair{grid-template-columns:1fr}}
        table{border-collapse:collapse;width:100%;font-size:13px}th{font-weight:500;color:var(--soft)}th,td{padding:5px 8px;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
        th:first-child,td:first-child{text-align:left;white-space:normal}tr.ours td{font-weight:650}tr.floor td{color:var(--soft)}td i{display:inline-block;width:9px;height:9px;border-radius:2px;margin-right:7px}
        svg{width:100%;height:auto;display:block}svg text{fill:var(--ink);font:12px system-ui,sans-serif}svg .soft{fill:var(--soft)}svg .grid{stroke:var(--line)}.missing{color:var(--soft);margin:8px 0 0}
        """;

    private const string Floor = "#7a8796";

    // Ours first; told apart by eyes that see red and green alike.
    private static readonly string[] Colours = ["#0b9a93", "#d9762b", "#b04a8f", "#3b6fd4", "#c9a227", "#8a6d5a", "#5aa9e6"];

    /// <summary>The colour of a contender: floors are grey, the others have the same one in every experiment with the same contenders.</summary>
    /// <param name="contenders">All of them.</param>
    /// <param name="index">Its place.</param>
    public static string Colour(IReadOnlyList<ContenderEntry> contenders, int index) =>
        contenders[index].Role == "floor" ? Floor : Colours[contenders.Take(index).Count(c => c.Role != "floor") % Colours.Length];
}
