using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using LowLatency.Feeds.Settings;
using LowLatency.Market.Instruments;

namespace LowLatency.Feeds.Csv;

/// <summary>
/// Replays tick files, CSV plain or compressed with gzip, one after another. Every data row gives exactly one record, in the file's order: a trade,
/// a quote, a clock event, or, when it cannot be read, a malformed record that keeps its place. Blank lines give none.
/// </summary>
/// <remarks>
/// A thread of its own reads and decompresses; the agent's thread parses complete lines in place into claimed slots. What is wrong with rows and
/// files never stops the run: see <see cref="RowProblems"/> and <see cref="FileProblems"/>, which any thread may read, as it may every counter.
/// </remarks>
public sealed class TickCsvFeed : Feed, IDisposable
{
    private const int MaxRowsPerCycle = 1024;
    private const int MaxRowProblems = 10;
    private const int MaxProblemText = 80;

    private readonly string[] _paths;
    private readonly string _symbol;
    private readonly byte[] _symbolBytes;
    private readonly ReplaySpeed _speed;
    private readonly FileReadingThread _thread;
    private readonly NameCache _instrumentIds;
    private readonly NameCache _sourceIds;
    private readonly LineMap _lines = new();
    private readonly LineCarry _carry = new();
    private readonly int _maxRows;
    private byte _csvSource;
    private ReplayPacer _pacer;
    private RowProblem[] _rowProblems = [];
    private FileProblem[] _fileProblems = [];
    private long _rows;
    private long _malformedRows;
    private long _skipped;
    private long _located;

    // Of the file being replayed.
    private int _fileIndex;
    private FileBytes? _file;
    private CsvLayout? _layout;
    private RowBlock? _block;
    private TickRowParser? _parser;
    private long _line;
    private long _fileRows;
    private long _taken;
    private bool _waits;
    private bool _abandoned;

    /// <summary>Makes a replay. The files are opened by <see cref="OnStart"/> and after it.</summary>
    /// <param name="context">What every feed is given.</param>
    /// <param name="settings">The files, the speed and the symbol.</param>
    /// <exception cref="ArgumentException">A setting is wrong or a file cannot be read: the first of what <see cref="Validate"/> says.</exception>
    public TickCsvFeed(FeedContext context, ReplaySettings settings)
        : this(context, settings, FileReadingThread.DefaultBlockBytes)
    {
    }

    /// <summary>Makes a replay that reads blocks of another size: for tests.</summary>
    internal TickCsvFeed(FeedContext context, ReplaySettings settings, int blockBytes)
        : base(context)
    {
        IReadOnlyList<string> mistakes = Validate(settings);
        if (mistakes.Count > 0) throw new ArgumentException(mistakes[0], nameof(settings));
        _paths = [.. settings.Files];
        _symbol = settings.Symbol;
        _symbolBytes = Encoding.UTF8.GetBytes(settings.Symbol);
        _speed = ReplaySpeed.TryParse(settings.Speed, out ReplaySpeed speed) ? speed : default;
        _pacer = new ReplayPacer(_speed, (long)(settings.MaxGapSeconds * 1e9));
        _thread = new FileReadingThread(_paths, Parker, blockBytes);
        _instrumentIds = new NameCache(Instruments);
        _sourceIds = new NameCache(Sources);
        _maxRows = Math.Min(RowBlock.MaxRows, Ring.Capacity);
    }

    /// <inheritdoc/>
    public override string Name => "replay";

    /// <summary>Data rows seen: those published, malformed ones included, and those <see cref="Skipped"/>.</summary>
    public long Rows => Volatile.Read(ref _rows);

    /// <summary>Rows that could not be read and were published as malformed records.</summary>
    public long MalformedRows => Volatile.Read(ref _malformedRows);

    /// <summary>Rows of other symbols than the one that the settings name.</summary>
    public long Skipped => Volatile.Read(ref _skipped);

