namespace LowLatency.Storage.QuestDb.Sending;

/// <summary>What a writer has done so far. Any thread may read; the writer's alone writes.</summary>
public sealed class WriterCounters
{
    private long _recordsTaken;
    private long _recordsSkipped;
    private long _rowsSent;
    private long _rowsAcknowledged;
    private long _requests;
    private long _retries;
    private long _rowsQuarantined;
    private long _errors;
    private long _lagNs = -1;
    private string _lastError = "";

    /// <summary>Records read from the source.</summary>
    public long RecordsTaken => Volatile.Read(ref _recordsTaken);

    /// <summary>Those of them that no table takes: open bars, values of open bars, records that are not published.</summary>
    public long RecordsSkipped => Volatile.Read(ref _recordsSkipped);

    /// <summary>Rows sent, each attempt counted.</summary>
    public long RowsSent => Volatile.Read(ref _rowsSent);

    /// <summary>Rows that the server has.</summary>
    public long RowsAcknowledged => Volatile.Read(ref _rowsAcknowledged);

    /// <summary>Requests with rows, each attempt counted.</summary>
    public long Requests => Volatile.Read(ref _requests);

    /// <summary>Attempts after a failed one, of requests with rows and of questions at the start.</summary>
    public long Retries => Volatile.Read(ref _retries);

    /// <summary>Rows that the server refused, and that were set aside.</summary>
    public long RowsQuarantined => Volatile.Read(ref _rowsQuarantined);

    /// <summary>Everything that went wrong, retries and refusals included.</summary>
    public long Errors => Volatile.Read(ref _errors);

    /// <summary>What went wrong last; empty: nothing so far.</summary>
    public string LastError => Volatile.Read(ref _lastError);

    /// <summary>How long after the latest event of the last acknowledged records they were acknowledged, in nanoseconds; -1 before that.</summary>
    public long LagNs => Volatile.Read(ref _lagNs);

    internal void Taken(long records, long skipped)
    {
        Volatile.Write(ref _recordsTaken, _recordsTaken + records);
        Volatile.Write(ref _recordsSkipped, _recordsSkipped + skipped);
    }

    internal void Request(int rows)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _rowsSent, rows);
    }

    internal void Acknowledged(int rows) => Interlocked.Add(ref _rowsAcknowledged, rows);

    internal void Quarantined(int rows) => Interlocked.Add(ref _rowsQuarantined, rows);

    internal void Retry() => Interlocked.Increment(ref _retries);

    internal void Lag(long ns) => Volatile.Write(ref _lagNs, ns);

    internal void Error(string message)
    {
        Volatile.Write(ref _lastError, message);
        Interlocked.Increment(ref _errors);
    }
}
