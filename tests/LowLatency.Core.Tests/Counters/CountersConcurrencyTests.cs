using LowLatency.Core.Clocks;
using LowLatency.Core.Counters;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Tests.Counters;

public sealed class CountersConcurrencyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_Read_Label_Type_And_Value_Of_One_Counter_While_It_Changes_Hands()
    {
        const int Rounds = 30_000;
        const int Length = 300;
        string path = _folder.PathOf("x.counters");
        // No delay before reuse: readers have to notice for themselves.
        using MappedFile file = MappedFile.Create(path, CountersLayout.MetadataBytes + CountersLayout.ValueBytes);
        using MappedFile other = MappedFile.Open(path, writable: false);
        var table = new CounterTable(file.View.Slice(0, 512), file.View.Slice(512, 128), SystemClock.Instance, reuseDelayMs: 0);
        var reader = new CountersReader(other.View.Slice(0, 512), other.View.Slice(512, 128));
        bool done = false;
        var writer = new Thread(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                Counter counter = table.Allocate(1000 + (i % 26), new string((char)('a' + (i % 26)), Length));
                table.Free(counter);
            }

            table.Allocate(1000, "end");
            Volatile.Write(ref done, true);
        });
        writer.Start();
        int torn = 0;
        long last = 0;
        while (!Volatile.Read(ref done))
        {
            if (!reader.TryRead(0, out CounterSnapshot counter) || counter.Label == "end") continue;
            char letter = (char)('a' + (counter.TypeId - 1000));
            if (counter.Label.Length != Length || counter.Label.AsSpan().ContainsAnyExcept(letter)) torn++;
            if (counter.RegistrationId < last) torn++;
            last = counter.RegistrationId;
        }

        writer.Join();
        Assert.Equal(0, torn);
        Assert.Equal("end", Assert.Single(reader.ReadAll()).Label);
    }

    [Fact]
    public void Should_See_Values_Grow_In_Another_Mapping()
    {
        using CountersFile file = CountersFile.Create(_folder.PathOf("x.counters"), "engine", 8, 4096, SystemClock.Instance);
        Counter first = file.Table.Allocate(1000, "first");
        Counter second = file.Table.Allocate(1000, "second");
        using CountersSource source = CountersSource.Open(file.Path);
        bool done = false;
        var writer = new Thread(() =>
        {
            for (int i = 0; i < 200_000; i++)
            {
                // Released in this order: who sees the second's value sees the first's.
                first.Increment();
                second.Increment();
            }

            Volatile.Write(ref done, true);
        });
        writer.Start();
        int wrong = 0;
        while (!Volatile.Read(ref done))
        {
            source.Counters.TryRead(1, out CounterSnapshot later);
            source.Counters.TryRead(0, out CounterSnapshot earlier);
            if (later.Value > earlier.Value) wrong++;
        }

        writer.Join();
        Assert.Equal(0, wrong);
        Assert.Equal([200_000L, 200_000L], source.Counters.ReadAll().Select(c => c.Value));
    }
}