    /// <summary>The first ten malformed rows.</summary>
    public IReadOnlyList<RowProblem> RowProblems => Volatile.Read(ref _rowProblems);

    /// <summary>The files that were not replayed whole.</summary>
    public IReadOnlyList<FileProblem> FileProblems => Volatile.Read(ref _fileProblems);

    /// <summary>What the reading thread has allocated on the managed heap, as of the last file it ended.</summary>
    internal long ReaderAllocatedBytes => _thread.AllocatedBytes;

    /// <summary>What is wrong when all rows were of other symbols than the settings name; else null. For when the feed has ended: it reads the files again.</summary>
    public string? SymbolProblem => Rows == 0 || Skipped < Rows ? null : FileSymbols.Missing(_symbol, Rows, _paths);

    /// <summary>Looks for mistakes in settings before anything starts: that there are files, that they can be opened, and that speed and symbol make sense.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>A text for each mistake; none when all is well.</returns>
    public static IReadOnlyList<string> Validate(ReplaySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var mistakes = new List<string>();
        if (settings.Files.Length == 0) mistakes.Add("There is no file to replay: name at least one.");
        foreach (string path in settings.Files)
        {
            try
            {
                using FileStream file = File.OpenRead(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                mistakes.Add(
                    Directory.Exists(path) ? $"The file {path} cannot be read: it is a folder."
                    : e is FileNotFoundException or DirectoryNotFoundException ? $"The file {path} does not exist."
                    : $"The file {path} cannot be read: {e.Message}");
            }
        }

        if (!ReplaySpeed.TryParse(settings.Speed, out _)) mistakes.Add($"The speed {settings.Speed} is not one of: {ReplaySpeed.Allowed}.");
        if (settings.Symbol.Length > 0 && !NameTable.IsValid(Encoding.UTF8.GetBytes(settings.Symbol)))
            mistakes.Add($"The symbol {settings.Symbol} is not 1 to {NameTable.MaxNameBytes} printable ASCII characters without space, comma and quote.");
        if (!(settings.MaxGapSeconds >= 0 && settings.MaxGapSeconds <= 86_400)) mistakes.Add($"The longest gap {settings.MaxGapSeconds} s is not from 0 to 86400 s.");
        return mistakes;
    }

    /// <summary>Finds the row that a record came from, so that what is rejected further on can be named.</summary>
    /// <param name="recordIndex">The record's index among all that this feed has published, from 0.</param>
    /// <returns>The file's path and the line, from 1; the header is line 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such record has been published.</exception>
    public (string File, long Line) Locate(long recordIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(recordIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(recordIndex, Volatile.Read(ref _located));
        _lines.TryLocate(recordIndex, out int file, out long line);
        return (_paths[file], line);
    }

    /// <inheritdoc/>
    public override void OnStart()
    {
        int source = _sourceIds.IdOf("csv"u8);
        _csvSource = source < 0 ? SourceTable.UnknownId : (byte)source;
        _thread.Start();
    }

    /// <inheritdoc/>
    public override void OnClose() => Dispose();

    /// <summary>Ends the thread that reads the files. The agent's end does the same.</summary>
    public void Dispose() => _thread.Dispose();

    /// <inheritdoc/>
    public override bool HasWork() => !Completed && !_waits && _file is { } file && (file.Written != _taken || file.Ended);

    /// <inheritdoc/>
    public override long IdleNs()
    {
        // The reading thread wakes us; a full ring gives no sign when it has room again.
        if (!_waits) return long.MaxValue;
        return _speed.IsMax ? 0 : _pacer.DueNs - Clock.MonotonicNs();
    }

    /// <inheritdoc/>
    public override int DoWork()
    {
        if (Completed) return 0;
        if (_waits && !_speed.IsMax && Clock.MonotonicNs() < _pacer.DueNs) return 0;
        _file ??= _thread.TryGet(_fileIndex);
        if (_file is null || !_file.Reader.TryRead(out ReadResult result)) return 0;

        ReadOnlySequence<byte> buffer = result.Buffer;
        long publishedBefore = Published;
        int used = Use(FirstText(buffer));
        _taken += used;
        bool ended = _abandoned || (result.IsCompleted && used == buffer.Length && EndFile(_file));
        if (ended) NextFile(_file);
        else _file.Reader.AdvanceTo(buffer.GetPosition(used));
        return (int)(Published - publishedBefore) + used + (ended ? 1 : 0);
    }

    /// <summary>The first bytes of a buffer. Its first segment can be empty: the pipe leaves it behind when a reader is as far as the writer was.</summary>
    private static ReadOnlySpan<byte> FirstText(in ReadOnlySequence<byte> buffer)
    {
        SequencePosition at = buffer.Start;
        while (buffer.TryGet(ref at, out ReadOnlyMemory<byte> segment))
        {
            if (!segment.IsEmpty) return segment.Span;
        }

        return default;
    }

    /// <summary>Goes through a buffer's text as far as room and time allow.</summary>
    /// <returns>How many bytes are done with.</returns>
    private int Use(ReadOnlySpan<byte> text)
    {
        int used = 0;
        int rowsLeft = MaxRowsPerCycle;
        _waits = false;
        while (rowsLeft > 0 && !_abandoned)
        {
            if (_carry.IsWhole)
            {
                if (!UseCarry()) return used;
                rowsLeft--;
                continue;
            }

            ReadOnlySpan<byte> rest = text[used..];
            if (rest.IsEmpty) return used;
            if (!_carry.IsEmpty || _block is null)
            {
                used += _carry.Take(rest);
                // A first line that is no header is no reason to read the rest of what may have no end.
                if (_block is null && _carry.IsTooLong) ReadHeader(_carry.Text);
                continue;
            }

            _block.Outline(rest, Math.Min(_maxRows, rowsLeft));
            if (_block.Lines == 0)
            {
                used += _carry.Take(rest);
                continue;
            }

            used += PublishBlock(rest, out int rows);
            if (_waits) return used;
            rowsLeft -= rows;
        }

        return used;
    }

    private bool UseCarry()
    {
        if (_block is null)
        {
            ReadHeader(_carry.Text[..^1]);
        }
        else
        {
            _block.Outline(_carry.Text, 1);
            PublishBlock(_carry.Text, out _);
            if (_waits) return false;
        }

        _carry.Clear();
        return true;
    }

    private void ReadHeader(ReadOnlySpan<byte> line)
    {
        if (line.EndsWith("\r"u8)) line = line[..^1];
        _line = 2;
        if (line.Length > RowBlock.MaxRowBytes)
        {
            AddFileProblem("the first line is longer than 64 KiB: expected a header such as " + CsvLayout.Example);
        }
        else if (CsvLayout.TryParse(line, _symbol, out _layout, out string problem))
        {
            _parser = new TickRowParser(_layout!, _symbolBytes, _instrumentIds, _sourceIds, _csvSource);
            int filter = _symbol.Length == 0 ? -1 : _layout![CsvColumn.Symbol];
            _block = new RowBlock(_layout!.Header.Length, filter, _symbolBytes);
            return;
        }
        else
        {
            AddFileProblem(problem);
        }

        _abandoned = true;
    }

    /// <summary>Publishes what is due of the outlined block, when the ring has room for it.</summary>
    /// <returns>How many bytes are done with.</returns>
    private int PublishBlock(ReadOnlySpan<byte> text, out int rows)
    {
        RowBlock block = _block!;
        ReplayPacer pacer = _pacer;
        rows = _speed.IsMax ? block.Count : CountDue(text, block);
        _waits = rows < block.Count;
        if (rows == 0) return _waits ? 0 : Pass(block.Bytes, block.Lines, block.Skipped);
        if (!Ring.TryClaim(rows, out long first))
        {
            _pacer = pacer;
            _waits = true;
            rows = 0;
            return 0;
        }

        Fill(text, block, first, rows);
        // A reader that sees a record on the ring can already locate it.
        Volatile.Write(ref _located, Published + rows);
        _fileRows += rows;
        Volatile.Write(ref _rows, _rows + rows);
        PublishClaim(first, rows);
        if (rows == block.Count) return Pass(block.Bytes, block.Lines, block.Skipped);
        ref readonly RowBlock.Row last = ref block[rows - 1];
        return Pass(last.After, last.Line + 1, last.SkippedBefore);
    }

    private void Fill(ReadOnlySpan<byte> text, RowBlock block, long first, int rows)
    {
        TickRowParser parser = _parser!;
        int file = _file!.Index;
        long record = Published;
        for (int row = 0; row < rows; row++)
        {
            long line = _line + block[row].Line;
            _lines.Add(record + row, file, line);
            if (!parser.Parse(text, block, row, ref Ring[first + row])) AddRowProblem(text, block, row, line);
        }
    }

    private int Pass(int bytes, int lines, int skipped)
    {
        _line += lines;
        if (skipped == 0) return bytes;
        _fileRows += skipped;
        Volatile.Write(ref _skipped, _skipped + skipped);
        Volatile.Write(ref _rows, _rows + skipped);
        return bytes;
    }

    private int CountDue(ReadOnlySpan<byte> text, RowBlock block)
    {
        long nowNs = Clock.MonotonicNs();
        int row = 0;
        while (row < block.Count && _pacer.IsDue(_parser!.EventNs(text, block, row), nowNs)) row++;
        return row;
    }

    /// <summary>Does what is left to do when all of a file's bytes have been used.</summary>
    /// <returns>False when the last line waits for room or time.</returns>
    private bool EndFile(FileBytes file)
    {
        // A file's last line may lack its end; that of a damaged file is not whole.
        if (!_carry.IsEmpty && !_carry.IsWhole && file.Problem is null) _carry.EndLine();
        if (_carry.IsWhole && !UseCarry()) return false;
        if (_abandoned) return true;
        if (file.Problem is { } problem)
        {
            AddFileProblem(_fileRows == 0
                ? $"{problem} before the first row; nothing was processed"
                : $"{problem} after row {_fileRows} (line {_line - 1}); the {_fileRows} rows before it were processed");
        }
        else if (_block is null)
        {
            AddFileProblem("the file is empty: expected a header such as " + CsvLayout.Example);
        }

        return true;
    }

    private void NextFile(FileBytes file)
    {
        file.Reader.Complete();
        _thread.Release();
        _carry.Clear();
        _file = null;
        _layout = null;
        _block = null;
        _parser = null;
        _line = 0;
        _fileRows = 0;
        _taken = 0;
        _waits = false;
        _abandoned = false;
        if (++_fileIndex == _paths.Length) Complete();
    }

    private void AddRowProblem(ReadOnlySpan<byte> text, RowBlock block, int row, long line)
    {
        Volatile.Write(ref _malformedRows, _malformedRows + 1);
        if (_rowProblems.Length == MaxRowProblems) return;
        ref readonly RowBlock.Row outline = ref block[row];
        int column = _parser!.ProblemColumn;
        ReadOnlySpan<byte> shown = column < 0 ? text[outline.Start..outline.End] : block.Fields(text, row)[column];
        if (shown.Length > MaxProblemText) shown = shown[..MaxProblemText];
        string name = column < 0 ? "" : _layout!.Header[column];
        RowProblem[] problems = [.. _rowProblems, new RowProblem(_file!.Path, line, name, Encoding.UTF8.GetString(shown), _parser.Problem)];
        Volatile.Write(ref _rowProblems, problems);
    }

    private void AddFileProblem(string message)
    {
        FileProblem[] problems = [.. _fileProblems, new FileProblem(_file!.Path, message)];
        Volatile.Write(ref _fileProblems, problems);
    }
}
