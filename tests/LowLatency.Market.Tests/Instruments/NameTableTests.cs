using System.Text;
using LowLatency.Market.Instruments;

namespace LowLatency.Market.Tests.Instruments;

public sealed class NameTableTests
{
    [Fact]
    public void Should_Number_Names_In_The_Order_In_Which_They_Come()
    {
        var table = new InstrumentTable(100);
        for (int i = 0; i < 100; i++)
        {
            Assert.True(table.TryGetOrAdd(Encoding.ASCII.GetBytes($"SYM{i}"), out int id));
            Assert.Equal(i, id);
        }

        Assert.True(table.TryGetOrAdd("SYM42"u8, out int again));
        Assert.Equal(42, again);
        Assert.True(table.TryGet("SYM42", out int byText));
        Assert.Equal(42, byText);
        Assert.Equal("SYM42", table.Symbol(42));
        Assert.Equal(100, table.Count);
    }

    [Fact]
    public void Should_Give_Dense_And_Unique_Ids_To_Threads_That_Add_At_Once()
    {
        const int Names = 3_000;
        const int Threads = 4;
        var table = new InstrumentTable(Names);
        var ids = new int[Threads][];
        using var start = new Barrier(Threads);
        Thread[] threads =
        [
            .. Enumerable.Range(0, Threads).Select(t => new Thread(() =>
            {
                ids[t] = new int[Names];
                int[] order = [.. Enumerable.Range(0, Names)];
                new Random(t).Shuffle(order);
                start.SignalAndWait();
                foreach (int name in order)
                {
                    // A name is readable as soon as anyone has its id.
                    if (!table.TryGetOrAdd(Encoding.ASCII.GetBytes($"S{name}"), out ids[t][name]) || table.Symbol((uint)ids[t][name]) != $"S{name}") ids[t][name] = -2;
                }
            })),
        ];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Equal(Enumerable.Range(0, Names), ids[0].Order());
        Assert.All(ids, found => Assert.Equal(ids[0], found));
        Assert.Equal(Names, table.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("BTC USD")]
    [InlineData("A,B")]
    [InlineData("A\"B")]
    [InlineData("A\tB")]
    [InlineData("A\u007fB")]
    [InlineData("Ä")]
    [InlineData("123456789012345678901234567890123")]
    public void Should_Refuse_What_Is_No_Name(string name)
    {
        var table = new InstrumentTable(4);
        Assert.False(InstrumentTable.IsValid(Encoding.UTF8.GetBytes(name)));
        Assert.False(table.TryGetOrAdd(Encoding.UTF8.GetBytes(name), out int id));
        Assert.Equal(-1, id);
        Assert.False(table.TryGet(name, out _));
        Assert.Equal(0, table.Count);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("BTC-USD")]
    [InlineData("BRK.B")]
    [InlineData("a!#$%&'()*+-./:;<=>?@[]^_`{|}~")]
    [InlineData("12345678901234567890123456789012")]
    public void Should_Take_Every_Name(string name)
    {
        var table = new InstrumentTable(4);
        Assert.True(table.TryGetOrAdd(Encoding.UTF8.GetBytes(name), out int id));
        Assert.Equal(name, table.Symbol((uint)id));
    }

    [Fact]
    public void Should_Refuse_New_Names_And_Know_The_Old_Ones_When_Full()
    {
        var table = new InstrumentTable(2);
        Assert.True(table.TryGetOrAdd("A"u8, out _));
        Assert.True(table.TryGetOrAdd("B"u8, out _));
        Assert.False(table.TryGetOrAdd("C"u8, out int id));
        // Not 0, which is A's; as an instrument it is "unknown".
        Assert.Equal(-1, id);
        Assert.Equal(InstrumentTable.Unknown, (uint)id);
        Assert.True(table.TryGetOrAdd("B"u8, out id));
        Assert.Equal(1, id);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(5u)]
    [InlineData(InstrumentTable.Unknown)]
    public void Should_Refuse_The_Symbol_Of_An_Unknown_Instrument(uint instrument) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new InstrumentTable(10).Symbol(instrument));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Should_Refuse_To_Hold_Nothing(int capacity) => Assert.Throws<ArgumentOutOfRangeException>(nameof(capacity), () => new InstrumentTable(capacity));

    [Fact]
    public void Should_Look_Up_Bytes_Without_Allocating()
    {
        var table = new InstrumentTable(100);
        byte[] name = "BTC-USD"u8.ToArray();
        table.TryGetOrAdd(name, out _);
        int sum = 0;
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                table.TryGetOrAdd(name, out int id);
                sum += id;
            }
        }));
        Assert.Equal(0, sum);
    }

    [Fact]
    public void Should_Hold_Unknown_And_255_Sources_More()
    {
        var table = new SourceTable();
        Assert.Equal("unknown", table.Name(SourceTable.UnknownId));
        for (int i = 1; i < 256; i++) Assert.True(table.TryGetOrAdd(Encoding.ASCII.GetBytes($"feed{i}"), out _));
        Assert.False(table.TryGetOrAdd("one-too-many"u8, out _));
        Assert.Equal("feed255", table.Name(255));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SourceTable().Name(1));
    }
}
