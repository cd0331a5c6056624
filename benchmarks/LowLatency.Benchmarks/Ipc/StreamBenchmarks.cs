using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using LowLatency.Aeron.Client;
using LowLatency.Benchmarks.Peers.Official;

namespace LowLatency.Benchmarks.Ipc;

/// <summary>Offers and polls of one thread, the driver's turn in between: what they cost without the way between two cores.</summary>
[Suite("aeron")]
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001", Justification = "The clean-up of BenchmarkDotNet disposes it.")]
public class StreamBenchmarks
{
    private const int Messages = 1000;

    private readonly byte[] _message = new byte[64];
    private IpcStation? _station;
    private ExclusivePublication? _exclusive;
    private ConcurrentPublication? _concurrent;
    private Subscription? _subscription;
    private MessageTally _tally;

    /// <summary>Opens streams.</summary>
    [GlobalSetup]
    public void Open()
    {
        _station = new IpcStation(DriverKind.SubscribersThread);
        using IDisposable? turns = _station.Turns();
        _subscription = _station.Client.AddSubscription("aeron:ipc", 1);
        _exclusive = _station.Client.AddExclusivePublication("aeron:ipc?term-length=1m", 1);
        _concurrent = _station.Client.AddPublication("aeron:ipc?term-length=1m", 1);
        OfficialPrograms.Await(() => _subscription.Images.Count == 2 && _exclusive.IsConnected && _concurrent.IsConnected ? _station : null, "the images");
    }

    /// <summary>Closes them.</summary>
    [GlobalCleanup]
    public void Close() => _station?.Dispose();

    /// <summary>To an exclusive publication.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public void ExclusiveOfferAndPoll()
    {
        IpcLoops.Offer(_exclusive!, _message, 0, Messages);
        Take();
    }

    /// <summary>To a concurrent publication.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public void ConcurrentOfferAndPoll()
    {
        IpcLoops.Offer(_concurrent!, _message, 0, Messages);
        Take();
    }

    private void Take()
    {
        _station!.Driver.Invoke();
        for (int left = Messages; left > 0;) left -= _subscription!.Poll(ref _tally, IpcLoops.FragmentLimit);
    }
}
