using System.CommandLine;
using System.CommandLine.Parsing;
using LowLatency.Core.Clocks;
using LowLatency.Core.Counters;
using LowLatency.Host.Stat;
using LowLatency.Publishing;

namespace LowLatency.Host.Commands;

/// <summary><c>stat</c>: the counters of running engines, from their files; they notice nothing of it.</summary>
internal static class StatCommand
{
    private const int LeastIntervalMs = 100;
    private const int MostIntervalMs = 60_000;

    public static Command Create()
    {
        var file = new Option<string[]>("--file") { Description = "A counters file, or an Aeron driver's cnc.dat, instead of the engines that run; can be repeated", HelpName = "FILE" };
        var directory = new Option<string?>("--directory") { Description = "The folder of the counters files, where the engines' setting counters.directory names one", HelpName = "DIR" };
        var once = new Option<bool>("--once") { Description = "Show them once, without rates, and end" };
        var json = new Option<bool>("--json") { Description = "Write a JSON object in a line each time" };
        var errors = new Option<bool>("--errors") { Description = "Show the errors instead: each distinct one with its number and times" };
        var interval = new Option<int>("--interval-ms") { Description = "Time between two looks, in milliseconds", HelpName = "MS", DefaultValueFactory = _ => 1000 };
        interval.Validators.Add(CheckInterval);
        var command = new Command("stat", "Show the counters of running engines, again each second until Ctrl-C. Exit code 1: none runs, or what was shown has died.") { file, directory, once, json, errors, interval };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(file) is { Length: > 0 } && parsed.GetValue(directory) is not null)
            {
                Console.Error.WriteLine("Name files (--file) or a folder (--directory), not both.");
                return ExitCodes.Usage;
            }

            var request = new Request(parsed.GetValue(once), parsed.GetValue(json), parsed.GetValue(errors), parsed.GetValue(interval));
            string folder = parsed.GetValue(directory) ?? CountersFolder.Default;
            StatSources sources;
            try
            {
                sources = parsed.GetValue(file) is { Length: > 0 } files ? StatSources.OfFiles(files) : StatSources.OfFolder(folder, parsed.GetValue(directory) is null ? AeronLink.DefaultDriverFiles : static () => []);
            }
            catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                Console.Error.WriteLine(thrown.Message);
                return ExitCodes.Usage;
            }

            using (sources) return Watch(sources, folder, request);
        });
        return command;
    }

    private static void CheckInterval(OptionResult result)
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int ms) && ms is < LeastIntervalMs or > MostIntervalMs)
            result.AddError($"--interval-ms: {result.Tokens[0].Value} is out of range; allowed is {LeastIntervalMs} to {MostIntervalMs}");
    }

    private static int Watch(StatSources sources, string folder, Request request)
    {
        using var ended = new ManualResetEventSlim();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            ended.Set();
        };
        while (true)
        {
            long nowMs = SystemClock.Instance.EpochNs() / 1_000_000;
            var unreadable = new List<string>();
            IReadOnlyList<SourceSample> all = sources.Sample(nowMs, request.Errors, unreadable);
            SourceSample[] shown = [.. all.Where(s => s.IsFollowed)];
            if (shown.Length == 0) return NothingRuns(folder, all, unreadable);
            Show(shown, nowMs, request);
            bool dead = shown.Any(s => s.State == ProcessState.Dead);
            bool alive = shown.Any(s => s.IsAlive);
            if (!alive && !request.Once) Console.Error.WriteLine(dead ? "Nothing runs any more; what died says so above." : "All have stopped.");
            if (!alive || request.Once) return dead ? ExitCodes.Failed : ExitCodes.Done;
            if (ended.Wait(request.IntervalMs)) return ExitCodes.Done;
        }
    }

    private static int NothingRuns(string folder, IReadOnlyList<SourceSample> ended, List<string> unreadable)
    {
        Console.Error.WriteLine($"No engine runs whose counters are in {folder}: start one with ./run.sh, or name the folder (--directory) or the file (--file).");
        foreach (SourceSample sample in ended) Console.Error.WriteLine(StatTable.Summary(sample));
        foreach (string problem in unreadable) Console.Error.WriteLine(problem);
        return ExitCodes.Failed;
    }

    private static void Show(SourceSample[] samples, long nowMs, Request request)
    {
        if (request.Json)
        {
            Console.Out.WriteLine(StatJson.Write(samples, nowMs));
            return;
        }

        // To the top, and what was there is wiped: only a terminal is a place for that.
        if (!request.Once && !Console.IsOutputRedirected) Console.Out.Write("\u001b[H\u001b[J");
        using var text = new StringWriter();
        foreach (SourceSample sample in samples) StatTable.Write(text, sample);
        Console.Out.Write(text.ToString());
    }

    private sealed record Request(bool Once, bool Json, bool Errors, int IntervalMs);
}
