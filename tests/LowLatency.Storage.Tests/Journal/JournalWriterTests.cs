using LowLatency.Storage.Journal;

namespace LowLatency.Storage.Tests.Journal;

public sealed class JournalWriterTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    public void Should_Give_Back_What_Was_Appended(int recordBytes)
    {
        using JournalWriter writer = JournalWriter.Open(_folder.Settings(recordBytes: recordBytes));
        Assert.True(writer.Append(JournalFolder.Records(1, 3, recordBytes), 10));
        Assert.True(writer.Append(JournalFolder.Records(4, 20, recordBytes), 11));
        Assert.Equal((23, 11, null), (writer.NextOrdinal, writer.Mark, writer.Refusal));
        Assert.Equal(Enumerable.Range(1, 23).Select(i => (ulong)i), _folder.Sequences());
    }

    [Fact]
    public void Should_Go_On_Where_It_Was_Closed()
    {
        for (int run = 0; run < 5; run++)
        {
            using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 50));
            Assert.Equal((run * 33, run == 0 ? long.MinValue : run, 0), (writer.Recovery.NextOrdinal, writer.Recovery.Mark, writer.Recovery.RecordsCut));
            for (int i = 0; i < 3; i++) Assert.True(writer.Append(JournalFolder.Records((ulong)((run * 33) + (i * 11)), 11), run + 1));
        }

        Assert.Equal(Enumerable.Range(0, 165).Select(i => (ulong)i), _folder.Sequences());
        Assert.Equal(4, Directory.GetFiles(_folder.FullName, "*.npy").Length);
    }

    [Fact]
    public void Should_Keep_Appends_Whole_When_A_Segment_Is_Full()
    {
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 10)))
        {
            for (ulong i = 0; i < 5; i++) Assert.True(writer.Append(JournalFolder.Records(i * 4, 4), 0));
            Assert.True(writer.Append(JournalFolder.Records(20, 10), 0));
        }

        // The room that was not needed is given back.
        Assert.Equal([4096 + (8 * 64), 4096 + (8 * 64), 4096 + (4 * 64), 4096 + (10 * 64)], new long[] { 0, 8, 16, 20 }.Select(first => new FileInfo(_folder.Data(first)).Length));
        Assert.Equal(Enumerable.Range(0, 30).Select(i => (ulong)i), _folder.Sequences());
    }

    [Fact]
    public void Should_Refuse_What_Cannot_Be_Appended_And_Go_On()
    {
        using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 10));
        Assert.Contains("no whole records of 64", Assert.Throws<ArgumentException>(() => writer.Append(new byte[65], 0)).Message, StringComparison.Ordinal);
        Assert.Contains("segment's 10 records, not 11", Assert.Throws<ArgumentException>(() => writer.Append(new byte[11 * 64], 0)).Message, StringComparison.Ordinal);
        Assert.True(writer.Append(JournalFolder.Records(0, 1), 5));
        Assert.Contains("was 5", Assert.Throws<ArgumentOutOfRangeException>(() => writer.Append(JournalFolder.Records(1, 1), 4)).Message, StringComparison.Ordinal);
        Assert.True(writer.Append([], 4 + 1));
        Assert.True(writer.Append(JournalFolder.Records(1, 1), 5));
        Assert.Equal([0, 1], _folder.Sequences());
    }

    [Fact]
    public void Should_Tell_All_Mistakes_In_The_Settings()
    {
        JournalSettings wrong = _folder.Settings() with { Name = "a b", RecordBytes = 96, SegmentRecords = 0, IndexRecords = 0, SyncIntervalMs = 0, RetainMs = -1, CallerBlock = new byte[65] };
        string message = Assert.Throws<JournalException>(() => JournalWriter.Open(wrong)).Message;
        foreach (string name in new[] { "name", "record_bytes", "segment_records", "index_records", "sync_interval_ms", "retain_ms", "caller_block" }) Assert.Contains($"journal.{name} ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_A_Journal_Of_Other_Records()
    {
        JournalWriter.Open(_folder.Settings()).Dispose();
        Assert.Contains("has records of 64 bytes, journal.record_bytes is 128", Assert.Throws<JournalException>(() => JournalWriter.Open(_folder.Settings(recordBytes: 128))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Have_One_Writer_And_Name_It_To_The_Second()
    {
        using (JournalWriter.Open(_folder.Settings()))
        {
            Assert.Contains($"process {Environment.ProcessId}", Assert.Throws<JournalException>(() => JournalWriter.Open(_folder.Settings())).Message, StringComparison.Ordinal);
            // Another journal may lie beside it, with a name that begins with this one's too.
            using JournalWriter other = JournalWriter.Open(_folder.Settings() with { Name = JournalFolder.Name + "-0" });
            Assert.True(other.Append(JournalFolder.Records(7, 1), 0));
        }

        JournalWriter.Open(_folder.Settings()).Dispose();
        Assert.Empty(_folder.Sequences());
    }

    [Fact]
    public void Should_Begin_A_Segment_With_An_Epoch_And_A_Block()
    {
        using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 10) with { Epoch = 5, CallerBlock = new byte[] { 1, 2, 3 } });
        using JournalReader reader = _folder.Read();
        Assert.Equal((5L, (byte)3), (reader.Epoch, reader.CallerBlock.Span[2]));
        // An empty segment is said anew; one with records is followed by another.
        Assert.True(writer.Roll(6, default));
        Assert.True(writer.Append(JournalFolder.Records(0, 1), 0));
        Assert.True(writer.Roll(7, new byte[] { 9 }));
        Assert.True(writer.Append(JournalFolder.Records(1, 10), 0));
        Assert.True(writer.Append(JournalFolder.Records(11, 1), 0));
        using JournalReader later = _folder.Read();
        var epochs = new List<(long, byte, int)>();
        while (!later.Next().IsEmpty) epochs.Add((later.Epoch, later.CallerBlock.Span[0], (int)later.Position));
        // The append of ten is an entry of the index, which is checked by itself.
        Assert.Equal([(6, 0, 1), (7, 9, 11), (7, 9, 12)], epochs);
        Assert.Throws<ArgumentException>(() => writer.Roll(8, new byte[65]));
    }

    [Fact]
    public void Should_Take_An_Empty_Segment_Of_Another_Size_Away()
    {
        JournalWriter.Open(_folder.Settings(segmentRecords: 4)).Dispose();
        using JournalReader reader = _folder.Read();
        using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 9));
        Assert.True(writer.Append(JournalFolder.Records(0, 9), 0));
        Assert.Equal(9, JournalFolder.Sequences(reader).Count);
    }

    [Fact]
    public void Should_Allocate_Nothing_To_Append_And_To_Read()
    {
        using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 100_000));
        using JournalReader reader = _folder.Read();
        byte[] one = JournalFolder.Records(1, 1);
        byte[] many = JournalFolder.Records(2, 20);
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                writer.Append(one, i == 0 ? writer.Mark + 1 : writer.Mark);
                writer.Append(many, writer.Mark);
                while (reader.Next(7).Length > 0)
                {
                }
            }
        }));
        Assert.Equal(writer.NextOrdinal, reader.Position);
    }
}
