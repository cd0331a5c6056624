using LowLatency.Storage.Journal;

namespace LowLatency.Storage.Tests.Journal;

public sealed class JournalDurabilityTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly JournalFolder _folder = new(onDisk: true);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_Tell_What_Is_On_Disk_After_Each_Append()
    {
        using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 10) with { Durability = JournalDurability.Batch });
        for (ulong i = 0; i < 8; i++)
        {
            Assert.True(writer.Append(JournalFolder.Records(i * 3, 3), 0));
            Assert.Equal(writer.NextOrdinal, writer.DurableOrdinal);
        }
    }

    [Fact]
    public void Should_Bring_To_Disk_At_Intervals()
    {
        using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 10) with { Durability = JournalDurability.Interval, SyncIntervalMs = 1 });
        for (ulong i = 0; i < 8; i++) Assert.True(writer.Append(JournalFolder.Records(i * 3, 3), 0));
        Assert.True(SpinWait.SpinUntil(() => writer.DurableOrdinal == 24, Patience));
    }

    [Fact]
    public void Should_Bring_To_Disk_When_It_Is_Asked_To()
    {
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 10)))
        {
            for (ulong i = 0; i < 8; i++) Assert.True(writer.Append(JournalFolder.Records(i * 3, 3), 0));
            Assert.Equal(0, writer.DurableOrdinal);
            writer.Sync();
            Assert.Equal(24, writer.DurableOrdinal);
        }

        // What was never synced is, when the journal is opened again to be durable.
        using JournalWriter durable = JournalWriter.Open(_folder.Settings(segmentRecords: 10) with { Durability = JournalDurability.Batch });
        Assert.Equal(24, durable.DurableOrdinal);
    }

    [Theory]
    [InlineData(JournalDurability.Batch)]
    [InlineData(JournalDurability.Interval)]
    public void Should_Not_Go_On_When_The_Disk_Has_Failed(JournalDurability durability)
    {
        bool fails = false;
        JournalSettings settings = _folder.Settings(segmentRecords: 4) with { Durability = durability, SyncIntervalMs = 1, Syncing = () => { if (Volatile.Read(ref fails)) throw new IOException("the disk is broken."); } };
        using (JournalWriter writer = JournalWriter.Open(settings))
        {
            ulong next = 0;
            for (; next < 6; next++) Assert.True(writer.Append(JournalFolder.Records(next, 1), 0));
            Assert.True(SpinWait.SpinUntil(() => writer.DurableOrdinal == 6, Patience));
            Volatile.Write(ref fails, true);
            JournalException? thrown = null;
            // By the append itself, or by one of those behind the next sync of the journal's thread.
            Assert.True(SpinWait.SpinUntil(
                () =>
                {
                    try
                    {
                        Assert.True(writer.Append(JournalFolder.Records((ulong)writer.NextOrdinal, 1), 0));
                        return false;
                    }
                    catch (JournalException failure)
                    {
                        thrown = failure;
                        return true;
                    }
                },
                Patience));
            Assert.Contains("record 5: the disk is broken.", thrown!.Message, StringComparison.Ordinal);
            // It does not come back by itself: the next sync could say that all is well.
            Volatile.Write(ref fails, false);
            Assert.Throws<JournalException>(() => writer.Append(JournalFolder.Records((ulong)writer.NextOrdinal, 1), 0));
            Assert.Throws<JournalException>(writer.Sync);
            Assert.Equal(6, writer.DurableOrdinal);
        }

        using JournalWriter again = JournalWriter.Open(settings);
        Assert.True(again.NextOrdinal > 6);
        Assert.Equal(again.NextOrdinal, again.DurableOrdinal);
        Assert.Equal(Enumerable.Range(0, (int)again.NextOrdinal).Select(i => (ulong)i), _folder.Sequences());
    }

    [Fact]
    public void Should_Sync_While_Another_Thread_Appends()
    {
        using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 500));
        bool stops = false;
        Exception? failure = null;
        var syncing = new Thread(() =>
        {
            try
            {
                long last = 0;
                while (!Volatile.Read(ref stops))
                {
                    writer.Sync();
                    Assert.True(writer.DurableOrdinal >= last);
                    last = writer.DurableOrdinal;
                }
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }
        });
        syncing.Start();
        for (ulong next = 0; next < 20_000; next += 3) Assert.True(writer.Append(JournalFolder.Records(next, 3), (long)next));
        Volatile.Write(ref stops, true);
        syncing.Join();
        Assert.Null(failure);
        writer.Sync();
        Assert.Equal(writer.NextOrdinal, writer.DurableOrdinal);
    }

    // What a sync has promised is found again even when everything that was written later reached the disk in pieces: that of a sync that was under way, too.
    [Theory]
    [InlineData(11)]
    [InlineData(10)]
    public void Should_Find_What_Was_Synced_When_All_That_Came_Later_Is_Torn(int onDisk)
    {
        for (int later = 1; later < 12; later++)
        {
            foreach (string path in Directory.GetFiles(_folder.FullName)) File.Delete(path);
            using (JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 100)))
            {
                for (ulong i = 0; i < 5; i++) Assert.True(writer.Append(JournalFolder.Records(i * 2, 2), 0));
                writer.Sync();
                Assert.Equal(10, writer.DurableOrdinal);
                Assert.True(writer.Append(JournalFolder.Records(10, 1), 0));
                writer.Sync();
                Assert.Equal(11, writer.DurableOrdinal);
                for (ulong i = 0; i < (ulong)later; i++) Assert.True(writer.Append(JournalFolder.Records(11 + i, 1), 0));
            }

            byte[] data = File.ReadAllBytes(_folder.Data());
            data.AsSpan(4096 + (onDisk * 64)).Clear();
            File.WriteAllBytes(_folder.Data(), data);
            _folder.StartMachineAgain();
            using JournalWriter again = JournalWriter.Open(_folder.Settings(segmentRecords: 100));
            Assert.Equal((onDisk, (long)later + 11 - onDisk), (again.Recovery.NextOrdinal, again.Recovery.RecordsCut));
        }
    }
}
