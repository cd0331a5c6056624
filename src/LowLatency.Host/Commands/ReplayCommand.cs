using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using LowLatency.Core.Agents;
using LowLatency.Engine.Replay;
using LowLatency.Engine.Settings;
using LowLatency.Market.Settings;

namespace LowLatency.Host.Commands;

/// <summary><c>replay</c>: the whole pipeline over files, ending with a summary.</summary>
internal static class ReplayCommand
{
    // For terminals and programs, never within HTML: a rule's > stays readable.
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var input = new Option<FileInfo[]>("--input") { Description = "Tick files (.csv, .csv.gz), replayed one after another", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
        input.Validators.Add(CheckFiles);
        var symbol = new Option<string?>("--symbol") { Description = "Only this symbol; and the symbol of files that have no such column", HelpName = "S" };
        var speed = new Option<string?>("--speed") { Description = "max, or a multiple of real time: 1x, 10x, 0.5x", HelpName = "SPEED" };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Write every output stream as CSV, a folder a symbol", HelpName = "DIR" };
        var json = new Option<bool>("--json") { Description = "Make the last line of standard output the summary as one JSON object" };
        var configuration = new ConfigurationOptions("replay.json");
        var command = new Command("replay", "Run the whole pipeline over tick files; ends with a summary. Exit code 3: some rows or files were unusable, the rest was processed.")
        {
            input, symbol, speed, output, json,
        };
        configuration.AddTo(command);
        command.SetAction(parsed =>
        {
            var flags = new List<KeyValuePair<string, string?>> { KeyValuePair.Create("feed.kind", (string?)"replay") };
            if (parsed.GetValue(symbol) is { } name) flags.Add(KeyValuePair.Create("feed.replay.symbol", (string?)name));
            if (parsed.GetValue(speed) is { } v) flags.Add(KeyValuePair.Create("feed.replay.speed", (string?)v));
            // The paths as they were written: messages show them.
            string[] files = [.. parsed.GetValue(input)!.Select(f => f.ToString())];
            return Run(() => LowLatencySettings.Read(configuration.Read(parsed, flags), s => s.Feed.Replay.Files = files), parsed.GetValue(output)?.FullName, parsed.GetValue(json));
        });
        return command;
    }

    // The option takes all that follows it: a slip of another option's name would be a file that does not exist.
    private static void CheckFiles(OptionResult result)
    {
        foreach (string value in result.Tokens.Select(t => t.Value).Where(v => v.StartsWith("--", StringComparison.Ordinal))) result.AddError($"There is no option '{value}'.");
    }

    private static int Run(Func<LowLatencySettings> settings, string? output, bool json)
    {
        using var interrupted = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            interrupted.Cancel();
        };
        ReplayResult result;
        try
        {
            result = ReplaySession.Run(settings(), output, interrupted.Token);
        }
        catch (SettingsException thrown)
        {
            foreach (string mistake in thrown.Mistakes) Console.Error.WriteLine(mistake);
            return ExitCodes.Usage;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Interrupted; there is no summary of half a replay.");
            return ExitCodes.Interrupted;
        }
        catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(thrown.Message);
            return ExitCodes.Failed;
        }

        Tell(result, output);
        if (json) Console.Out.WriteLine(JsonSerializer.Serialize(result.Summary, Json));
        return result.UnusableRows > 0 || result.FileProblems.Count > 0 ? ExitCodes.BadInput : ExitCodes.Done;
    }

    private static void Tell(ReplayResult result, string? output)
    {
        foreach (PlacementRefusal refusal in result.Refusals) Console.Error.WriteLine(refusal);
        foreach (string problem in result.FileProblems) Console.Error.WriteLine(problem);
        foreach (string problem in result.Problems) Console.Error.WriteLine(problem);
        if (result.UnusableRows > result.Problems.Count)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… {result.UnusableRows:N0} unusable rows in all; these are the first {result.Problems.Count}"));

        ReplaySummary summary = result.Summary;
        Line($"rows        {summary.Rows,14:N0}");
        Line($"accepted    {summary.Accepted,14:N0}   late {summary.Late:N0}");
        Line($"rejected    {summary.Rejected.Values.Sum(),14:N0}   {string.Join(", ", summary.Rejected.Select(r => $"{r.Key} {r.Value.ToString("N0", CultureInfo.InvariantCulture)}"))}");
        Line($"duplicates  {summary.Duplicates,14:N0}   suspects pending {summary.SuspectsPending:N0}, other rows {summary.OtherRows:N0}, gaps {summary.Gaps:N0}");
        Line($"cancels     {summary.Cancels,14:N0}   corrections {summary.Corrections:N0}, of unknown trades {summary.UnknownReferences:N0}");
        Line($"bars        {summary.Bars,14:N0}   revisions {summary.Revisions:N0}, too late {summary.TooLate:N0}");
        if (summary.Signals.Count > 0) Line($"spikes      {summary.Signals["spikes"],14:N0}   reversals {string.Join(", ", summary.Signals.Where(s => s.Key != "spikes").Select(s => $"{s.Key["reversals_".Length..]} {s.Value.ToString("N0", CultureInfo.InvariantCulture)}"))}");
        if (summary.Alerts.Count > 0) Line($"alerts      {summary.Alerts.Values.Sum(),14:N0}   {string.Join(", ", summary.Alerts.Select(a => $"{a.Key}: {a.Value.ToString("N0", CultureInfo.InvariantCulture)}"))}");
        Line($"published   {summary.Published,14:N0}   records");
        Line($"elapsed     {summary.ElapsedSeconds,14:N3} s {summary.TicksPerSecond:N0} ticks/s, {(summary.AllocatedBytesPerTick is { } bytes ? bytes.ToString("0.###", CultureInfo.InvariantCulture) : "too few rows to tell how many")} bytes allocated a tick");
        foreach ((string stage, LatencySummary latency) in summary.LatencyNs)
            Line($"  {stage,-10}{latency.P50,14:N0} ns p50 {latency.P99,12:N0} p99 {latency.P999,12:N0} p99.9 {latency.Max,12:N0} max");
        Line($"output hash {summary.OutputHash}");
        if (output is not null) Line($"CSV files in {output}");
    }

    private static void Line(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
