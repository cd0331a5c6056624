using LowLatency.Core.Agents;
using LowLatency.Core.Rings;
using LowLatency.Market.Streams;

namespace LowLatency.Engine.Tests;

/// <summary>Copies every published byte but definitions'; it gates the ring, so that a small ring loses nothing.</summary>
internal sealed class Collector : Agent
{
    private readonly BroadcastReader _reader;
    private readonly MemoryStream _bytes = new();
    private readonly byte[] _room = new byte[4096];

    public Collector(PublishedStreams streams, Parker parker) => _reader = streams.Ring.AddGatingReader(parker);

    public override string Name => "collector";

    public bool IsDone => !_reader.HasRecords();

    public byte[] Bytes => _bytes.ToArray();

    public override bool HasWork() => _reader.HasRecords();

    public override int DoWork()
    {
        int length = _reader.Read(_room);
        _bytes.Write(PublishedRecords.WithoutDefinitions(_room[..length]));
        return length;
    }
}
