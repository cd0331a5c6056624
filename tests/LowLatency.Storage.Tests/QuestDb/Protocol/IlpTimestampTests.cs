using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LowLatency.Storage.QuestDb.Protocol;

namespace LowLatency.Storage.Tests.QuestDb.Protocol;

/// <summary>Times in any order are written as the numbers that they are.</summary>
public sealed class IlpTimestampTests
{
    [Fact]
    public void Should_Write_Any_Number_In_Any_Order() => Prop.ForAll<long[], int[]>((far, near) =>
    {
        var timestamp = new IlpTimestamp();
        long[] times = [.. far, .. near.Select(n => 1_789_000_000_000_000_000 + n), .. far.Select(f => f * 1_000_003), long.MinValue, long.MaxValue, 0, -1];
        byte[] room = new byte[IlpTimestamp.MaxBytes];
        return times.Concat(times.Reverse()).All(ns => Encoding.ASCII.GetString(room, 0, timestamp.Write(ns, room)) == ns.ToString());
    }).Check(Config.QuickThrowOnFailure);

    [Theory]
    [InlineData(999_999_999_999_999_999)]
    [InlineData(1_000_000_000_000_000_000)]
    [InlineData(1_789_000_000_999_999_999)]
    [InlineData(1_789_000_001_000_000_000)]
    [InlineData(1_789_000_001_000_000_007)]
    public void Should_Write_The_Edges_Of_A_Second(long ns)
    {
        var timestamp = new IlpTimestamp();
        byte[] room = new byte[IlpTimestamp.MaxBytes];
        timestamp.Write(1_789_000_000_000_000_000, room);
        Assert.Equal(ns.ToString(), Encoding.ASCII.GetString(room, 0, timestamp.Write(ns, room)));
    }
}
