using System.Runtime.InteropServices;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;
using LowLatency.Storage.Journal;

namespace LowLatency.Publishing;

/// <summary>Brings a mirror from the output journal what it has missed. One thread's own; opened where records are missing, closed when there are none.</summary>
internal sealed class JournalCatchUp
{
    private const int RecordsInStep = 1024;

    private readonly MirrorWriter _mirror;
    private readonly DefinitionReader _definitions;

    // Definitions are in the longer ones, and are there before the ticks that refer to them.
    private readonly JournalReader _long;
    private readonly JournalReader _short;

    /// <summary>Opens the journal at a mark.</summary>
    /// <param name="folder">The engine's <c>journal.dir</c>.</param>
    /// <param name="mark">Everything before it is there.</param>
    /// <param name="mirror">Where records go.</param>
    /// <param name="definitions">Where definitions go.</param>
    /// <exception cref="JournalException">There is no journal, or it cannot be read.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    public JournalCatchUp(string folder, long mark, MirrorWriter mirror, DefinitionReader definitions)
    {
        _mirror = mirror;
        _definitions = definitions;
        string path = Path.GetFullPath(folder);
        _long = JournalReader.Open(path, OutputLane.NameOf(128));
        try
        {
            _short = JournalReader.Open(path, OutputLane.NameOf(64));
            _long.SeekMark(mark);
            _short.SeekMark(mark);
        }
        catch
        {
            _long.Dispose();
            _short?.Dispose();
            throw;
        }
    }

    /// <summary>Whether all that the journal has now has been read.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Records read.</summary>
    public long Read { get; private set; }

    /// <summary>Reads a piece.</summary>
    /// <returns>How many records were read.</returns>
    public int Step()
    {
        int longer = Step(_long);
        // All definitions that are there come before the ticks that are read now.
        int shorter = _long.State == JournalReaderState.AtEnd ? Step(_short) : 0;
        IsAtEnd = longer + shorter == 0 && _short.State == JournalReaderState.AtEnd;
        Read += longer + shorter;
        return longer + shorter;
    }

    /// <summary>Closes the journal.</summary>
    public void Close()
    {
        _long.Dispose();
        _short.Dispose();
    }

    private int Step(JournalReader reader)
    {
        long position = reader.Position;
        ReadOnlySpan<byte> records = reader.Next(RecordsInStep);
        if (reader.State == JournalReaderState.Gone)
        {
            // Retention was faster: what it removed is missing, by q.
            reader.Seek(reader.FirstOrdinal);
            return 0;
        }

        int taken = 0;
        for (; !records.IsEmpty; records = records[reader.RecordBytes..], taken++)
        {
            if (!TryTake(records[..reader.RecordBytes])) break;
        }

        if (!records.IsEmpty) reader.Seek(position + taken);
        return taken;
    }

    private bool TryTake(ReadOnlySpan<byte> record)
    {
        if ((RecordType)record[0] == RecordType.Definition)
        {
            _definitions.Take(MemoryMarshal.AsRef<DefinitionRecord>(record));
            return true;
        }

        return _mirror.Knows(record) && _mirror.Write(record, begins: false, counts: true) == MirrorResult.Done;
    }
}
