using System.Reflection;
using BenchmarkDotNet.Reports;
using LowLatency.Benchmarks.Compare;
using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Report;
using LowLatency.Benchmarks.Report.Document;
using LowLatency.Benchmarks.Report.Html;

namespace LowLatency.Benchmarks;

/// <summary>Runs suites and writes what they measured.</summary>
public static class SuiteRunner
{
    private const int Fine = 0;
    private const int Failure = 1;
    private const int BadArguments = 2;
    private const int Regression = 3;

    /// <summary>Runs what was asked for.</summary>
    /// <param name="arguments">What was asked for.</param>
    /// <returns>The process's exit code: 0 when everything ran, 1 when something failed or nothing could be judged, 2 when nothing was chosen or a file cannot be compared or written, 3 for a regression.</returns>
    public static int Run(SuiteArguments arguments)
    {
        Experiment[] experiments = LabSuite.Choose(arguments);
        (string Suite, string Benchmark)[] micro = [.. Suite.Benchmarks(Assembly.GetExecutingAssembly(), arguments.Suites).Where(b => !LabSuite.IsName(arguments.Filter) && arguments.Chooses(b.Benchmark))];
        if (experiments.Length == 0 && micro.Length == 0) return Say(BadArguments, "Nothing was chosen: leave out --filter, or give a part of a name that --list tells.");
        if (arguments.List) return List(experiments, micro);

        LabDocument? before = null;
        try
        {
            // Read first: nobody wants to learn after ten minutes that a file is no good.
            if (arguments.CompareFile is { } path) before = DocumentFile.Read(path);
            ResultTarget.Check("--json", arguments.JsonFile);
            ResultTarget.Check("--html", arguments.HtmlFile);
        }
        catch (LabException failure)
        {
            return Say(BadArguments, failure.Message);
        }

        try
        {
            return Run(arguments, experiments, micro.Length != 0, before);
        }
        catch (LabException failure)
        {
            return Say(Failure, failure.Message);
        }
    }

    private static int Run(SuiteArguments arguments, Experiment[] experiments, bool micro, LabDocument? before)
    {
        DateTimeOffset startedAt = DateTimeOffset.UtcNow;
        MachineEntry machine = MachineProbe.Probe();
        if (MachineProbe.IsBusy(machine)) Console.WriteLine($"The machine is busy (load {machine.LoadAverage} on {machine.Cores} cores): what is measured now is disturbed.");
        LabSuiteResult lab = LabSuite.Run(experiments, arguments, Console.WriteLine);
        Summary[] summaries = micro ? MicroBenchmarks.Run(arguments) : [];
        var document = new LabDocument
        {
            SchemaVersion = LabDocument.Version,
            StartedAt = startedAt,
            Machine = machine with { Java = lab.JavaRuntime ?? "none" },
            Settings = LabSuite.Settings(arguments),
            Experiments = [.. lab.Results.Select(DocumentBuilder.Experiment)],
            Micro = DocumentBuilder.Micro(summaries),
        };
        int code = micro && MicroBenchmarks.Failed(summaries) ? Failure : Fine;
        // Each by itself: a disk that is full does not take the comparison away.
        string?[] refused = [ResultTarget.Write("--json", arguments.JsonFile, path => DocumentFile.Write(path, document)), ResultTarget.Write("--html", arguments.HtmlFile, path => HtmlReport.Write(path, document))];
        foreach (string refusal in refused.OfType<string>()) code = Say(Failure, refusal);
        foreach (string broken in lab.Results.Select(AllocationRule.Broken).OfType<string>()) code = Say(Failure, broken);
        if (before is null) return code;
        IReadOnlyList<Finding> findings = Comparison.Of(before, document);
        foreach (string line in ComparisonReport.Lines(before, document, findings)) Console.WriteLine(line);
        if (code != Fine) return code;
        return ComparisonReport.IsWorse(findings) ? Regression : ComparisonReport.IsJudged(findings) ? Fine : Failure;
    }

    private static int List(Experiment[] experiments, (string Suite, string Benchmark)[] micro)
    {
        foreach (Experiment experiment in experiments) Console.WriteLine($"{experiment.Suite}  experiment  {experiment.Name}: {experiment.About}{(experiment.OnlyByName ? " (only when --filter is its name)" : "")}");
        foreach ((string suite, string benchmark) in micro) Console.WriteLine($"{suite}  micro       {benchmark}");
        return Fine;
    }

    private static int Say(int code, string what)
    {
        Console.Error.WriteLine(what);
        return code;
    }
}
