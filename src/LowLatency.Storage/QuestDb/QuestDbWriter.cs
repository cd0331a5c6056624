using LowLatency.Storage.QuestDb.Rows;
using LowLatency.Storage.QuestDb.Schema;
using LowLatency.Storage.QuestDb.Sending;

namespace LowLatency.Storage.QuestDb;

/// <summary>
/// Writes records into a QuestDB server's tables: each at least once, and once in the table, because the tables drop repeats. While one set of rows is on its way the next is
/// encoded. A server that is away is waited for, however long; the source's cursor moves only when the server has the rows, or when they were set aside.
/// </summary>
public sealed class QuestDbWriter : IDisposable
{
    private readonly QuestDbSettings _settings;
    private readonly RecordNames _names;
    private readonly IRecordSource _source;
    private readonly TimeProvider _time;
    private readonly QuestDbConnection _connection;
    private readonly QuestDbSchema _schema;
    private readonly PartitionCare _care;
    private readonly RowSender _sender;
    private readonly TimeSpan _flushInterval;
    private ServerCapabilities? _server;
    private RecordRows _filling = null!;
    private RecordRows _sending = null!;
    private long _position;
    private long _sendingPosition;
    private long _fillingSince;
    private long _caredAt;
    private bool _isCaredFor;
    private bool _hasEnded;
    private Task? _request;
    private Task? _waiting;

    /// <summary>Makes one; nothing is sent before it runs.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="names">What the ids in the records stand for.</param>
    /// <param name="source">Where the records come from.</param>
    /// <param name="time">All waits and intervals; null: the system's.</param>
    /// <exception cref="Market.Settings.SettingsException">The settings are wrong.</exception>
    public QuestDbWriter(QuestDbSettings settings, RecordNames names, IRecordSource source, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var mistakes = new List<string>();
        settings.Check("questdb", mistakes);
        if (mistakes.Count != 0) throw new Market.Settings.SettingsException(mistakes);
        _settings = settings;
        _names = names;
        _source = source;
        _time = time ?? TimeProvider.System;
        _flushInterval = TimeSpan.FromMilliseconds(settings.FlushIntervalMs);
        _connection = new QuestDbConnection(settings, _time);
        _schema = new QuestDbSchema(_connection, settings);
        _care = new PartitionCare(_connection, settings.Retention);
        _sender = new RowSender(_connection, settings, Counters, _time, VerifyAsync);
    }

    /// <summary>What it has done so far.</summary>
    public WriterCounters Counters { get; } = new();

    /// <summary>What the server can do; null before the first contact.</summary>
    public ServerCapabilities? Server => Volatile.Read(ref _server);

    /// <summary>Runs until it is stopped. What is not acknowledged then will be read from the source again.</summary>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="SchemaDifferenceException">A table of the server is not as ours.</exception>
    /// <exception cref="QuestDbException">The server cannot be used as it is.</exception>
    /// <exception cref="IOException">Refused rows cannot be set aside.</exception>
    public Task RunAsync(CancellationToken stop) => LoopAsync(untilEmpty: false, stop);

