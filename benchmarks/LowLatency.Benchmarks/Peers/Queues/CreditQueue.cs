using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Memory;

namespace LowLatency.Benchmarks.Peers.Queues;

/// <summary>A ConcurrentQueue bounded by counters on both sides, looked at only when a writer's credit is used up.</summary>
internal readonly struct CreditQueue(int writers) : IEventQueue
{
    private readonly Credit _credit = new();
    private readonly int _writers = writers;
    private readonly long _share = Contender.Capacity / writers;

    public bool TryWrite(in LabEvent sent)
    {
        ref PaddedLong written = ref _credit.Written[sent.Producer];
        ref PaddedLong seen = ref _credit.SeenTaken[sent.Producer];
        if (written.Value - seen.Value >= _share)
        {
            // Of several writers each knows only its own events and the sum of what was taken; its part of that is near enough for a bound.
            seen.Value = Volatile.Read(ref _credit.Taken.Value) / _writers;
            if (written.Value - seen.Value >= _share) return false;
        }

        written.Value++;
        _credit.Events.Enqueue(sent);
        return true;
    }

    public bool TryRead(out LabEvent taken)
    {
        if (!_credit.Events.TryDequeue(out taken)) return false;
        Volatile.Write(ref _credit.Taken.Value, _credit.Taken.Value + 1);
        return true;
    }
}
