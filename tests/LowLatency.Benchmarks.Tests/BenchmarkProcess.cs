using System.Diagnostics;

namespace LowLatency.Benchmarks.Tests;

/// <summary>The benchmarks' program, run to its end.</summary>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record BenchmarkProcess(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static Task<BenchmarkProcess> RunAsync(params string[] arguments) => RunAsync(("LOWLATENCY_TEST", "1"), arguments);

    /// <summary>Runs it with a variable of its environment.</summary>
    public static async Task<BenchmarkProcess> RunAsync((string Name, string Value) variable, params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "LowLatency.Benchmarks.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[variable.Name] = variable.Value;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The benchmarks did not end within {Patience}: {string.Join(' ', arguments)}");
        }

        return new BenchmarkProcess(process.ExitCode, await output, await errors);
    }
}
