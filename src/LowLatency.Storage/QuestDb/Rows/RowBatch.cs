using LowLatency.Storage.QuestDb.Protocol;

namespace LowLatency.Storage.QuestDb.Rows;

/// <summary>Rows of one table, encoded, with the place where each begins: a line break cannot tell, for binary values can hold one.</summary>
internal sealed class RowBatch(string table, IlpVersion version)
{
    private const int FixedRoom = 1024;

    private int[] _starts = new int[1024];
    private IlpTimestamp _timestamp = new();

    /// <summary>The table.</summary>
    public string Table { get; } = table;

    /// <summary>The bytes.</summary>
    public IlpBuffer Bytes { get; } = new();

    /// <summary>How many rows there are.</summary>
    public int Rows { get; private set; }

    /// <summary>Where a row begins; of the number of rows, where the last one ends.</summary>
    public int StartOf(int row) => row == Rows ? Bytes.Length : _starts[row];

    /// <summary>Begins a row.</summary>
    /// <param name="literals">Bytes of its texts, above what columns and numbers need.</param>
    public IlpRow Begin(int literals) => new(Bytes.Reserve(FixedRoom + literals), version);

    /// <summary>Ends a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="ns">Its time, nanoseconds since 1970.</param>
    public void End(ref IlpRow row, long ns)
    {
        row.End(ref _timestamp, ns);
        if (Rows == _starts.Length) Array.Resize(ref _starts, Rows * 2);
        _starts[Rows++] = Bytes.Length;
        Bytes.Advance(row.Length);
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        Rows = 0;
        Bytes.Truncate(0);
    }
}
