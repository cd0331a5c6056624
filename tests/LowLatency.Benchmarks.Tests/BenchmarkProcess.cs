using System.Diagnostics;

namespace LowLatency.Benchmarks.Tests;

/// <summary>The benchmarks' program, run to its end.</summary>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record BenchmarkProcess(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static async Task<BenchmarkProcess> RunAsync(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "LowLatency.Benchmarks.dll");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
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
