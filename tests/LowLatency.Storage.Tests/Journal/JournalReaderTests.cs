using LowLatency.Storage.Journal;

namespace LowLatency.Storage.Tests.Journal;

public sealed class JournalReaderTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_Say_That_There_Is_No_Such_Journal()
    {
        Assert.Contains(_folder.FullName, Assert.Throws<JournalException>(() => _folder.Read()).Message, StringComparison.Ordinal);
        Assert.Contains("'a/b'", Assert.Throws<JournalException>(() => JournalReader.Open(_folder.FullName, "a/b")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Follow_The_Tail_Across_Segments()
    {
        using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 10));
        using JournalReader reader = _folder.Read();
        Assert.True(reader.Next().IsEmpty);
        Assert.Equal(JournalReaderState.AtEnd, reader.State);
        for (ulong i = 0; i < 100; i++)
        {
            Assert.True(writer.Append(JournalFolder.Records(i * 3, 3), (long)i));
            Assert.Equal([i * 3, (i * 3) + 1, (i * 3) + 2], JournalFolder.Sequences(reader));
            Assert.Equal((JournalReaderState.AtEnd, (long)(i * 3) + 3, reader.NextOrdinal), (reader.State, reader.Position, writer.NextOrdinal));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Should_Follow_A_Writer_On_Another_Thread_And_See_Only_Whole_Records(bool verifies)
    {
        const int total = 200_000;
        using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 1000));
        Exception? failure = null;
        var reading = new Thread(() =>
        {
            try
            {
                using JournalReader reader = _folder.Read(verifies);
                ulong next = 0;
                var wait = default(SpinWait);
                while (next < total)
                {
                    ReadOnlySpan<byte> records = reader.Next(1000);
                    if (records.IsEmpty) wait.SpinOnce(sleep1Threshold: -1);
                    for (int i = 0; i < records.Length; i += 64) Assert.Equal(next++, JournalFolder.Check(records.Slice(i, 64)));
                }
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }
        });
        reading.Start();
        byte[] batch = new byte[64 * 50];
        for (ulong next = 0; next < total;)
        {
            int count = (int)Math.Min(total - next, 1 + (next % 50));
            for (int i = 0; i < count; i++) JournalFolder.Write(batch.AsSpan(i * 64, 64), next + (ulong)i);
            Assert.True(writer.Append(batch.AsSpan(0, count * 64), (long)next));
            next += (ulong)count;
        }

        reading.Join();
        Assert.Null(failure);
    }

    [Fact]
    public void Should_Go_To_Any_Record()
    {
        using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 10));
        for (ulong i = 0; i < 12; i++) Assert.True(writer.Append(JournalFolder.Records(i * 3, 3), 0));
        using JournalReader reader = _folder.Read();
        byte[] record = new byte[64];
        foreach (long ordinal in Enumerable.Range(0, 36).OrderBy(i => i * 7 % 36))
        {
            reader.Seek(ordinal);
            Assert.Equal(1, reader.Read(record));
            Assert.Equal((ulong)ordinal, JournalFolder.Check(record));
        }

        reader.Seek(36);
        Assert.Equal((0, JournalReaderState.AtEnd), (reader.Read(record), reader.State));
        Assert.Contains("behind the end", Assert.Throws<JournalException>(() => reader.Seek(37)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Seek(-1));
        Assert.Throws<ArgumentException>(() => reader.Read(new byte[63]));
    }

    [Fact]
    public void Should_Go_To_A_Mark()
    {
        var marks = new List<(long Mark, long First)>();
        using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 60));
        for (int i = 0; i < 100; i++)
        {
            marks.Add((i / 3 * 10, writer.NextOrdinal));
            Assert.True(writer.Append(JournalFolder.Records((ulong)writer.NextOrdinal, 1 + (i % 11)), i / 3 * 10));
        }

        using JournalReader reader = _folder.Read();
        for (long mark = -5; mark < 345; mark += 5)
        {
            reader.SeekMark(mark);
            long wanted = marks.Where(m => m.Mark >= mark).Select(m => m.First).DefaultIfEmpty(writer.NextOrdinal).First();
            // Not behind the mark's first record, and before it less than the records that share its entry: entries have 8 to 18 here.
            Assert.InRange(reader.Position, Math.Max(0, wanted - 18), wanted);
        }
    }

    [Fact]
    public void Should_Go_To_A_Time()
    {
        using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 60));
        for (ulong i = 0; i < 30; i++) Assert.True(writer.Append(JournalFolder.Records(i * 4, 4), 0));
        using JournalReader reader = _folder.Read();
        for (long ordinal = 0; ordinal < 120; ordinal++)
        {
            // Entries have eight records, the last of a segment four; behind the last record is nothing, and what is in no entry yet is not skipped.
            reader.SeekTime(JournalTime.Event, ordinal * 1000);
            Assert.Equal(EntryOf(ordinal), reader.Position);
            reader.SeekTime(JournalTime.Receive, (ordinal * 1000) + 8);
            Assert.Equal(EntryOf(Math.Min(119, ordinal + 1)), reader.Position);
        }

        static long EntryOf(long ordinal) => (ordinal / 60 * 60) + (ordinal % 60 / 8 * 8);
    }

    [Fact]
    public void Should_Find_What_A_Filter_Wants_And_Skip_The_Rest()
    {
        using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 100));
        byte[] record = new byte[64];
        var all = new List<(ulong Number, uint Instrument, long EventNs, long ReceiveNs)>();
        for (ulong i = 0; i < 1000; i++)
        {
            // Times that are not in order, and an instrument that comes rarely.
            JournalFolder.Write(record, i);
            uint instrument = i % 97 == 0 ? 77u : (uint)(i % 3);
            long eventNs = (long)(i * 10) - (long)(i % 7 * 25);
            long receiveNs = (long)(i * 10) + 3;
            BitConverter.TryWriteBytes(record.AsSpan(4), instrument);
            BitConverter.TryWriteBytes(record.AsSpan(8), eventNs);
            BitConverter.TryWriteBytes(record.AsSpan(16), receiveNs);
            Assert.True(writer.Append(record, 0));
            all.Add((i, instrument, eventNs, receiveNs));
        }

        using JournalReader reader = _folder.Read();
        foreach (uint? instrument in new uint?[] { null, 77, 1, 13 })
        {
            foreach ((long from, long to) in new[] { (long.MinValue, long.MaxValue), (2000L, 3000L), (9_990L, long.MaxValue), (-500L, 40L), (50_000L, 60_000L) })
            {
                foreach (JournalTime time in Enum.GetValues<JournalTime>())
                {
                    var filter = new JournalFilter { FromOrdinal = 5, ToOrdinal = 995, Time = time, FromNs = from, ToNs = to, Instrument = instrument };
                    var found = new List<ulong>();
                    JournalRange range = reader.Range(in filter);
                    for (ReadOnlySpan<byte> run = range.Next(); !run.IsEmpty; run = range.Next())
                    {
                        Assert.Equal((ulong)range.Ordinal, BitConverter.ToUInt64(run[24..]));
                        for (int i = 0; i < run.Length; i += 64) found.Add(BitConverter.ToUInt64(run[(i + 24)..]));
                    }

                    var wanted =
                        from r in all
                        let ns = time == JournalTime.Event ? r.EventNs : r.ReceiveNs
                        where r.Number is >= 5 and < 995 && ns >= @from && ns < to && (instrument is null || r.Instrument == instrument)
                        select r.Number;
                    Assert.Equal(wanted, found);
                }
            }
        }
    }

    [Fact]
    public void Should_Skip_By_The_Index_Alone()
    {
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 100)))
        {
            for (ulong i = 0; i < 50; i++) Assert.True(writer.Append(JournalFolder.Records(i * 8, 8), 0));
        }

        // Were the records of other entries looked at, their damage would show.
        foreach (long first in new long[] { 0, 96, 192, 288, 384 })
        {
            byte[] data = File.ReadAllBytes(_folder.Data(first));
            for (int i = 4096; i < data.Length; i += 64)
            {
                if (BitConverter.ToInt64(data, i + 8) is < 160_000 or >= 168_000) data.AsSpan(i, 64).Clear();
            }

            File.WriteAllBytes(_folder.Data(first), data);
        }

        using JournalReader reader = _folder.Read();
        ReadOnlySpan<byte> run = reader.Range(new JournalFilter { FromNs = 160_000, ToNs = 168_000 }).Next();
        Assert.Equal(8 * 64, run.Length);
        Assert.Equal(160UL, JournalFolder.Check(run[..64]));
        // An instrument that never was.
        Assert.True(reader.Range(new JournalFilter { Instrument = 63 }).Next().IsEmpty);
        Assert.Equal(400, reader.Position);
    }

    [Fact]
    public void Should_Find_Damage_When_It_Is_Asked_To_Look()
    {
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings()))
        {
            for (ulong i = 0; i < 5; i++) Assert.True(writer.Append(JournalFolder.Records(i * 5, 5), 0));
        }

        byte[] data = File.ReadAllBytes(_folder.Data());
        data[4096 + (24 * 64) + 63] ^= 1;
        File.WriteAllBytes(_folder.Data(), data);
        using JournalReader trusting = _folder.Read(verifies: false);
        Assert.Equal(25 * 64, trusting.Next().Length);
        using JournalReader reader = _folder.Read();
        // Two entries of two appends each are whole; the last append is not in a closed one.
        Assert.Equal((10, 10), (reader.Next().Length / 64, reader.Next().Length / 64));
        Assert.Contains("Records 20 to 24", Assert.Throws<JournalException>(() => { reader.Next(); }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Not_Be_Used_When_It_Is_Closed()
    {
        using JournalWriter writer = JournalWriter.Open(_folder.Settings());
        Assert.True(writer.Append(JournalFolder.Records(0, 1), 0));
        JournalReader reader = _folder.Read();
        reader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => { reader.Next(); });
        Assert.Throws<ObjectDisposedException>(() => reader.Seek(0));
        writer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => writer.Append(JournalFolder.Records(1, 1), 0));
    }
}
