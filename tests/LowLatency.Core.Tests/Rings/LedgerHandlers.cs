using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

/// <summary>Checks batches, and throws when a whole batch has been checked.</summary>
internal struct LedgerBatches<T>(StressLedger ledger) : IBatchHandler<T>
    where T : unmanaged, ITestEvent
{
    public readonly void OnBatch(ReadOnlySpan<T> events, in BatchMark mark)
    {
        for (int i = 0; i < events.Length; i++) ledger.Check(in events[i], mark.First + i);
        ledger.Chance(events.Length);
    }
}

/// <summary>Checks events, and throws at single ones.</summary>
internal struct LedgerEvents<T>(StressLedger ledger) : IEventHandler<T>
    where T : unmanaged, ITestEvent
{
    public readonly void OnEvent(in T value, long sequence, bool endOfBatch)
    {
        ledger.Check(in value, sequence);
        ledger.Chance(1);
    }
}
