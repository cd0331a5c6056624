using FsCheck;
using FsCheck.Fluent;
using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Tests.Lab;

public sealed class TallyTests
{
    private const long First = 1_000_000;

    public static TheoryData<string, long[]> Wrong => new()
    {
        { "lost at the end", [0, 1, 2] },
        { "lost within", [0, 2, 3, 4] },
        { "doubled", [0, 1, 1, 2, 3] },
        { "doubled for another", [0, 1, 1, 3] },
        { "out of order", [0, 2, 1, 3] },
        { "from before", [-1, 0, 1, 2] },
    };

    [Fact]
    public void Should_Take_What_Was_Sent() => Take([0, 1, 2, 3]).Check(4, "test");

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Should_Not_Take_Anything_Else(string what, long[] offsets)
    {
        LabException thrown = Assert.Throws<LabException>(() => Take(offsets).Check(4, what));
        Assert.Contains(what, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Notice_A_Changed_Value()
    {
        var tally = new Tally(0);
        tally.Take(new LabEvent { Sequence = 0, Value = LabEvent.ValueOf(0) + 1 });
        Assert.Throws<LabException>(() => tally.Check(1, "test"));
    }

    [Fact]
    public void Should_Know_The_Sum_Of_Any_Range() =>
        Prop.ForAll(ArbMap.Default.ArbFor<long>(), Gen.Choose(0, 200).ToArbitrary(), (first, count) =>
        {
            long start = Math.Abs(first / 4);
            long sum = 0;
            for (long s = start; s < start + count; s++) sum = unchecked(sum + LabEvent.ValueOf(s));
            return sum == LabEvent.SumOf(start, count);
        }).Check(Config.QuickThrowOnFailure);

    private static Tally Take(long[] offsets)
    {
        var tally = new Tally(First);
        foreach (long offset in offsets) tally.Take(new LabEvent { Sequence = First + offset, Value = LabEvent.ValueOf(First + offset) });
        return tally;
    }
}
