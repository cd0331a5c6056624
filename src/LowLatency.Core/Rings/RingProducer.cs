using LowLatency.Core.Agents;

namespace LowLatency.Core.Rings;

/// <summary>A producer that waits for room with an idle strategy, for threads that have nothing else to do meanwhile. It belongs to one thread.</summary>
/// <typeparam name="T">The ring's event.</typeparam>
/// <typeparam name="TIdle">How to wait.</typeparam>
public sealed class RingProducer<T, TIdle>
    where T : unmanaged
    where TIdle : struct, IIdleStrategy
{
    private readonly Parker _parker;
    private readonly RoomAgent _room;
    private readonly Agent[] _agents;
    private TIdle _idle;

    /// <summary>Makes a producer.</summary>
    /// <param name="ring">The ring.</param>
    /// <param name="idle">How to wait while it is full.</param>
    /// <param name="parker">Where the thread sleeps, if the strategy lets it; consumers wake it there.</param>
    public RingProducer(RingBuffer<T> ring, TIdle idle, Parker parker)
    {
        Ring = ring;
        _idle = idle;
        _parker = parker;
        _room = new RoomAgent(ring);
        _agents = [_room];
        ring.AddProducer(parker);
    }

    /// <summary>The ring.</summary>
    public RingBuffer<T> Ring { get; }

    /// <summary>Claims <paramref name="count"/> consecutive slots and waits until there is room for them. What is claimed must be published.</summary>
    /// <param name="count">Number of slots, from 1 to the capacity.</param>
    /// <param name="first">The first claimed sequence.</param>
    /// <returns>False when the ring is closed, before or during the wait; nothing is claimed then.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or above the capacity.</exception>
    public bool Claim(int count, out long first)
    {
        if (Ring.TryClaim(count, out first)) return true;
        _room.Count = count;
        do
        {
            if (Ring.IsClosed) return false;
            _idle.Idle(_parker, _agents);
        }
        while (!Ring.TryClaim(count, out first));
        _idle.Reset();
        return true;
    }

    /// <summary>Tells the parker whether there is room.</summary>
    private sealed class RoomAgent(RingBuffer<T> ring) : Agent
    {
        public int Count { get; set; }

        public override string Name => "room";

        public override int DoWork() => 0;

        public override bool HasWork() => ring.HasRoom(Count);
    }
}
