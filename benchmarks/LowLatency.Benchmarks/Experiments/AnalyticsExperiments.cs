using LowLatency.Benchmarks.Chain;
using LowLatency.Benchmarks.Kernels;
using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Peers.Python;
using LowLatency.Benchmarks.Peers.Tulip;
using LowLatency.Market.Records;

namespace LowLatency.Benchmarks.Experiments;

/// <summary>The experiments of suite analytics, in the order in which they run.</summary>
internal static class AnalyticsExperiments
{
    private const string Suite = "analytics";

    private static readonly TickFile Btc = new("crypto_binance_perp_20240719_20240808.csv.gz", "BTCUSDT");
    private static readonly TickFile Spy = new("us_equity_spy_trades_20131008.csv.gz", "SPY");

    /// <summary>All of them.</summary>
    public static Experiment[] All { get; } =
    [
        Chain("chain-spy", "the whole chain on one core over a day of SPY's trades, over and over", Metric.Throughput, Spy),
        Chain("chain-btcusdt", "the whole chain on one core over BTCUSDT's trades and quotes, over and over (the Python service: trades alone)", Metric.Throughput, Btc),
        Chain("chain-trade", "the same, what a trade of BTCUSDT takes", Metric.Cost, Btc, RecordType.Trade),
        Chain("chain-quote", "the same, what a quote of BTCUSDT takes", Metric.Cost, Btc, RecordType.Quote),
        .. from kernel in KernelCase.All
           select new Experiment(Suite, $"kernel-{kernel.TulipName}", $"{kernel.Name} over a million bars", Metric.Cost, _ => [new BatchKernel(kernel), new StreamingKernel(kernel), new TulipKernel(kernel)]) { IsOneThread = true },
        .. from count in new[] { 1, 10, 100, 1_000, 10_000 }
           select new Experiment(Suite, $"instruments-{count}", "the whole chain on one core over made-up ticks of many instruments by turns", Metric.Cost, _ => [new InstrumentsRun(count)]) { IsOneThread = true },
    ];

    private static Experiment Chain(string name, string about, Metric metric, TickFile file, params RecordType[] kinds) =>
        new(Suite, name, about, metric, _ => [new ChainRun("LowLatency, default settings", file, kinds), .. kinds.Contains(RecordType.Quote) ? (Contender[])[] : [new PythonChain(file)]]) { MustNotAllocate = true, IsOneThread = true };
}
