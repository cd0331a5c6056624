using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Agents;
using LowLatency.Core.Rings;

namespace LowLatency.Benchmarks.Ours;

/// <summary>An event published into a ring whose consumer is parked.</summary>
internal sealed class RingWake : WakeContender
{
    private const int ParkMs = 1000;

    private readonly RingBuffer<LabEvent> _ring = new(Capacity, ProducerMode.Single);
    private readonly Parker _parker = new();
    private readonly RingConsumer<LabEvent> _consumer;
    private readonly Agent[] _agents;

    public RingWake()
        : base("LowLatency ring, parked consumer", Role.Ours)
    {
        _consumer = _ring.AddConsumer(_parker);
        _agents = [new Waiter(_consumer)];
    }

    protected override void Sleep()
    {
        while (_consumer.Poll(1).IsEmpty) _parker.Park(_agents, ParkMs);
        _consumer.Advance(1);
    }

    protected override void Wake()
    {
        if (!_ring.TryClaim(1, out long sequence)) throw new LabException("The ring is full, though every event was taken.");
        _ring.Publish(sequence, 1);
    }

    private sealed class Waiter(RingConsumer<LabEvent> consumer) : Agent
    {
        public override string Name => "waiter";

        public override int DoWork() => 0;

        public override bool HasWork() => consumer.HasEvents();
    }
}
