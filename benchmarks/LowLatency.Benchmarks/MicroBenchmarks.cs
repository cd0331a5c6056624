using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using BenchmarkDotNet.Validators;
using Perfolizer.Horology;

namespace LowLatency.Benchmarks;

/// <summary>Runs the micro benchmarks of suites with BenchmarkDotNet.</summary>
public static class MicroBenchmarks
{
    /// <summary>Runs what was asked for.</summary>
    /// <param name="arguments">What was asked for.</param>
    public static Summary[] Run(SuiteArguments arguments)
    {
        Type[] classes = Suite.ClassesOf(Assembly.GetExecutingAssembly(), arguments.Suites);
        Summary[] summaries = BenchmarkRunner.Run(classes, Configuration(arguments));
        foreach (Summary summary in summaries) MarkdownExporter.Console.ExportToLog(summary, ConsoleLogger.Default);
        return summaries;
    }

    /// <summary>Whether one did not run, or none did.</summary>
    /// <param name="summaries">What BenchmarkDotNet reported.</param>
    public static bool Failed(Summary[] summaries)
    {
        BenchmarkReport[] reports = [.. summaries.SelectMany(summary => summary.Reports)];
        return reports.Length == 0 || reports.Any(report => !report.Success) || summaries.Any(summary => summary.HasCriticalValidationErrors);
    }

    private static ManualConfig Configuration(SuiteArguments arguments)
    {
        // In this process: the usual toolchain builds a project of its own for each job, which wants a package source.
        Job job = (arguments.Quick ? Shortest : Job.MediumRun.WithLaunchCount(1).WithIterationTime(TimeInterval.FromMilliseconds(200))).WithToolchain(InProcessEmitToolchain.Instance);
        ManualConfig config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(new ProgressLogger())
            .AddValidator(JitOptimizationsValidator.FailOnError)
            .WithOptions(ConfigOptions.JoinSummary);
        config.AddFilter(new SimpleFilter(benchmark => arguments.Chooses($"{benchmark.Descriptor.Type.Name}.{benchmark.Descriptor.WorkloadMethod.Name}")));
        return config;
    }

    private static Job Shortest =>
        Job.Dry.WithStrategy(BenchmarkDotNet.Engines.RunStrategy.Throughput).WithLaunchCount(1).WithWarmupCount(2).WithIterationCount(3).WithIterationTime(TimeInterval.FromMilliseconds(60));
}
