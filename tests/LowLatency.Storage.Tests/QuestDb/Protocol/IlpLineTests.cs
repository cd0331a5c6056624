using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LowLatency.Storage.QuestDb.Protocol;
using LowLatency.Storage.Tests.QuestDb.Servers;

namespace LowLatency.Storage.Tests.QuestDb.Protocol;

/// <summary>What was written is read back as it was.</summary>
public sealed class IlpLineTests
{
    [Fact]
    public void Should_Read_Back_Any_Texts() => Prop.ForAll<NonNull<string>, NonNull<string>, int>((symbol, text, version) =>
    {
        string wholeSymbol = Whole(symbol.Get);
        string wholeText = Whole(text.Get);
        ReadRow row = Read(line => line.Table("t").Symbol("s", wholeSymbol).Column("c", wholeText.AsSpan()).At(5), Version(version));
        return row.Symbols["s"] == wholeSymbol && row.Columns["c"].Equals(wholeText) && row.TimestampNs == 5;
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Should_Read_Back_Any_Numbers() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<long, long, int>((bits, ns, version) =>
    {
        double value = BitConverter.Int64BitsToDouble(bits * 2_862_933_555_777_941_757 + ns);
        double small = (bits % 1_000_000) / 1000.0;
        ReadRow row = Read(line => line.Table("t").Column("d", value).Column("p", small).Column("l", bits).Column("b", bits % 2 == 0).At(ns), Version(version));
        return Same(value, (double)row.Columns["d"]) && Same(small, (double)row.Columns["p"]) && row.Columns["l"].Equals(bits) && row.Columns["b"].Equals(bits % 2 == 0) && row.TimestampNs == ns;
    }));

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(190.21, "190.21")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1E-05")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(1e300, "1E+300")]
    [InlineData(123456789012345.6, "123456789012345.6")]
    [InlineData(double.Epsilon, "5E-324")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Should_Write_Doubles_As_The_Server_Reads_Them(double value, string text) =>
        Assert.Equal($"t d={text}\n", Text(line => line.Table("t").Column("d", value).AtNow()));

    [Fact]
    public void Should_Write_The_Least_And_The_Greatest_Number() =>
        Assert.Equal("t a=-9223372036854775808i,b=9223372036854775807i -1\n", Text(line => line.Table("t").Column("a", long.MinValue).Column("b", long.MaxValue).At(-1)));

    [Fact]
    public void Should_Keep_Characters_Beyond_The_Basic_Plane() =>
        // The official client makes U+FFFD of each half.
        Assert.Equal("🦙,s=a\\ 🦙 c=\"🦙\\\"\"\n", Text(line => line.Table("🦙").Symbol("s", "a 🦙").Column("c", "🦙\"".AsSpan()).AtNow()));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Should_Refuse_Half_A_Character_And_Take_The_Row_Back(int which)
    {
        string half = $"a{"🦙"[which]}b";
        var buffer = new IlpBuffer();
        var line = new IlpLine(buffer, IlpVersion.V1);
        line.Table("t").Symbol("s", "x").AtNow();
        int before = buffer.Length;
        Assert.Throws<ArgumentException>(() => line.Table("t").Column("c", half.AsSpan()));
        Assert.Equal(before, buffer.Length);
        line.Table("t").Symbol("s", "y").AtNow();
        Assert.Equal("t,s=x\nt,s=y\n", Encoding.UTF8.GetString(buffer.Written));
    }

    [Fact]
    public void Should_Refuse_Symbols_Behind_Columns() =>
        Assert.Throws<InvalidOperationException>(() => Text(line => line.Table("t").Column("c", 1.0).Symbol("s", "x").AtNow()));

    [Fact]
    public void Should_Refuse_A_Row_Within_A_Row() => Assert.Throws<InvalidOperationException>(() => Text(line => line.Table("t").Table("u")));

    [Fact]
    public void Should_Check_Names_Without_Allocating()
    {
        // The official client allocates at each check.
        bool all = true;
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 100; i++) all &= IlpName.IsTable("trades") && IlpName.IsColumn("bid_size") && !IlpName.IsTable("a..b") && !IlpName.IsColumn("a-b");
        }));
        Assert.True(all);
    }

    [Fact]
    public void Should_Write_Rows_Without_Allocating()
    {
        var buffer = new IlpBuffer(1 << 16);
        var line = new IlpLine(buffer, IlpVersion.V2);
        Assert.Equal(0, Allocations.Least(() =>
        {
            buffer.Truncate(0);
            for (int i = 0; i < 100; i++) line.Table("trades").Symbol("symbol", "AAPL").Column("price", 190.25 + i).Column("n", i).Column("note", "a \"b\"".AsSpan()).At(1_789_000_000_000_000_000 + i);
        }));
    }

    [Theory]
    [InlineData(127, true)]
    [InlineData(128, false)]
    public void Should_Bound_The_Length_Of_Names(int length, bool isOne)
    {
        Assert.Equal(isOne, IlpName.IsTable(new string('a', length)));
        Assert.Equal(isOne, IlpName.IsColumn(new string('a', length)));
    }

    [Theory]
    [InlineData("a.b", true)]
    [InlineData("a..b", false)]
    [InlineData(" a", false)]
    [InlineData("a ", false)]
    [InlineData("a-b", true)]
    public void Should_Know_Which_Names_Tables_Have(string name, bool isOne) => Assert.Equal(isOne, IlpName.IsTable(name));

    private static IlpVersion Version(int any) => (IlpVersion)(1 + ((any & int.MaxValue) % 3));

    private static bool Same(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b));

    // Without the halves of characters that a random string has.
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static ReadRow Read(Action<IlpLine> write, IlpVersion version)
    {
        var buffer = new IlpBuffer(1);
        write(new IlpLine(buffer, version));
        return Assert.Single(IlpReading.Rows(buffer.Written));
    }

    private static string Text(Action<IlpLine> write)
    {
        var buffer = new IlpBuffer(1);
        write(new IlpLine(buffer, IlpVersion.V1));
        return Encoding.UTF8.GetString(buffer.Written);
    }
}
