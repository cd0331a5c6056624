using System.Buffers.Text;
using System.Text;
using BenchmarkDotNet.Attributes;
using LowLatency.Feeds.Csv;

namespace LowLatency.Benchmarks.Feeds;

/// <summary>Reading prices: ours and the base library's, which both round correctly.</summary>
[Suite("feeds")]
public class DecimalBenchmarks
{
    private static readonly byte[][] Prices = [.. new[] { "190.21", "0.00012345", "64000.5", "100", "1.08875", "25000.123456" }.Select(Encoding.ASCII.GetBytes)];

    /// <summary>Ours.</summary>
    [Benchmark(OperationsPerInvoke = 6)]
    public double Ours()
    {
        double sum = 0;
        foreach (byte[] price in Prices)
        {
            if (DecimalText.TryParse(price, out double value)) sum += value;
        }

        return sum;
    }

    /// <summary>System.Buffers.Text.Utf8Parser.</summary>
    [Benchmark(OperationsPerInvoke = 6)]
    public double BaseLibrary()
    {
        double sum = 0;
        foreach (byte[] price in Prices)
        {
            if (Utf8Parser.TryParse(price, out double value, out _)) sum += value;
        }

        return sum;
    }
}
