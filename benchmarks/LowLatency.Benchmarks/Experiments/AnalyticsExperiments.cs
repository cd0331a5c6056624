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
        Chain("chain-btcusdt", "the whole chain on one core over BTCUSDT's trades and quotes, over and over", Metric.Throughput, Btc),
        Chain("chain-trade", "the same, what a trade of BTCUSDT takes", Metric.Cost, Btc, RecordType.Trade),
        Chain("chain-quote", "the same, what a quote of BTCUSDT takes", Metric.Cost, Btc, RecordType.Quote),
        .. KernelCase.All.Select(Kernel),
        .. new[] { 1, 10, 100, 1_000, 10_000 }.Select(Instruments),
    ];

    // The Python service knows trades only: it is a peer where there are no quotes.
    private static Experiment Chain(string name, string about, Metric metric, TickFile file, params RecordType[] kinds)
    {
        bool hasPeer = file == Spy || kinds is [RecordType.Trade];
        Contender[] Make(LabSession session) => [new ChainRun("LowLatency", file, kinds), .. hasPeer ? (Contender[])[new PythonChain(file)] : []];
        return new(Suite, name, about, metric, Make) { MustNotAllocate = true, IsOneThread = true };
    }

    private static Experiment Kernel(KernelCase kernel)
    {
        Contender[] Make(LabSession session) => [new BatchKernel(kernel), new StreamingKernel(kernel), new TulipKernel(kernel)];
        return new(Suite, $"kernel-{kernel.TulipName}", $"{kernel.Name} over a million bars", Metric.Cost, Make) { IsOneThread = true };
    }

    private static Experiment Instruments(int count)
    {
        const string about = "the whole chain on one core over made-up ticks of many instruments by turns";
        return new(Suite, $"instruments-{count}", about, Metric.Cost, _ => [new InstrumentsRun(count)]) { MustNotAllocate = true, IsOneThread = true };
    }
}
