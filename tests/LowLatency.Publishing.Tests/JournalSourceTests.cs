using LowLatency.Core.Agents;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;
using LowLatency.Storage.Journal;

namespace LowLatency.Publishing.Tests;

/// <summary>What a writer to a database reads: the output journal, an epoch at a time, from where it had come.</summary>
public sealed class JournalSourceTests : IDisposable
{
    private readonly MemoryFolder _folder = new();
    private readonly TestWorld _world = new();

    private OutputJournalSettings Settings => new() { Dir = _folder.PathOf("journal"), SegmentRecords = 1024 };

    [Fact]
    public void Should_Give_Every_Record_Once_With_Its_Names_While_It_Is_Written()
    {
        var engine = new Engine(Settings, _world, 1);
        engine.Publish("A", 10);
        using JournalSource source = Open();
        PublishedStreams names = source.Names();
        List<byte[]> got = [];
        for (int round = 0; round < 50; round++)
        {
            engine.Publish(round % 2 == 0 ? "A" : $"NEW{round}", 100);
            for (ReadOnlySpan<byte> records = source.Next(out long position); !records.IsEmpty; records = source.Next(out position))
            {
                List<byte[]> batch = Split(records);
                // Each id has a name by the time its record is given.
                Assert.All(batch, r => Assert.True(System.Runtime.InteropServices.MemoryMarshal.Read<RecordHeader>(r).Instrument < names.Instruments.Count));
                got.AddRange(batch);
                source.Acknowledge(position);
            }
        }

        Assert.Equal(Sorted(engine.Source.Published), Sorted(got));
        Assert.Equal("NEW49", names.Instruments.Symbol(25));
        Assert.Equal(engine.Source.Streams.Channels.Channels.Select(c => c.Name), names.Channels.Channels.Select(c => c.Name));
        Assert.Equal((false, 0L), (source.HasEnded, source.Removed));
        engine.Stop();
    }

    [Fact]
    public void Should_Begin_Again_Behind_What_Was_Acknowledged()
    {
        var engine = new Engine(Settings, _world, 1);
        engine.Publish("A", 3000);
        List<byte[]> acknowledged = [];
        for (int life = 0; life < 6; life++)
        {
            // It reads ahead in each life, and all but the last batch is acknowledged.
            using JournalSource source = Open();
            List<byte[]> pending = [];
            long before = 0;
            for (int batch = 0; batch < 3; batch++)
            {
                ReadOnlySpan<byte> records = source.Next(out long position);
                if (batch == 2) break;
                pending.AddRange(Split(records));
                before = position;
            }

            source.Acknowledge(before);
            acknowledged.AddRange(pending);
        }

        using (JournalSource source = Open())
        {
            for (ReadOnlySpan<byte> records = source.Next(out _); !records.IsEmpty; records = source.Next(out _)) acknowledged.AddRange(Split(records));
        }

        Assert.Equal(Sorted(engine.Source.Published), Sorted(acknowledged));
        engine.Stop();
    }

    [Fact]
    public void Should_End_With_The_Epoch_And_Give_The_Next_One_With_Its_Own_Names()
    {
        var first = new Engine(Settings, _world, 1);
        first.Publish("A", 50);
        Engine second;
        using (JournalSource source = Open())
        {
            Assert.Equal((1L, false, false), (source.Epoch, source.IsOld(), source.HasEnded));
            first.Publish("A", 50);
            first.Stop();
            second = new Engine(Settings, _world, 2);
            second.Publish("B", 70);
            second.Stop();
            Assert.True(source.IsOld());
            List<byte[]> got = [];
            long last = 0;
            for (ReadOnlySpan<byte> records = source.Next(out long position); !records.IsEmpty; records = source.Next(out position))
            {
                got.AddRange(Split(records));
                last = position;
            }

            Assert.Equal(Sorted(first.Source.Published), Sorted(got));
            Assert.True(source.HasEnded);
            Assert.Equal("A", source.Names().Instruments.Symbol(0));
            source.Acknowledge(last);
        }

        using JournalSource next = Open();
        Assert.Equal((2L, false), (next.Epoch, next.IsOld()));
        Assert.Equal("B", next.Names().Instruments.Symbol(0));
        List<byte[]> rest = [];
        for (ReadOnlySpan<byte> records = next.Next(out _); !records.IsEmpty; records = next.Next(out _)) rest.AddRange(Split(records));
        Assert.Equal(Sorted(second.Source.Published), Sorted(rest));
        Assert.False(next.HasEnded);
    }

    [Fact]
    public void Should_Count_What_Retention_Removed_Before_It_Was_Read()
    {
        var engine = new Engine(Settings, _world, 1);
        engine.Publish("A", 2000);
        engine.Stop();
        string[] ticks = [.. Directory.EnumerateFiles(Settings.Dir, "output-64-0*").Order()];
        foreach (string file in ticks[..2]) File.Delete(file);
        using JournalSource source = Open();
        int got = 0;
        for (ReadOnlySpan<byte> records = source.Next(out _); !records.IsEmpty; records = source.Next(out _)) got += Split(records).Count;
        Assert.Equal(engine.Source.Published.Count - 1024, got);
    }

    [Fact]
    public void Should_Not_Share_A_Cursor()
    {
        var engine = new Engine(Settings, _world, 1);
        engine.Publish("A", 1);
        engine.Stop();
        using (Open())
        {
            Assert.Contains("another writer", Assert.Throws<IOException>(() => Open()).Message, StringComparison.Ordinal);
            JournalSource.Open(Settings.Dir, "else", 64, TimeSpan.Zero).Dispose();
        }

        Open().Dispose();
    }

    [Fact]
    public void Should_Say_That_There_Is_No_Journal()
    {
        JournalException thrown = Assert.Throws<JournalException>(() => Open());
        Assert.Contains("journal", thrown.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _world.Dispose();
        _folder.Dispose();
    }

    private JournalSource Open() => JournalSource.Open(Settings.Dir, "test", 64, TimeSpan.Zero);

    private static string[] Sorted(IEnumerable<byte[]> records) => [.. records.Select(Convert.ToHexString).Order()];

    private static List<byte[]> Split(ReadOnlySpan<byte> records)
    {
        var all = new List<byte[]>();
        for (int length; !records.IsEmpty; records = records[length..])
        {
            length = RecordLengths.Of((RecordType)records[0]);
            if (records[0] != (byte)RecordType.Definition) all.Add(records[..length].ToArray());
        }

        return all;
    }

    private sealed class Engine
    {
        private readonly OutputJournal _journal;

        public Engine(OutputJournalSettings settings, TestWorld errors, uint epoch)
        {
            Source = new TestStreams(epoch);
            _journal = new OutputJournal(Source.Streams, settings, new Parker(), errors);
        }

        public TestStreams Source { get; }

        public void Publish(string symbol, int count)
        {
            for (int i = 0; i < count; i++)
            {
                Source.OneOfEach(symbol, i);
                _journal.DoWork();
            }
        }

        public void Stop() => _journal.OnClose();
    }
}
