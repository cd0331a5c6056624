using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LowLatency.Core.Clocks;
using LowLatency.Core.Counters;
using LowLatency.Core.Errors;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Tests.Errors;

public sealed class DistinctErrorLogTests
{
    private readonly ManualClock _clock = new(1_000_000_000);

    [Fact]
    public void Should_Write_Each_Distinct_Error_Once()
    {
        MemoryView memory = MemoryView.Allocate(4096);
        var log = new DistinctErrorLog(memory, _clock);
        log.Record("a");
        _clock.Advance(1_000_000);
        log.Record("bb");
        _clock.Advance(1_000_000);
        log.Record("a");
        Assert.Equal([new LoggedError(2, 1000, 1002, "a"), new LoggedError(1, 1001, 1001, "bb")], ErrorLogReader.ReadAll(memory));
        // 24 and 1, aligned to 8.
        Assert.Equal((25, 26), (memory.GetInt32(0), memory.GetInt32(32)));
    }

    [Fact]
    public void Should_Count_What_It_Has_No_Room_For()
    {
        // 24 bytes and "x: System.FormatException: 1234\n(not thrown)" are 68, 72 when aligned.
        MemoryView memory = MemoryView.Allocate(150);
        var table = new CounterTable(MemoryView.Allocate(1024), MemoryView.Allocate(256), _clock);
        Counter errors = table.Allocate(1000, "errors");
        Counter unlogged = table.Allocate(1000, "unlogged");
        var handler = new CountedErrors(new DistinctErrorLog(memory, _clock), errors, unlogged);
        foreach (string source in (string[])["x", "x", "y", "z"]) handler.OnError(source, new FormatException("1234"));
        Assert.Equal((4, 1), (errors.Value, unlogged.Value));
        Assert.Equal(["x: System.FormatException: 1234\n(not thrown)", "y: System.FormatException: 1234\n(not thrown)"], ErrorLogReader.ReadAll(memory).Select(e => e.Text));
    }

    [Fact]
    public void Should_Keep_The_Stack_Of_The_First_And_The_Error_Within()
    {
        MemoryView memory = MemoryView.Allocate(1 << 14);
        var table = new CounterTable(MemoryView.Allocate(1024), MemoryView.Allocate(256), _clock);
        var handler = new CountedErrors(new DistinctErrorLog(memory, _clock), table.Allocate(1000, "errors"), table.Allocate(1000, "unlogged"));
        for (int i = 0; i < 3; i++) handler.OnError("stage mine", Assert.Throws<InvalidOperationException>(Fail));
        LoggedError error = Assert.Single(ErrorLogReader.ReadAll(memory));
        Assert.Equal(3, error.Observations);
        Assert.StartsWith("stage mine: System.InvalidOperationException: outer\n", error.Text, StringComparison.Ordinal);
        Assert.Contains("inner cause", error.Text, StringComparison.Ordinal);
        Assert.Contains(nameof(Fail), error.Text, StringComparison.Ordinal);

        static void Fail() => throw new InvalidOperationException("outer", new ArgumentException("inner cause"));
    }

    [Fact]
    public void Should_Hold_Every_Text_With_Its_Count() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), numbers =>
        {
            MemoryView memory = MemoryView.Allocate(1 << 16);
            var log = new DistinctErrorLog(memory, _clock);
            foreach (byte number in numbers) Assert.True(log.Record(TextOf(number)));
            Assert.Equal(numbers.Distinct().Select(n => (TextOf(n), numbers.Count(o => o == n))), ErrorLogReader.ReadAll(memory).Select(e => (e.Text, e.Observations)));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Should_Cut_Long_Texts_And_Take_Those_Alike_For_One()
    {
        MemoryView memory = MemoryView.Allocate(1 << 16);
        var log = new DistinctErrorLog(memory, _clock);
        log.Record(new string('ä', 9000) + "1");
        log.Record(new string('ä', 9000) + "2");
        LoggedError error = Assert.Single(ErrorLogReader.ReadAll(memory));
        Assert.Equal((2, DistinctErrorLog.MaxTextBytes), (error.Observations, Encoding.UTF8.GetByteCount(error.Text)));
    }

    [Fact]
    public void Should_Count_Right_When_Several_Threads_Write_And_One_Reads()
    {
        MemoryView memory = MemoryView.Allocate(1 << 16);
        var log = new DistinctErrorLog(memory, SystemClock.Instance);
        bool done = false;
        var writers = new Thread(() =>
        {
            Parallel.For(0, 4, _ =>
            {
                for (int i = 0; i < 2000; i++) log.Record($"error {i % 50} {new string('x', i % 50)}");
            });
            Volatile.Write(ref done, true);
        });
        writers.Start();
        while (!Volatile.Read(ref done))
            Assert.All(ErrorLogReader.ReadAll(memory), e => Assert.StartsWith("error ", e.Text, StringComparison.Ordinal));
        writers.Join();
        IReadOnlyList<LoggedError> all = ErrorLogReader.ReadAll(memory);
        Assert.Equal(50, all.Count);
        Assert.All(all, e => Assert.Equal(160, e.Observations));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(23)]
    [InlineData(4096)]
    [InlineData(int.MaxValue)]
    public void Should_End_At_A_Length_That_Makes_No_Sense(int length)
    {
        MemoryView memory = MemoryView.Allocate(4096);
        var log = new DistinctErrorLog(memory, _clock);
        log.Record("whole");
        log.Record("broken");
        memory.PutInt32(32, length);
        Assert.Equal("whole", Assert.Single(ErrorLogReader.ReadAll(memory)).Text);
    }

    private static string TextOf(byte number) => new((char)('a' + (number % 26)), 1 + number);
}
