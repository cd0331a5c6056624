using System.Reflection;
using BenchmarkDotNet.Reports;
using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks;

/// <summary>Runs suites and writes what they measured.</summary>
public static class SuiteRunner
{
    /// <summary>Runs what was asked for.</summary>
    /// <param name="arguments">What was asked for.</param>
    /// <returns>The process's exit code: 0 when everything ran, 1 when something failed or nothing was chosen.</returns>
    public static int Run(SuiteArguments arguments)
    {
        Experiment[] experiments = LabSuite.Choose(arguments);
        (string Suite, string Benchmark)[] micro = [.. Suite.Benchmarks(Assembly.GetExecutingAssembly(), arguments.Suites).Where(b => arguments.Chooses(b.Benchmark))];
        if (experiments.Length == 0 && micro.Length == 0)
        {
            Console.Error.WriteLine("Nothing was chosen: leave out --filter, or give a part of a name that --list tells.");
            return 1;
        }

        if (arguments.List)
        {
            foreach (Experiment experiment in experiments) Console.WriteLine($"{experiment.Suite}  experiment  {experiment.Name}: {experiment.About}");
            foreach ((string suite, string benchmark) in micro) Console.WriteLine($"{suite}  micro       {benchmark}");
            return 0;
        }

        try
        {
            LabSuite.Run(experiments, arguments, Console.WriteLine);
        }
        catch (LabException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }

        if (micro.Length == 0) return 0;
        Summary[] summaries = MicroBenchmarks.Run(arguments);
        if (arguments.JsonFile is not null) ResultFile.Write(arguments.JsonFile, summaries);
        return MicroBenchmarks.Failed(summaries) ? 1 : 0;
    }
}
