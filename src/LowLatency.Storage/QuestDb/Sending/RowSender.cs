using LowLatency.Storage.QuestDb.Rows;

namespace LowLatency.Storage.QuestDb.Sending;

/// <summary>
/// Sends the rows of a table until the server has them all, but for those that it refuses for good: they are set aside. A request has rows of one table, because a server
/// commits table by table; it can be sent any number of times, because the tables drop repeats.
/// </summary>
/// <param name="connection">The server.</param>
/// <param name="settings">Limits and waits.</param>
/// <param name="counters">Told of everything.</param>
/// <param name="time">Waits.</param>
/// <param name="verify">Called before the next attempt when another server may answer it; throws <see cref="QuestDbUnavailableException"/> when it cannot tell yet, anything else to end the sending.</param>
/// <param name="random">Where the waits' chance comes from.</param>
internal sealed class RowSender(QuestDbConnection connection, QuestDbSettings settings, WriterCounters counters, TimeProvider time, Func<CancellationToken, Task>? verify = null, Random? random = null)
{
    // A connection that breaks so often on a request, while the server is there, is cut because of the request: it is too long for something on the way, whose answer is lost
    // with the connection. Halves are tried, down to what every socket takes at once.
    private const int BreaksBeforeHalving = 3;
    private const int ShortEnoughBytes = 64 << 10;

    private readonly BackOff _backOff = new(TimeSpan.FromMilliseconds(settings.RetryInitialMs), TimeSpan.FromMilliseconds(settings.RetryMaxMs), random ?? new Random());
    private readonly Quarantine _quarantine = new(settings.QuarantinePath, time);
    private readonly long _mostBytes = settings.RequestKib * 1024L;

    /// <summary>Sends a batch.</summary>
    /// <param name="batch">The rows; nobody changes them meanwhile.</param>
    /// <param name="stop">Ends it: what was not acknowledged is to be sent again.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task SendAsync(RowBatch batch, CancellationToken stop)
    {
        for (int from = 0; from < batch.Rows;)
        {
            int to = EndOfRequest(batch, from);
            await SendAsync(batch, from, to, stop);
            from = to;
        }
    }

    /// <summary>Waits before another attempt.</summary>
    /// <param name="why">What went wrong.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task WaitAsync(string why, CancellationToken stop)
    {
        counters.Error(why);
        counters.Retry();
        await Task.Delay(_backOff.Next(), time, stop);
    }

    private int EndOfRequest(RowBatch batch, int from)
    {
        int to = from + 1;
        int most = Math.Min(batch.Rows, from + settings.RequestRows);
        while (to < most && batch.StartOf(to + 1) - batch.StartOf(from) <= _mostBytes) to++;
        return to;
    }

    private async Task SendAsync(RowBatch batch, int first, int end, CancellationToken stop)
    {
        // Parts that are left to be sent, in order: the next one on top.
        var parts = new Stack<(int From, int To)>();
        parts.Push((first, end));
        int searches = settings.BadRowsPerRequest;
        while (parts.TryPop(out (int From, int To) part))
        {
            (int from, int to) = part;
            WriteReply reply = await AttemptAsync(batch, from, to, stop);
            if (reply.Outcome == WriteOutcome.Accepted) continue;
            bool isSearched = reply.Outcome == WriteOutcome.TooLong || searches-- > 0;
            if (to - from == 1 || !isSearched)
            {
                SetAside(batch, from, to, reply);
            }
            else if (reply.Outcome == WriteOutcome.Rejected && reply.Line >= 1 && reply.Line <= to - from)
            {
                int bad = from + reply.Line - 1;
                SetAside(batch, bad, bad + 1, reply);
                if (bad + 1 < to) parts.Push((bad + 1, to));
                if (from < bad) parts.Push((from, bad));
            }
            else
            {
                int middle = from + ((to - from) / 2);
                parts.Push((middle, to));
                parts.Push((from, middle));
            }
        }
    }

    private async Task<WriteReply> AttemptAsync(RowBatch batch, int from, int to, CancellationToken stop)
    {
        int start = batch.StartOf(from);
        ReadOnlyMemory<byte> bytes = batch.Bytes.Part(start, batch.StartOf(to) - start);
        int breaks = 0;
        while (true)
        {
            counters.Request(to - from);
            WriteReply reply = await connection.WriteAsync(bytes, stop);
            if (reply.Outcome == WriteOutcome.Accepted) counters.Acknowledged(to - from);
            if (reply.Outcome != WriteOutcome.Retry)
            {
                _backOff.Reset();
                return reply;
            }

            await WaitAsync(reply.Message, stop);
            if (reply.MaybeAnotherServer) await VerifyAsync(stop);
            if (reply.IsBroken && ++breaks >= BreaksBeforeHalving && bytes.Length > ShortEnoughBytes && to - from > 1) return reply with { Outcome = WriteOutcome.TooLong };
        }
    }

    private async Task VerifyAsync(CancellationToken stop)
    {
        while (verify is not null)
        {
            try
            {
                await verify(stop);
                return;
            }
            catch (QuestDbUnavailableException unavailable)
            {
                await WaitAsync(unavailable.Message, stop);
            }
        }
    }

    private void SetAside(RowBatch batch, int from, int to, WriteReply reply)
    {
        int start = batch.StartOf(from);
        string file = _quarantine.Add(batch.Table, to - from, batch.Bytes.Part(start, batch.StartOf(to) - start).Span, reply.Message);
        counters.Quarantined(to - from);
        counters.Error($"{to - from} rows of {batch.Table} were refused and set aside in {file}: {reply.Message}");
    }
}