    /// <summary>Writes what the source has and returns when all is acknowledged.</summary>
    /// <param name="stop">Stops it before.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="SchemaDifferenceException">A table of the server is not as ours.</exception>
    /// <exception cref="QuestDbException">The server cannot be used as it is.</exception>
    /// <exception cref="IOException">Refused rows cannot be set aside.</exception>
    public Task DrainAsync(CancellationToken stop) => LoopAsync(untilEmpty: true, stop);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private async Task LoopAsync(bool untilEmpty, CancellationToken stop)
    {
        if (_hasEnded) throw new InvalidOperationException("The writer was stopped or has failed: what it had read and not acknowledged is with its source. Make a new one.");
        _hasEnded = true;
        try
        {
            await PrepareAsync(stop);
            await WriteAsync(untilEmpty, stop);
            _hasEnded = false;
        }
        finally
        {
            // A request that was stopped still reads its rows for a moment.
            if (_request is not null) await _request.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WriteAsync(bool untilEmpty, CancellationToken stop)
    {
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            bool hasMore = Fill();
            if (_filling.Records != 0 && (IsFull || (!hasMore && untilEmpty) || LeftToWait() <= TimeSpan.Zero))
            {
                await FinishAsync();
                Begin(stop);
                await CareAsync(stop);
                continue;
            }

            if (_request is { IsCompleted: true }) await FinishAsync();
            if (hasMore) continue;
            if (untilEmpty)
            {
                await FinishAsync();
                return;
            }

            await CareAsync(stop);
            await WaitAsync(stop);
        }
    }

    private bool IsFull => _filling.MostRows >= _settings.RequestRows || _filling.MostBytes >= _settings.RequestKib * 1024L;

    // Tables are made and checked before anything is written.
    private async Task PrepareAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                ServerCapabilities server = await _schema.ProbeAsync(stop);
                await _schema.ApplyAsync(server, stop);
                Volatile.Write(ref _server, server);
                break;
            }
            catch (QuestDbUnavailableException unavailable)
            {
                await _sender.WaitAsync(unavailable.Message, stop);
            }
        }

        if (_filling is null || _filling.Version != _server!.Protocol) (_filling, _sending) = (new RecordRows(_names, _server!.Protocol), new RecordRows(_names, _server.Protocol));
        _isCaredFor = false;
    }

    // After an outage: the same tables, and a server that still takes what was encoded.
    private async Task VerifyAsync(CancellationToken stop)
    {
        ServerCapabilities server = await _schema.ProbeAsync(stop);
        if (server.Protocol < _filling.Version)
            throw new QuestDbException($"The server at {_connection.Name} takes line protocol {server.Protocol} now, and took {_filling.Version} before; start the writer again. Nothing is lost: what is not acknowledged is read again.");
        await _schema.ApplyAsync(server, stop);
        Volatile.Write(ref _server, server);
    }

    // Takes what the source has, until there is enough for a request.
    private bool Fill()
    {
        while (!IsFull)
        {
            ReadOnlySpan<byte> records = _source.Next(out long position);
            if (records.IsEmpty) return false;
            if (_filling.Records == 0) _fillingSince = _time.GetTimestamp();
            long taken = _filling.Records;
            long skipped = _filling.Skipped;
            _filling.Encode(records);
            _position = position;
            Counters.Taken(_filling.Records - taken, _filling.Skipped - skipped);
        }

        return true;
    }

    private TimeSpan LeftToWait() => _filling.Records == 0 ? Timeout.InfiniteTimeSpan : _flushInterval - _time.GetElapsedTime(_fillingSince);

    private void Begin(CancellationToken stop)
    {
        (_filling, _sending) = (_sending, _filling);
        _sendingPosition = _position;
        _request = SendAsync(stop);
    }

    private async Task SendAsync(CancellationToken stop)
    {
        foreach (RowBatch batch in _sending.Batches) await _sender.SendAsync(batch, stop);
    }

    private async Task FinishAsync()
    {
        if (_request is null) return;
        await _request;
        _request = null;
        _source.Acknowledge(_sendingPosition);
        long nowNs = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        Counters.Lag(nowNs - _sending.LatestEventNs);
        _sending.Clear();
    }

    // Until there are records, rows have waited long enough, a request is done, or partitions are to be looked after.
    private async Task WaitAsync(CancellationToken stop)
    {
        if (_waiting is { IsCompleted: true })
        {
            await _waiting;
            _waiting = null;
            return;
        }

        _waiting ??= _source.WaitAsync(stop);
        TimeSpan left = _filling.Records == 0 ? CareInterval - _time.GetElapsedTime(_caredAt) : LeftToWait();
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task due = Task.Delay(left < TimeSpan.Zero ? TimeSpan.Zero : left, _time, timer.Token);
        await (_request is null ? Task.WhenAny(_waiting, due) : Task.WhenAny(_waiting, due, _request));
        await timer.CancelAsync();
    }

    private TimeSpan CareInterval => TimeSpan.FromMinutes(_settings.Retention.IntervalMinutes);

    private async Task CareAsync(CancellationToken stop)
    {
        if (_isCaredFor && _time.GetElapsedTime(_caredAt) < CareInterval) return;
        _isCaredFor = true;
        _caredAt = _time.GetTimestamp();
        try
        {
            foreach (string trouble in await _care.RunAsync(_server!, stop)) Counters.Error(trouble);
        }
        catch (QuestDbUnavailableException unavailable)
        {
            // Next time is soon enough.
            Counters.Error(unavailable.Message);
        }
    }
}
