using System.Text;
using LowLatency.Storage.QuestDb;
using LowLatency.Storage.QuestDb.Protocol;
using LowLatency.Storage.QuestDb.Rows;
using LowLatency.Storage.QuestDb.Sending;
using LowLatency.Storage.Tests.QuestDb.Rows;
using LowLatency.Storage.Tests.QuestDb.Servers;

namespace LowLatency.Storage.Tests.QuestDb.Sending;

/// <summary>A server that misbehaves in every way costs time, and no row. Waits between attempts pass by themselves.</summary>
public sealed class RowSenderTests : IDisposable
{
    // Waiting for ever is what these tests are to find: a fault fails and does not hang. Far above what any needs.
    private const int MostMs = 60_000;

    private readonly SenderScene _scene = new();

    public static TheoryData<int> PassingStatuses => [401, 403, 404, 405, 408, 421, 429, 500, 502, 503, 504, 507, 509, 523, 524, 529, 599, 301, 302, 307, 308];

    public void Dispose() => _scene.Dispose();

    [Theory(Timeout = MostMs)]
    [MemberData(nameof(PassingStatuses))]
    public async Task Should_Send_Again_After_A_Status_That_Passes(int status)
    {
        await _scene.SendAsync(3, async (exchange, attempt) =>
        {
            if (attempt > 2) await _scene.TakeAsync(exchange);
            else await exchange.ChunkedAsync(status, """{"code":"internal error","message":"not now"}""");
        });
        Assert.Equal(3, _scene.Taken.Count);
        Assert.Equal((3, 2, 9, 3), (_scene.Counters.Requests, _scene.Counters.Retries, _scene.Counters.RowsSent, _scene.Counters.RowsAcknowledged));
        Assert.StartsWith($"HTTP {status}: not now", _scene.Counters.LastError, StringComparison.Ordinal);
        Assert.Empty(_scene.Quarantined);
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Send_Again_What_A_Reset_Cut_Off()
    {
        // The official client clears its buffer when a send fails.
        await _scene.SendAsync(5000, async (exchange, attempt) =>
        {
            if (attempt > 2)
            {
                await _scene.TakeAsync(exchange);
                return;
            }

            await exchange.PartAsync(1000);
            exchange.Reset();
        });
        Assert.Equal(5000, _scene.Taken.Count);
        Assert.True(_scene.Counters.Retries >= 1);
        Assert.Contains("cannot be reached", _scene.Counters.LastError, StringComparison.Ordinal);
    }

    [Theory(Timeout = MostMs)]
    [InlineData("")]
    [InlineData("HTTP/1.1 20")]
    [InlineData("HTTP/1.1 400 Bad request\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{\"code\":\"inv")]
    [InlineData("HTTP/1.1 400 Bad request\r\nContent-Length: 100\r\n\r\n{\"code\":")]
    [InlineData("what is this?\r\n\r\n")]
    public async Task Should_Send_Again_When_The_Answer_Is_Cut_Off(string half)
    {
        await _scene.SendAsync(3, async (exchange, attempt) =>
        {
            // Committed, and the answer lost: what is sent again is what the keys are for.
            await _scene.TakeAsync(exchange, answer: false);
            if (attempt == 1)
            {
                await exchange.SendAsync(half);
                exchange.Close();
            }
            else
            {
                await exchange.AcceptAsync();
            }
        });
        Assert.Equal([1, 2, 3, 1, 2, 3], _scene.Taken.Select(r => (long)r.Columns["seq"]));
        Assert.Equal(3, _scene.Counters.RowsAcknowledged);
        Assert.Empty(_scene.Quarantined);
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Give_Up_On_An_Answer_That_Does_Not_Come()
    {
        _scene.Settings.RequestTimeoutMs = 700;
        _scene.Time.MovesBy = wait => wait <= TimeSpan.FromMilliseconds(10);
        TaskCompletionSource isSilent = new();
        Task sent = _scene.SendAsync(2, async (exchange, attempt) =>
        {
            if (attempt > 1)
            {
                await _scene.TakeAsync(exchange);
                return;
            }

            await exchange.BodyAsync();
            isSilent.SetResult();
        });
        await isSilent.Task;
        _scene.Time.Advance(TimeSpan.FromMilliseconds(700));
        await sent;
        Assert.Equal(2, _scene.Taken.Count);
        Assert.Contains("did not answer within 700 ms (questdb.request_timeout_ms)", _scene.Counters.LastError, StringComparison.Ordinal);
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Read_An_Answer_That_Comes_Byte_By_Byte()
    {
        await _scene.SendAsync(2, async (exchange, _) =>
        {
            await _scene.TakeAsync(exchange, answer: false);
            foreach (char c in "HTTP/1.1 204 OK\r\nServer: questDB/1.0\r\n\r\n") await exchange.SendAsync(c.ToString());
        });
        Assert.Equal((1, 0), (_scene.Counters.Requests, _scene.Counters.Errors));
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Go_On_When_A_Kept_Connection_Was_Closed_Between_Requests()
    {
        _scene.Settings.RequestRows = 2;
        await _scene.SendAsync(6, async (exchange, _) =>
        {
            await _scene.TakeAsync(exchange);
            exchange.Close();
        });
        Assert.Equal([1, 2, 3, 4, 5, 6], _scene.Taken.Select(r => (long)r.Columns["seq"]).Distinct());
        Assert.Equal(6, _scene.Counters.RowsAcknowledged);
        Assert.True(_scene.Connections >= 3);
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Set_The_Bad_Line_Aside_Alone()
    {
        await _scene.SendAsync(5, (exchange, _) => _scene.RefuseAsync(exchange, row => (long)row.Columns["seq"] == 3, tellsLine: true));
        Assert.Equal([1, 2, 4, 5], _scene.Taken.Select(r => (long)r.Columns["seq"]));
        (string text, byte[] bytes) = Assert.Single(_scene.Quarantined);
        Assert.Equal(3L, Assert.Single(IlpReading.Rows(bytes)).Columns["seq"]);
        Assert.Contains("1 rows of trades", text, StringComparison.Ordinal);
        Assert.Contains("HTTP 400: failed to parse line protocol", text, StringComparison.Ordinal);
        Assert.Equal((1, 4, 0, 1), (_scene.Counters.RowsQuarantined, _scene.Counters.RowsAcknowledged, _scene.Counters.Retries, _scene.Counters.Errors));
        Assert.Contains("refused and set aside in", _scene.Counters.LastError, StringComparison.Ordinal);
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Find_A_Bad_Line_That_The_Server_Does_Not_Name()
    {
        await _scene.SendAsync(100, (exchange, _) => _scene.RefuseAsync(exchange, row => (long)row.Columns["seq"] is 17 or 80, tellsLine: false));
        Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i).Except([17, 80]), _scene.Taken.Select(r => (long)r.Columns["seq"]));
        Assert.Equal([17L, 80L], _scene.Quarantined.Select(q => (long)Assert.Single(IlpReading.Rows(q.Bytes)).Columns["seq"]));
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Set_The_Rest_Aside_When_Too_Much_Is_Bad()
    {
        _scene.Settings.BadRowsPerRequest = 4;
        await _scene.SendAsync(1000, (exchange, _) => _scene.RefuseAsync(exchange, _ => true, tellsLine: true));
        Assert.Empty(_scene.Taken);
        Assert.Equal(5, _scene.Counters.Requests);
        Assert.Equal(1000, _scene.Counters.RowsQuarantined);
        Assert.Equal(Enumerable.Range(1, 1000).Select(i => (long)i), _scene.Quarantined.SelectMany(q => IlpReading.Rows(q.Bytes)).Select(r => (long)r.Columns["seq"]).Order());
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Halve_What_Is_Too_Long()
    {
        await _scene.SendAsync(10, async (exchange, _) =>
        {
            if (IlpReading.Rows(await exchange.BodyAsync()).Count > 3) await exchange.ChunkedAsync(413, "too long");
            else await _scene.TakeAsync(exchange);
        });
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), _scene.Taken.Select(r => (long)r.Columns["seq"]));
        Assert.Empty(_scene.Quarantined);
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Not_Send_For_Ever_What_Is_Refused_Before_It_Was_Read()
    {
        // The answer is there while we are still sending; the connection is closed on the rest.
        await _scene.SendAsync(200_000, async (exchange, _) =>
        {
            if (exchange.ContentLength < 5_000_000)
            {
                await _scene.TakeAsync(exchange);
                return;
            }

            await exchange.PartAsync(1000);
            await exchange.SendAsync("HTTP/1.1 413 Too long\r\nContent-Length: 4\r\nConnection: close\r\n\r\nlong");
            exchange.Close();
        });
        Assert.Equal(200_000, _scene.Taken.Count);
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Keep_To_The_Limits_Of_A_Request()
    {
        _scene.Settings.RequestRows = 40;
        _scene.Settings.RequestKib = 2;
        var lengths = new List<(int Rows, int Bytes)>();
        await _scene.SendAsync(100, async (exchange, _) =>
        {
            lengths.Add((IlpReading.Rows(await exchange.BodyAsync()).Count, exchange.ContentLength));
            await _scene.TakeAsync(exchange);
        });
        Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), _scene.Taken.Select(r => (long)r.Columns["seq"]));
        Assert.All(lengths, l => Assert.True(l.Rows <= 40 && l.Bytes <= 2048, $"{l}"));
        Assert.True(lengths.Count < 10);
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Wait_Longer_Each_Time_But_Not_For_Ever()
    {
        _scene.Settings.RetryInitialMs = 10;
        _scene.Settings.RetryMaxMs = 1000;
        await _scene.SendAsync(1, async (exchange, attempt) =>
        {
            if (attempt > 12) await _scene.TakeAsync(exchange);
            else await exchange.ChunkedAsync(503, "");
        });
        double[] waits = [.. _scene.Time.Moves.Select(w => w.TotalMilliseconds)];
        Assert.Equal(12, waits.Length);
        for (int i = 0; i < waits.Length; i++)
        {
            double whole = Math.Min(1000, 10 * Math.Pow(2, i));
            Assert.InRange(waits[i], whole / 2, whole);
        }

        // Chance is in them.
        Assert.Contains(waits, w => w < 1000 && Math.Log2(w / 10) % 1 != 0);
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Outlast_An_Hour_Without_The_Server()
    {
        DateTimeOffset end = _scene.Time.GetUtcNow().AddHours(1);
        await _scene.SendAsync(3, async (exchange, _) =>
        {
            if (_scene.Time.GetUtcNow() >= end) await _scene.TakeAsync(exchange);
            else exchange.Reset();
        });
        Assert.Equal([1L, 2, 3], _scene.Taken.Select(r => (long)r.Columns["seq"]));
        Assert.True(_scene.Counters.Retries > 300, $"{_scene.Counters.Retries} attempts in an hour, at most 10 s apart");
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Stop_Waiting_When_It_Is_Stopped()
    {
        _scene.Time.MovesBy = _ => false;
        using var stop = new CancellationTokenSource();
        Task sent = _scene.SendUntilAsync(1, (exchange, _) => exchange.ChunkedAsync(503, ""), stop.Token);
        await _scene.Time.WhenSet(wait => wait <= TimeSpan.FromMilliseconds(10));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Send_No_Query_But_The_Precision_And_No_Pipelining()
    {
        await _scene.SendAsync(1, async (exchange, _) =>
        {
            Assert.Equal(("POST", "/write?precision=n"), (exchange.Method, exchange.Path));
            Assert.False(exchange.Headers.ContainsKey("expect"));
            await _scene.TakeAsync(exchange);
        });
        Assert.Single(_scene.Taken);
    }
}
