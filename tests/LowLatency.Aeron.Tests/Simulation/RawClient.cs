using LowLatency.Aeron.Buffers;
using LowLatency.Aeron.Protocol;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Tests.Simulation;

/// <summary>Speaks the control protocol byte by byte, and writes down what the driver tells.</summary>
internal sealed class RawClient : IMessageHandler, IDisposable
{
    private readonly MappedFile _file;
    private readonly CopyBroadcastReceiver _events;
    private readonly World _world;

    public RawClient(World world)
    {
        _world = world;
        _file = MappedFile.Open(Path.Combine(world.DriverDirectory, "cnc.dat"), writable: true);
        MemoryView all = _file.View;
        int toDriver = all.GetInt32(4);
        int toClients = all.GetInt32(8);
        ToDriver = new ManyToOneRingBuffer(all.Slice(128, toDriver));
        _events = new CopyBroadcastReceiver(all.Slice(128 + toDriver, toClients));
        Id = ToDriver.NextCorrelationId();
    }

    public long Id { get; }

    public ManyToOneRingBuffer ToDriver { get; }

    public List<(EventType Type, byte[] Body)> Events { get; } = [];

    public void OnMessage(int typeId, ReadOnlySpan<byte> body) => Events.Add(((EventType)typeId, body.ToArray()));

    /// <summary>Sends a command, gives the driver a turn, and returns what it then told.</summary>
    public List<(EventType Type, byte[] Body)> Send(int type, ReadOnlySpan<byte> body)
    {
        Assert.True(ToDriver.TryWrite(type, body));
        _world.Driver.Invoke();
        return Receive();
    }

    public List<(EventType Type, byte[] Body)> Receive()
    {
        Events.Clear();
        while (_events.Receive(this) != BroadcastStatus.Nothing)
        {
        }

        return [.. Events];
    }

    public CorrelatedMessage Next() => new(Id, ToDriver.NextCorrelationId());

    public void Dispose() => _file.Unmap();
}
