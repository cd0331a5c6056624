using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using BenchmarkDotNet.Validators;

namespace LowLatency.Benchmarks;

/// <summary>Runs suites and writes what they measured.</summary>
public static class SuiteRunner
{
    /// <summary>Runs what was asked for.</summary>
    /// <param name="arguments">What was asked for.</param>
    /// <returns>The process's exit code: 0 when every benchmark ran, 1 when one failed or none was chosen.</returns>
    public static int Run(SuiteArguments arguments)
    {
        Type[] classes = Suite.ClassesOf(Assembly.GetExecutingAssembly(), arguments.Suites);
        Summary[] summaries = BenchmarkRunner.Run(classes, Configuration(arguments));
        BenchmarkReport[] reports = [.. summaries.SelectMany(summary => summary.Reports)];
        if (arguments.JsonFile is not null) ResultFile.Write(arguments.JsonFile, summaries);
        bool failed = reports.Length == 0 || reports.Any(report => !report.Success) || summaries.Any(summary => summary.HasCriticalValidationErrors);
        if (reports.Length == 0) Console.Error.WriteLine("No benchmark was chosen: leave out --filter, or give a part of a class's or method's name.");
        return failed ? 1 : 0;
    }

    private static ManualConfig Configuration(SuiteArguments arguments)
    {
        // In this process: the usual toolchain builds a project of its own for each job, which wants a package source.
        Job job = (arguments.Quick ? Job.ShortRun : Job.MediumRun.WithLaunchCount(1)).WithToolchain(InProcessEmitToolchain.Instance);
        ManualConfig config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .AddValidator(JitOptimizationsValidator.FailOnError)
            .WithOptions(ConfigOptions.JoinSummary);
        if (arguments.Filter is { } part) config.AddFilter(new NameFilter(name => name.Contains(part, StringComparison.OrdinalIgnoreCase)));
        return config;
    }
}
