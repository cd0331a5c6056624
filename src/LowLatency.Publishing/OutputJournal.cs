using LowLatency.Core.Agents;
using LowLatency.Core.Counters;
using LowLatency.Core.Errors;
using LowLatency.Core.Rings;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;
using LowLatency.Storage.Journal;

namespace LowLatency.Publishing;

/// <summary>
/// Writes everything that an engine publishes to its output journal: two journals side by side, one for records of 64 bytes and one for those of 128, and a third that repeats the
/// definitions and is kept for ever. It gates the ring: a disk that is
/// full pauses the engine, and nothing is lost. Marks are positions in the ring, counted on from what the journal had before.
/// </summary>
public sealed class OutputJournal : Agent
{
    private const int ReadBytes = 64 * 1024;
    private const int NamesLane = 0;
    private const int LongerLane = 1;
    private const int ShorterLane = 2;

    private readonly BroadcastReader _reader;
    private readonly OutputLane[] _lanes;
    private readonly IErrorHandler _errors;
    private readonly byte[] _records = new byte[ReadBytes];
    private readonly Parker _parker;
    private readonly PublishedStreams _streams;
    private long _taken;
    private bool _isWaiting;

    /// <summary>Opens the journal, which is this process's alone then; to be made before the engine publishes.</summary>
    /// <param name="streams">What is published.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="parker">Where the agent's thread sleeps.</param>
    /// <param name="errors">Is told when the disk takes no more, and when it does again.</param>
    /// <exception cref="JournalException">The journal is damaged, of a newer format, or another process has it.</exception>
    /// <exception cref="IOException">There is no room.</exception>
    public OutputJournal(PublishedStreams streams, OutputJournalSettings settings, Parker parker, IErrorHandler errors)
    {
        ArgumentNullException.ThrowIfNull(streams);
        ArgumentNullException.ThrowIfNull(settings);
        _streams = streams;
        _parker = parker;
        _errors = errors;
        _lanes = Open(settings, streams.Epoch);
        Base = Math.Max(0, _lanes.Max(l => l.Mark));
        _reader = streams.Ring.AddGatingReader(parker);
    }

    /// <inheritdoc/>
    public override string Name => "output-journal";

    /// <summary>The mark at which this run of the engine began: a record's mark is at least this and the position in the ring behind it.</summary>
    public long Base { get; }

    /// <summary>Records written in this run. Any thread may ask, as for what follows.</summary>
    public long Records { get; private set; }

    /// <summary>Is set to <see cref="Records"/>; null for none. Set before the start, as the next.</summary>
    public Counter? RecordsCounter { get; set; }

    /// <summary>Is set to 1 while nothing can be written, else to 0; null for none.</summary>
    public Counter? PauseCounter { get; set; }

    /// <summary>Why nothing is written now, and the engine pauses; null while it writes.</summary>
    public string? Pause { get; private set; }

    /// <summary>Records that were cut off at the start because they were not whole.</summary>
    public long RecordsCut => _lanes.Sum(l => l.Recovery.RecordsCut);

    /// <summary>Whether everything committed so far is in the journal.</summary>
    public bool IsDrained => !_isWaiting && !_reader.HasRecords();

    /// <inheritdoc/>
    public override bool HasWork() => !_isWaiting && _reader.HasRecords();

    /// <inheritdoc/>
    public override int DoWork()
    {
        if (!_isWaiting)
        {
            int length = _reader.Read(_records);
            if (length == 0) return 0;
            for (int at = 0; at < length; _taken++)
            {
                int bytes = RecordLengths.Of((RecordType)_records[at]);
                if ((RecordType)_records[at] == RecordType.Definition) _lanes[NamesLane].Add(_records.AsSpan(at, bytes));
                _lanes[bytes == 64 ? ShorterLane : LongerLane].Add(_records.AsSpan(at, bytes));
                at += bytes;
            }
        }

        return Append() ? 1 : 0;
    }

    /// <inheritdoc/>
    public override void OnClose()
    {
        _streams.Ring.RemoveParker(_parker);
        foreach (OutputLane lane in _lanes) lane.Dispose();
    }

    // Names first: whoever finds a record finds what its ids stand for.
    private static OutputLane[] Open(OutputJournalSettings settings, uint epoch)
    {
        var opened = new List<OutputLane>();
        try
        {
            opened.Add(new OutputLane(settings, OutputLane.Names, 128, epoch, ReadBytes));
            opened.Add(new OutputLane(settings, OutputLane.NameOf(128), 128, epoch, ReadBytes));
            opened.Add(new OutputLane(settings, OutputLane.NameOf(64), 64, epoch, ReadBytes));
            return [.. opened];
        }
        catch
        {
            foreach (OutputLane lane in opened) lane.Dispose();
            throw;
        }
    }

    private bool Append()
    {
        // The mark is behind what is appended: all that lies before a mark is in entries before it.
        long mark = Base + _reader.Position;
        string? refusal = null;
        foreach (OutputLane lane in _lanes)
        {
            if (!lane.TryAppend(mark)) refusal = lane.Refusal ?? "the journal takes no records";
        }

        _isWaiting = refusal is not null;
        if (refusal is null)
        {
            Records = _taken;
            RecordsCounter?.Set(_taken);
        }

        if (refusal == Pause) return refusal is null;
        Pause = refusal;
        PauseCounter?.Set(refusal is null ? 0 : 1);
        _errors.OnError(Name, new IOException(refusal is null ? "The output journal is written again; the engine goes on." : $"The output journal cannot be written, and the engine pauses when its ring (engine.output_bytes) is full, until it can: {refusal}"));
        return refusal is null;
    }
}
