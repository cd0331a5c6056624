using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using LowLatency.Gateway.Fanout;

namespace LowLatency.Gateway.Tests.Fanout;

public sealed class StreamHistoryTests
{
    private const int RecordBytes = 64;

    [Fact]
    public void Should_Keep_The_Newest_In_Order()
    {
        StreamHistory history = Make(40);
        for (int i = 0; i < 1000; i++) history.Append(Record(i, i));
        Assert.Equal(Enumerable.Range(960, 40).Select(i => (long)i), Times(history));
    }

    [Fact]
    public void Should_Match_A_Sorted_Dictionary_That_Drops_The_Oldest() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll<byte[]>(times =>
        {
            const int Capacity = 20;
            StreamHistory history = Make(Capacity);
            var twin = new SortedDictionary<long, long>();
            long value = 0;
            foreach (byte time in times.Concat(times.Reverse()))
            {
                value++;
                history.Put(Record(time, value));
                bool tooOld = twin.Count == Capacity && !twin.ContainsKey(time) && time < twin.Keys.First();
                if (tooOld) continue;
                twin[time] = value;
                if (twin.Count > Capacity) twin.Remove(twin.Keys.First());
            }

            return Times(history).SequenceEqual(twin.Keys) && Values(history).SequenceEqual(twin.Values);
        }));

    [Fact]
    public void Should_Stop_Growing_When_The_Budget_Is_Used_Up()
    {
        var budget = new HistoryBudget(32 * RecordBytes);
        var history = new StreamHistory(RecordBytes, 4096, 8, budget);
        for (int i = 0; i < 100; i++) history.Append(Record(i, i));
        Assert.Equal(32, history.Count);
        Assert.Equal(99, history.TimeNs(31));
        var second = new StreamHistory(RecordBytes, 4096, 8, budget);
        second.Append(Record(1, 1));
        second.Put(Record(1, 1));
        Assert.Equal(0, second.Count);
    }

    private static StreamHistory Make(int capacity) => new(RecordBytes, capacity, 8, new HistoryBudget(1 << 20));

    private static byte[] Record(long time, long value)
    {
        byte[] record = new byte[RecordBytes];
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(8), time);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(32), value);
        return record;
    }

    private static IEnumerable<long> Times(StreamHistory history) => Enumerable.Range(0, history.Count).Select(history.TimeNs);

    private static IEnumerable<long> Values(StreamHistory history) =>
        Enumerable.Range(0, history.Count).Select(i => BinaryPrimitives.ReadInt64LittleEndian(history[i][32..]));
}
