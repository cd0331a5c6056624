using LowLatency.Core.Agents;
using LowLatency.Core.Rings;
using LowLatency.Market.Records;
using LowLatency.Storage.Journal;

namespace LowLatency.Publishing.Tests;

/// <summary>The output journal, and a subscriber that gets from it what it has missed.</summary>
public sealed class CatchUpTests : IDisposable
{
    private readonly MemoryFolder _folder = new();

    private OutputJournalSettings Settings => new() { Dir = _folder.PathOf("journal"), SegmentRecords = 1024 };

    [Fact]
    public void Should_Write_Down_Everything_In_Two_Journals_That_Are_Found_By_Mark()
    {
        using var world = new TestWorld();
        var source = new TestStreams();
        var journal = new OutputJournal(source.Streams, Settings, new Parker(), world);
        for (int i = 0; i < 500; i++)
        {
            source.OneOfEach($"S{i % 20}", i);
            journal.DoWork();
        }

        Assert.True(journal.IsDrained);
        journal.OnClose();
        foreach (int bytes in new[] { 64, 128 })
        {
            byte[][] expected = [.. source.Published.Where(r => r.Length == bytes)];
            Assert.Equal(expected, ReadAll(bytes, withDefinitions: false));
        }

        Assert.Equal(2 + 2 + 1 + 20, ReadAll(128, withDefinitions: true).Count(r => r[0] == (byte)RecordType.Definition));
    }

    [Fact]
    public void Should_Count_Marks_On_From_Run_To_Run()
    {
        using var world = new TestWorld();
        (long last, long before) = (0, 0);
        for (uint epoch = 1; epoch <= 3; epoch++)
        {
            var source = new TestStreams(epoch);
            var journal = new OutputJournal(source.Streams, Settings, new Parker(), world);
            Assert.Equal(before, journal.Base);
            source.OneOfEach("A", epoch);
            journal.DoWork();
            journal.OnClose();
            (last, before) = (before, before + source.Streams.Ring.Position);
        }

        using JournalReader reader = JournalReader.Open(Settings.Dir, "output-64");
        reader.SeekMark(last + 1);
        Assert.False(reader.Next(1).IsEmpty);
        Assert.Equal(3, reader.Epoch);
    }

    [Fact]
    public void Should_Bring_A_Subscriber_That_Was_Halted_Everything_It_Missed()
    {
        using var world = new TestWorld();
        (TestStreams source, StreamPublisher publisher, OutputJournal journal) = Journaled(world);
        source.OneOfEach("A", 0);
        (StreamSubscriber subscriber, BroadcastReader reader) = SubscriptionTests.Live(world, Settings.Dir);
        var got = TestStreams.ReadAll(reader);
        world.Until(() => Read(reader, got) >= source.Published.Count, "it has the beginning");
        for (int halt = 1; halt <= 3; halt++)
        {
            world.Halt(subscriber);
            for (int i = 1; i < 2000; i++)
            {
                source.OneOfEach(i % 3 == 0 ? $"NEW{halt}" : "A", i);
                if (i % 20 == 0) world.Until(() => journal.IsDrained, "the engine goes on");
            }

            world.Resume(subscriber);
            world.Until(() => Read(reader, got) >= source.Published.Count, "all of it has come");
        }

        Assert.True(subscriber.CaughtUp > 0, "It was never behind: nothing was tried.");
        AssertAll(source, got);
        // A lone subscriber keeps its image: the publisher drops what finds no room, and the journal has it.
        Assert.True(publisher.Dropped > 0);
        Assert.Equal((0L, 0L), (subscriber.Missed, publisher.LappedBytes));
    }

    [Fact]
    public void Should_Bring_What_Was_Published_While_There_Was_No_Driver()
    {
        using var world = new TestWorld();
        (TestStreams source, StreamPublisher publisher, OutputJournal journal) = Journaled(world);
        source.OneOfEach("A", 0);
        (StreamSubscriber subscriber, BroadcastReader reader) = SubscriptionTests.Live(world, Settings.Dir);
        List<byte[]> got = [];
        world.Until(() => Read(reader, got) >= source.Published.Count, "it has the beginning");
        world.StopDriver();
        world.Until(() => !publisher.IsConnected && subscriber.Phase == SubscriberPhase.Disconnected, "both have noticed");
        for (int i = 1; i < 300; i++) source.OneOfEach("B", i);
        world.Until(() => publisher.IsDrained && journal.IsDrained, "the engine goes on");
        world.StartDriver();
        world.Until(() => Read(reader, got) + subscriber.Missed >= source.Published.Count, "all of it has come");
        AssertAll(source, got);
        Assert.Equal(0, subscriber.Missed);
    }

