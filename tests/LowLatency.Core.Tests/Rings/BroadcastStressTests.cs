using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

/// <summary>A fast writer and readers on other threads: nobody ever gets a torn record, and gaps come only with laps.</summary>
[Collection("Threads")]
public sealed class BroadcastStressTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly BroadcastRing _ring = new(4096, TestRecord.CellsByType);
    private readonly long[] _seen = new long[3];
    private volatile bool _written;
    private volatile string? _failure;

    [Theory]
    [InlineData(0, 1, 1_000_000)]
    [InlineData(0, 3, 500_000)]
    [InlineData(1, 2, 200_000)]
    [InlineData(2, 0, 200_000)]
    public void Should_Never_Return_A_Torn_Record(int gating, int free, int records)
    {
        BroadcastReader[] readers =
        [
            .. Enumerable.Range(0, gating).Select(_ => _ring.AddGatingReader()),
            .. Enumerable.Range(0, free).Select(_ => _ring.AddReader()),
        ];
        Thread[] threads =
        [
            Guarded(() => Write(records)),
            .. readers.Select((reader, index) => Guarded(() => Read(reader, index))),
        ];
        foreach (Thread thread in threads)
        {
            thread.IsBackground = true;
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            if (!thread.Join(Patience)) _failure ??= "A thread did not come to its end.";
        }

        Assert.Null(_failure);
        for (int i = 0; i < readers.Length; i++)
        {
            if (readers[i].Laps == 0) Assert.Equal(records, _seen[i]);
            if (i < gating) Assert.Equal(0, readers[i].Laps);
            Assert.Equal(_ring.Position, readers[i].Position);
        }
    }

    private Thread Guarded(Action body) => new(() =>
    {
        try
        {
            body();
        }
        catch (Exception thrown)
        {
            _failure = thrown.ToString();
        }
    });

    private void Write(int records)
    {
        var random = new Random(1);
        var wait = default(SpinWait);
        for (long number = 0; number < records && _failure is null;)
        {
            Span<byte> record = _ring.Claim(64 * (1 + random.Next(3)));
            if (record.IsEmpty)
            {
                _ring.Commit();
                wait.SpinOnce(-1);
                continue;
            }

            wait.Reset();
            TestRecord.Write(record, number++);
            if (random.Next(4) == 0) _ring.Commit();
            // Breathing space now and then, or a reader would only ever be lapped.
            if (random.Next(256) == 0) Thread.SpinWait(500);
        }

        _ring.Commit();
        _written = true;
    }

    private void Read(BroadcastReader reader, int index)
    {
        var random = new Random(10 + index);
        var wait = default(SpinWait);
        byte[] room = new byte[4096];
        long last = -1;
        long laps = 0;
        while (_failure is null)
        {
            bool written = _written;
            ReadOnlySpan<byte> records = room.AsSpan(0, reader.Read(room.AsSpan(0, 192 + random.Next(room.Length - 192))));
            if (records.IsEmpty && !reader.HasRecords())
            {
                if (written) return;
                wait.SpinOnce(-1);
                continue;
            }

            wait.Reset();
            while (!records.IsEmpty)
            {
                long number = TestRecord.Read(ref records);
                if (number <= last || (number != last + 1 && reader.Laps == laps)) _failure = $"Reader {index}: {number} after {last}, {reader.Laps} laps.";
                if (_failure is not null) return;
                last = number;
                laps = reader.Laps;
                _seen[index]++;
            }
        }
    }
}
