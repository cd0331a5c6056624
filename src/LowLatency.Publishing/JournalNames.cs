using System.Runtime.InteropServices;
using LowLatency.Core.Rings;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;
using LowLatency.Storage.Journal;

namespace LowLatency.Publishing;

/// <summary>The names of one epoch, from the journal that retention leaves alone.</summary>
internal sealed class JournalNames : IDisposable
{
    private const int RingBytes = 4096;

    private readonly JournalReader _reader;
    private readonly DefinitionReader _definitions;
    private readonly long _epoch;

    /// <summary>Reads what there is.</summary>
    /// <param name="folder">The journal's folder.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="maxInstruments">How many instruments there can be.</param>
    public JournalNames(string folder, long epoch, int maxInstruments)
    {
        _reader = JournalReader.Open(folder, OutputLane.Names);
        _definitions = new DefinitionReader(maxInstruments);
        _epoch = epoch;
        Read();
    }

    /// <summary>Reads what has come since.</summary>
    public void Read()
    {
        for (ReadOnlySpan<byte> records = _reader.Next(); !records.IsEmpty; records = _reader.Next())
        {
            if (_reader.Epoch != _epoch) continue;
            foreach (ref readonly DefinitionRecord definition in MemoryMarshal.Cast<byte, DefinitionRecord>(records)) _definitions.Take(in definition);
        }
    }

    /// <summary>The tables; of the kinds of bars and indicators those that have been read by now.</summary>
    /// <param name="epoch">The epoch.</param>
    public PublishedStreams Streams(uint epoch) => new(
        new BroadcastRing(RingBytes, RecordLengths.CellsByType),
        new ChannelTable(_definitions.Bars, _definitions.Indicators),
        _definitions.Instruments,
        _definitions.Sources,
        epoch,
        _definitions.Alerts);

    /// <summary>Closes the journal.</summary>
    public void Dispose() => _reader.Dispose();
}