    [Fact]
    public void Should_Count_As_Missed_What_Retention_Has_Removed()
    {
        using var world = new TestWorld();
        (TestStreams source, StreamPublisher publisher, OutputJournal journal) = Journaled(world);
        source.Trade("A", 0);
        (StreamSubscriber subscriber, BroadcastReader reader) = SubscriptionTests.Live(world, Settings.Dir);
        List<byte[]> got = [];
        world.Until(() => Read(reader, got) >= source.Published.Count, "it has the beginning");
        world.Halt(subscriber);
        for (int i = 1; i < 10_000; i++)
        {
            source.Trade("A", i);
            if (i % 20 == 0) world.Until(() => journal.IsDrained, "the engine goes on");
        }

        // As retention does: the oldest segments of ticks, whole.
        foreach (string file in Directory.EnumerateFiles(Settings.Dir, "output-64-0*").Order().Take(8)) File.Delete(file);
        world.Resume(subscriber);
        source.Trade("A", 10_000);
        world.Until(() => Read(reader, got) + subscriber.Missed >= source.Published.Count, "it is live again");
        Assert.Equal(source.Published.Count, got.Count + subscriber.Missed);
        Assert.True(subscriber.Missed >= 1024 && subscriber.CaughtUp > 0, $"{subscriber.Missed} missed, {subscriber.CaughtUp} caught up");
    }

    [Fact]
    public void Should_Go_On_Without_A_Journal_That_Cannot_Be_Read_And_Say_So()
    {
        using var world = new TestWorld();
        (TestStreams source, StreamPublisher publisher, OutputJournal journal) = Journaled(world);
        source.Trade("A", 0);
        (StreamSubscriber subscriber, BroadcastReader reader) = SubscriptionTests.Live(world, _folder.PathOf("elsewhere"));
        List<byte[]> got = [];
        world.Until(() => Read(reader, got) >= source.Published.Count, "it has the beginning");
        world.Halt(subscriber);
        for (int i = 1; i < 20_000; i++)
        {
            source.Trade("A", i);
            if (i % 20 == 0) world.Until(() => journal.IsDrained, "the engine goes on");
        }

        world.Resume(subscriber);
        source.Trade("A", 20_000);
        world.Until(() => Read(reader, got) + subscriber.Missed >= source.Published.Count, "it is live again");
        Assert.True(subscriber.Missed > 0);
        Assert.Contains(world.Errors, e => e.Contains("elsewhere", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private (TestStreams Source, StreamPublisher Publisher, OutputJournal Journal) Journaled(TestWorld world)
    {
        var source = new TestStreams();
        var journal = new OutputJournal(source.Streams, Settings, new Parker(), world);
        world.Resume(journal);
        return (source, world.Publish(source.Streams, journalBase: journal.Base), journal);
    }

    private static void AssertAll(TestStreams source, List<byte[]> got)
    {
        static ILookup<(uint, byte, ushort, ushort), string> Split(IEnumerable<byte[]> records) => records.ToLookup(KeyOf, Convert.ToHexString);
        ILookup<(uint, byte, ushort, ushort), string> ours = Split(got);
        foreach (IGrouping<(uint, byte, ushort, ushort), string> stream in Split(source.Published)) Assert.Equal(stream, ours[stream.Key]);
        Assert.Equal(source.Published.Count, got.Count);
    }

    private static (uint, byte, ushort, ushort) KeyOf(byte[] record)
    {
        RecordHeader header = System.Runtime.InteropServices.MemoryMarshal.Read<RecordHeader>(record);
        return header.Type switch
        {
            RecordType.Bar => (header.Instrument, (byte)header.Type, System.Runtime.InteropServices.MemoryMarshal.Read<BarRecord>(record).Spec, 0),
            RecordType.Indicator => (header.Instrument, (byte)header.Type, System.Runtime.InteropServices.MemoryMarshal.Read<IndicatorRecord>(record).Spec, System.Runtime.InteropServices.MemoryMarshal.Read<IndicatorRecord>(record).Indicator),
            _ => (header.Instrument, (byte)header.Type, 0, 0),
        };
    }

    private static int Read(BroadcastReader reader, List<byte[]> into)
    {
        into.AddRange(TestStreams.ReadAll(reader));
        return into.Count;
    }

    private List<byte[]> ReadAll(int bytes, bool withDefinitions)
    {
        var records = new List<byte[]>();
        using JournalReader reader = JournalReader.Open(Settings.Dir, $"output-{bytes}");
        for (ReadOnlySpan<byte> next = reader.Next(); !next.IsEmpty; next = reader.Next())
        {
            for (; !next.IsEmpty; next = next[bytes..])
            {
                if (withDefinitions || next[0] != (byte)RecordType.Definition) records.Add(next[..bytes].ToArray());
            }
        }

        return records;
    }
}
