using BenchmarkDotNet.Loggers;

namespace LowLatency.Benchmarks;

/// <summary>Of all that BenchmarkDotNet says, lets through which benchmark runs and what went wrong.</summary>
internal sealed class ProgressLogger : ILogger
{
    private const string Benchmark = "// Benchmark: ";

    public string Id => nameof(ProgressLogger);

    public int Priority => 0;

    public void Write(LogKind logKind, string text)
    {
        if (logKind == LogKind.Error) Console.Error.Write(text);
    }

    public void WriteLine() => Write(LogKind.Default, Environment.NewLine);

    public void WriteLine(LogKind logKind, string text)
    {
        if (logKind == LogKind.Error) Console.Error.WriteLine(text);
        else if (text.StartsWith(Benchmark, StringComparison.Ordinal)) Console.WriteLine($"  {text[Benchmark.Length..].Split(':')[0]}");
    }

    public void Flush() => Console.Out.Flush();
}
