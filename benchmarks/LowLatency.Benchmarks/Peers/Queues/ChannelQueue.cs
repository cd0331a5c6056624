using System.Threading.Channels;
using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Peers.Queues;

/// <summary>A bounded channel.</summary>
internal readonly struct ChannelQueue(bool singleWriter) : IEventQueue
{
    private readonly Channel<LabEvent> _channel = Channel.CreateBounded<LabEvent>(new BoundedChannelOptions(Contender.Capacity) { SingleReader = true, SingleWriter = singleWriter });

    public bool TryWrite(in LabEvent sent) => _channel.Writer.TryWrite(sent);

    public bool TryRead(out LabEvent taken) => _channel.Reader.TryRead(out taken);
}
