using System.Text.Json;
using BenchmarkDotNet.Reports;

namespace LowLatency.Benchmarks;

/// <summary>Results as JSON, so that two runs can be compared.</summary>
public static class ResultFile
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Writes the results of all benchmarks that ran, with what the machine is.</summary>
    /// <param name="path">The file; it is replaced.</param>
    /// <param name="summaries">What BenchmarkDotNet reported.</param>
    public static void Write(string path, Summary[] summaries)
    {
        var results =
            from summary in summaries
            from report in summary.Reports
            let statistics = report.ResultStatistics
            where report.Success && statistics is not null
            select new
            {
                Suite = SuiteOf(report),
                Benchmark = $"{report.BenchmarkCase.Descriptor.Type.Name}.{report.BenchmarkCase.Descriptor.WorkloadMethod.Name}",
                Parameters = report.BenchmarkCase.Parameters.Items.ToDictionary(item => item.Name, item => item.Value?.ToString()),
                MeanNs = statistics.Mean,
                MedianNs = statistics.Median,
                StandardErrorNs = statistics.StandardError,
                AllocatedBytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase),
            };
        var machine = new
        {
            Cores = Environment.ProcessorCount,
            Architecture = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString(),
            System = System.Runtime.InteropServices.RuntimeInformation.OSDescription,
            Runtime = System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription,
        };
        File.WriteAllText(path, JsonSerializer.Serialize(new { Machine = machine, Results = results.ToArray() }, Options));
    }

    private static string? SuiteOf(BenchmarkReport report) =>
        report.BenchmarkCase.Descriptor.Type.GetCustomAttributes(typeof(SuiteAttribute), inherit: false).Cast<SuiteAttribute>().FirstOrDefault()?.Name;
}
