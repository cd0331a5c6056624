using LowLatency.Storage.Journal;

namespace LowLatency.Storage.Tests.Journal;

/// <summary>What opening does about files that a death of the process or of the machine, or somebody's hand, has left.</summary>
public sealed class JournalRecoveryTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(11)]
    public void Should_Cut_The_Last_Append_Whatever_Byte_Of_It_Is_Torn(int last)
    {
        // Three appends of an entry each, then small ones that share one: the last is in the slots, or closes an entry.
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 60)))
        {
            for (ulong i = 0; i < 3; i++) Assert.True(writer.Append(JournalFolder.Records(i * 8, 8), (long)i));
            Assert.True(writer.Append(JournalFolder.Records(24, 2), 3));
            Assert.True(writer.Append(JournalFolder.Records(26, last), 4));
        }

        byte[] data = File.ReadAllBytes(_folder.Data());
        byte[] index = File.ReadAllBytes(_folder.Index());
        for (int at = 4096 + (26 * 64); at < 4096 + ((26 + last) * 64); at++)
        {
            byte[] torn = [.. data];
            torn[at] ^= 0x40;
            File.WriteAllBytes(_folder.Data(), torn);
            File.WriteAllBytes(_folder.Index(), index);
            using (JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 60)))
            {
                Assert.Equal((26L, 3L, (long)last, 0), (writer.Recovery.NextOrdinal, writer.Recovery.Mark, writer.Recovery.RecordsCut, writer.Recovery.SegmentsCut));
                // What was cut is not lost, and does not come again.
                string cut = Assert.Single(writer.Recovery.CutFiles);
                Assert.Equal(torn[(4096 + (26 * 64))..(4096 + ((26 + last) * 64))], File.ReadAllBytes(cut));
                File.Delete(cut);
                Assert.True(writer.Append(JournalFolder.Records(26, 1), 5));
            }

            Assert.Equal(Enumerable.Range(0, 27).Select(i => (ulong)i), _folder.Sequences());
        }
    }

    [Fact]
    public void Should_Find_The_Last_Whole_Append_Whatever_The_Disk_Has_Of_Later_Ones()
    {
        // Each state of the index with each earlier state of the records: the machine stopped, and pages reached the disk in any order. What was synced (7 appends) was on disk.
        var states = new List<(byte[] Data, byte[] Index, long Next)>();
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 60)))
        {
            for (ulong i = 0; i < 15; i++)
            {
                Assert.True(writer.Append(JournalFolder.Records((ulong)writer.NextOrdinal, 1 + ((int)i % 4)), (long)i));
                if (i < 6) continue;
                if (i == 6) writer.Sync();
                states.Add((ReadShared(_folder.Data()), ReadShared(_folder.Index()), writer.NextOrdinal));
            }
        }

        long synced = states[0].Next;
        foreach ((byte[] data, _, long there) in states)
        {
            foreach ((_, byte[] index, long claimed) in states)
            {
                foreach (string path in Directory.GetFiles(_folder.FullName)) File.Delete(path);
                // Later records than the index knows are no harm, earlier ones are cut.
                File.WriteAllBytes(_folder.Data(), data);
                File.WriteAllBytes(_folder.Index(), index);
                _folder.StartMachineAgain();
                using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 60));
                long next = writer.Recovery.NextOrdinal;
                Assert.InRange(next, synced, Math.Min(there, claimed));
                Assert.Contains(next, states.Select(s => s.Next));
                if (there >= claimed) Assert.Equal(claimed, next);
                Assert.Equal(claimed - next, writer.Recovery.RecordsCut);
                Assert.Equal(Enumerable.Range(0, (int)next).Select(i => (ulong)i), _folder.Sequences());
            }
        }
    }

    [Fact]
    public void Should_Not_Take_Up_Again_What_Was_Cut()
    {
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 60)))
        {
            for (ulong i = 0; i < 5; i++) Assert.True(writer.Append(JournalFolder.Records(i * 8, 8), 1));
        }

        byte[] data = File.ReadAllBytes(_folder.Data());
        data[4096 + (9 * 64)] ^= 1;
        File.WriteAllBytes(_folder.Data(), data);
        _folder.StartMachineAgain();
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 60)))
        {
            Assert.Equal((8L, 32L), (writer.Recovery.NextOrdinal, writer.Recovery.RecordsCut));
            Assert.True(writer.Append(JournalFolder.Records(8, 8), 1));
        }

        // The entries and records behind are as they were before, and of another time.
        _folder.StartMachineAgain();
        using JournalWriter again = JournalWriter.Open(_folder.Settings(segmentRecords: 60));
        Assert.Equal((16L, 0L), (again.Recovery.NextOrdinal, again.Recovery.RecordsCut));
    }

    [Fact]
    public void Should_Set_Segments_Aside_Behind_A_Damaged_One()
    {
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 16)))
        {
            for (ulong i = 0; i < 6; i++) Assert.True(writer.Append(JournalFolder.Records(i * 8, 8), (long)i));
        }

        byte[] data = File.ReadAllBytes(_folder.Data(16));
        data[4096 + (8 * 64) + 1] ^= 1;
        File.WriteAllBytes(_folder.Data(16), data);
        // Without a start of the machine in between nothing can have happened to a sealed segment, unless opening is asked to look.
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 16))) Assert.Equal(48, writer.NextOrdinal);
        using (JournalReader reader = _folder.Read())
        {
            Assert.Contains("Records 24 to 31", Assert.Throws<JournalException>(() => JournalFolder.Sequences(reader)).Message, StringComparison.Ordinal);
        }

        using (JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 16) with { VerifiesAll = true }))
        {
            Assert.Equal((24L, 2L, 24L, 1, 3), (writer.Recovery.NextOrdinal, writer.Recovery.Mark, writer.Recovery.RecordsCut, writer.Recovery.SegmentsCut, writer.Recovery.CutFiles.Count));
            Assert.All(writer.Recovery.CutFiles, path => Assert.True(File.Exists(path)));
            Assert.True(writer.Append(JournalFolder.Records(24, 1), 2));
        }

        Assert.Equal(Enumerable.Range(0, 25).Select(i => (ulong)i), _folder.Sequences());
    }

    [Fact]
    public void Should_Refuse_A_Newer_Format_And_Say_Which()
    {
        JournalWriter.Open(_folder.Settings()).Dispose();
        Patch(_folder.Index(), 8, 2);
        foreach (Action open in (Action[])[() => JournalWriter.Open(_folder.Settings()).Dispose(), () => _folder.Read().Dispose()])
        {
            string message = Assert.Throws<JournalException>(open).Message;
            Assert.Contains(_folder.Index(), message, StringComparison.Ordinal);
            Assert.Contains("version 2", message, StringComparison.Ordinal);
            Assert.Contains("up to 1", message, StringComparison.Ordinal);
        }

        // The refusal leaves nothing locked, mapped or changed.
        Patch(_folder.Index(), 8, 1);
        JournalWriter.Open(_folder.Settings()).Dispose();
    }

    [Theory]
    [InlineData(0, "is no index")]
    [InlineData(24, "is damaged")]
    [InlineData(70, "is damaged")]
    public void Should_Say_That_An_Index_Is_Damaged(int at, string what)
    {
        JournalWriter.Open(_folder.Settings()).Dispose();
        Patch(_folder.Index(), at, 77);
        string message = Assert.Throws<JournalException>(() => JournalWriter.Open(_folder.Settings())).Message;
        Assert.Contains(what, message, StringComparison.Ordinal);
        Assert.Contains(_folder.Index(), message, StringComparison.Ordinal);
        Assert.Throws<JournalException>(() => _folder.Read());
    }

    [Fact]
    public void Should_Cut_Behind_A_Damaged_Entry_And_Set_The_Records_Aside()
    {
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 60)))
        {
            for (ulong i = 0; i < 5; i++) Assert.True(writer.Append(JournalFolder.Records(i * 8, 8), (long)i));
        }

        for (int at = 0; at < 64; at++)
        {
            using var copy = new JournalFolder();
            foreach (string path in Directory.GetFiles(_folder.FullName)) File.Copy(path, copy.PathOf(Path.GetFileName(path)));
            byte[] index = File.ReadAllBytes(copy.Index());
            index[4096 + (3 * 64) + at] ^= 1;
            File.WriteAllBytes(copy.Index(), index);
            using JournalWriter writer = JournalWriter.Open(copy.Settings(segmentRecords: 60));
            Assert.Equal((24L, 2L, 16L), (writer.Recovery.NextOrdinal, writer.Recovery.Mark, writer.Recovery.RecordsCut));
            Assert.Equal(JournalFolder.Records(24, 16), File.ReadAllBytes(Assert.Single(writer.Recovery.CutFiles)));
        }
    }

    [Fact]
    public void Should_Say_That_A_File_Was_Shortened()
    {
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings())) Assert.True(writer.Append(JournalFolder.Records(0, 3), 0));
        byte[] index = File.ReadAllBytes(_folder.Index());
        foreach (int length in new[] { 0, 100, 4096 })
        {
            File.WriteAllBytes(_folder.Index(), index[..length]);
            Assert.Contains(_folder.Index(), Assert.Throws<JournalException>(() => JournalWriter.Open(_folder.Settings())).Message, StringComparison.Ordinal);
        }

        // Records that are not there are cut.
        File.WriteAllBytes(_folder.Index(), index);
        File.WriteAllBytes(_folder.Data(), File.ReadAllBytes(_folder.Data())[..(4096 + 100)]);
        using JournalWriter again = JournalWriter.Open(_folder.Settings());
        Assert.Equal((0L, 3L), (again.Recovery.NextOrdinal, again.Recovery.RecordsCut));
        Assert.True(again.Append(JournalFolder.Records(0, 900), 0));
    }

    [Fact]
    public void Should_Say_Which_File_Is_Missing()
    {
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 8)))
        {
            for (ulong i = 0; i < 4; i++) Assert.True(writer.Append(JournalFolder.Records(i * 8, 8), 0));
        }

        foreach (string missing in (string[])[_folder.Data(16), _folder.Index(16)])
        {
            File.Move(missing, missing + ".away");
            Assert.Contains(missing, Assert.Throws<JournalException>(() => JournalWriter.Open(_folder.Settings(segmentRecords: 8))).Message, StringComparison.Ordinal);
            File.Move(missing + ".away", missing);
        }

        File.Delete(_folder.Data(16));
        File.Delete(_folder.Index(16));
        string message = Assert.Throws<JournalException>(() => JournalWriter.Open(_folder.Settings(segmentRecords: 8))).Message;
        Assert.Contains(_folder.Data(8), message, StringComparison.Ordinal);
        Assert.Contains(_folder.Data(24), message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Finish_What_A_Death_Between_Two_Steps_Left()
    {
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 8)))
        {
            for (ulong i = 0; i < 3; i++) Assert.True(writer.Append(JournalFolder.Records(i * 8, 8), 0));
        }

        // Retention had removed the records and not yet the index; a new segment's records had their name and its index had not; the one before was not sealed yet.
        File.Delete(_folder.Data(0));
        File.Copy(_folder.Data(16), _folder.Data(24));
        File.Copy(_folder.Index(16), _folder.PathOf("test.next.idx"));
        byte[] index = File.ReadAllBytes(_folder.Index(8));
        index[256] = 0;
        File.WriteAllBytes(_folder.Index(8), [.. index, .. new byte[128]]);
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 8)))
        {
            Assert.Equal((8L, 24L, 0L), (writer.Recovery.FirstOrdinal, writer.Recovery.NextOrdinal, writer.Recovery.RecordsCut));
            Assert.True(writer.Append(JournalFolder.Records(24, 1), 0));
        }

        Assert.Equal(Enumerable.Range(8, 17).Select(i => (ulong)i), _folder.Sequences());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Should_Finish_A_Removal_That_Was_Half_Done(int removed)
    {
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 8)))
        {
            for (ulong i = 0; i < 3; i++) Assert.True(writer.Append(JournalFolder.Records(i * 8, 8), 4));
        }

        // The last of them had lost its records and not yet its index.
        for (int i = 0; i < removed; i++) File.Delete(_folder.Data(i * 8));
        for (int i = 0; i < removed - 1; i++) File.Delete(_folder.Index(i * 8));
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 8)))
        {
            Assert.Equal((removed == 3 ? 24L : 8L, 24L, 4L), (writer.Recovery.FirstOrdinal, writer.NextOrdinal, writer.Mark));
            Assert.True(writer.Append(JournalFolder.Records(77, 1), 5));
        }

        // And again, where it does not begin at 0.
        if (removed != 1) return;
        File.Delete(_folder.Data(8));
        File.Delete(_folder.Data(16));
        File.Delete(_folder.Index(8));
        using JournalWriter again = JournalWriter.Open(_folder.Settings(segmentRecords: 8));
        Assert.Equal((24L, 25L), (again.Recovery.FirstOrdinal, again.NextOrdinal));
    }

    [Fact]
    public void Should_Mend_A_Header_Of_NumPy_That_Did_Not_Reach_The_Disk()
    {
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings())) Assert.True(writer.Append(JournalFolder.Records(0, 3), 0));
        byte[] whole = File.ReadAllBytes(_folder.Data());
        byte[] torn = [.. whole];
        torn.AsSpan(0, 4096).Clear();
        File.WriteAllBytes(_folder.Data(), torn);
        JournalWriter.Open(_folder.Settings()).Dispose();
        Assert.Equal(whole, File.ReadAllBytes(_folder.Data()));
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    }

    private static void Patch(string path, int at, byte value)
    {
        byte[] content = File.ReadAllBytes(path);
        content[at] = value;
        File.WriteAllBytes(path, content);
    }
}
