using LowLatency.Storage.Journal;

namespace LowLatency.Storage.Tests.Journal;

public sealed class JournalRetentionTests : IDisposable
{
    private readonly JournalFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_Remove_Segments_By_Age_And_Never_The_Active_One()
    {
        using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 8) with { RetainMs = 60_000, Clock = _time });
        for (ulong i = 0; i < 5; i++)
        {
            Assert.True(writer.Append(JournalFolder.Records(i * 8, 8), 0));
            _time.Now += TimeSpan.FromSeconds(20);
        }

        // Sealed at 20, 40, 60 and 80 s; now it is 100.
        writer.Retain();
        Assert.Equal(8UL, _folder.Sequences()[0]);
        _time.Now += TimeSpan.FromSeconds(30);
        writer.Retain();
        Assert.Equal(24UL, _folder.Sequences()[0]);
        _time.Now += TimeSpan.FromDays(10);
        writer.Retain();
        Assert.Equal(Enumerable.Range(32, 8).Select(i => (ulong)i), _folder.Sequences());
        Assert.True(writer.Append(JournalFolder.Records(40, 8), 0));
        writer.Retain();
        Assert.Equal(32UL, _folder.Sequences()[0]);
    }

    [Fact]
    public void Should_Remove_Segments_By_Size_But_Not_What_A_Cursor_Needs()
    {
        JournalSettings settings = _folder.Settings(segmentRecords: 100) with { RetainBytes = 60_000, PreparesAhead = false };
        JournalCursor cursor = JournalCursor.Open(_folder.FullName, JournalFolder.Name, "questdb");
        cursor.Save(299);
        using (JournalWriter writer = JournalWriter.Open(settings))
        {
            for (ulong i = 0; i < 10; i++) Assert.True(writer.Append(JournalFolder.Records(i * 100, 100), 0));
            writer.Retain();
            // Segment 200 has record 299.
            Assert.Equal(200UL, _folder.Sequences()[0]);
            Assert.Contains("record 299", writer.Problem, StringComparison.Ordinal);
            cursor.Save(300);
            writer.Retain();
            Assert.Equal(300UL, _folder.Sequences()[0]);
            cursor.Save(900);
            writer.Retain();
            // Three segments of 10,496 and an index of 4,160 or more, each, and the active one: 60,000 bytes hold four.
            Assert.Equal(600UL, _folder.Sequences()[0]);
            File.WriteAllText(_folder.PathOf("test.other.cursor"), "nonsense");
            Assert.True(writer.Append(JournalFolder.Records(1000, 100), 0));
            Assert.Equal(0, writer.Retain());
            Assert.Contains("test.other.cursor", writer.Problem, StringComparison.Ordinal);
        }

        using JournalWriter ruthless = JournalWriter.Open(settings with { RetainForCursors = false });
        ruthless.Retain();
        Assert.Equal(700UL, _folder.Sequences()[0]);
        Assert.Equal(1100, ruthless.NextOrdinal);
    }

    [Fact]
    public void Should_Tell_A_Reader_That_Its_Records_Are_Gone_And_Where_It_Can_Go_On()
    {
        using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 10) with { RetainBytes = 1, PreparesAhead = false });
        Assert.True(writer.Append(JournalFolder.Records(0, 10), 0));
        using JournalReader slow = _folder.Read();
        Assert.Equal(3 * 64, slow.Next(3).Length);
        for (ulong i = 1; i < 5; i++) Assert.True(writer.Append(JournalFolder.Records(i * 10, 10), 0));
        writer.Retain();
        // The segment that it has open stays readable, the next is gone.
        Assert.Equal(7 * 64, slow.Next().Length);
        for (int i = 0; i < 2; i++)
        {
            Assert.True(slow.Next().IsEmpty);
            Assert.Equal((JournalReaderState.Gone, 10L, 40L), (slow.State, slow.Position, slow.FirstOrdinal));
        }

        slow.Seek(5);
        Assert.True(slow.Next().IsEmpty);
        Assert.Equal(JournalReaderState.Gone, slow.State);
        slow.Seek(slow.FirstOrdinal);
        Assert.Equal(Enumerable.Range(40, 10).Select(i => (ulong)i), JournalFolder.Sequences(slow));
        Assert.Equal(JournalReaderState.AtEnd, slow.State);
    }
}
