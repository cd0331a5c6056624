using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LowLatency.Core.Text;
using LowLatency.Tests;

namespace LowLatency.Core.Tests.Text;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1, "1")]
    [InlineData(-12.5, "-12.5")]
    [InlineData(167.42, "167.42")]
    [InlineData(0.00001, "0.00001")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(63943.90000000001, "63943.90000000001")]
    [InlineData(9007199254740991, "9007199254740991")]
    [InlineData(0.000000001, "0.000000001")]
    [InlineData(1.0850, "1.085")]
    [InlineData(100, "100")]
    public void Should_Write_The_Shortest_Decimal(double value, string expected) => Assert.Equal(expected, Text(value));

    [Theory]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    [InlineData(1e22)]
    [InlineData(-1.7976931348623157E+308)]
    [InlineData(4.9E-300)]
    [InlineData(9007199254740993e3)]
    public void Should_Read_Back_At_The_Extremes(double value) => Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(Read(value)));

    [Fact]
    public void Should_Read_Back_As_The_Same_Bits() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<long>(),
            ArbMap.Default.ArbFor<int>(),
            (bits, scale) =>
            {
                // Any bits at all, and decimals as prices are.
                double any = BitConverter.Int64BitsToDouble(bits * 6364136223846793005);
                double price = scale / Math.Pow(10, Math.Abs(bits % 12));
                return (!double.IsFinite(any) || Read(any).Equals(any)) && Read(price).Equals(price);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public void Should_Write_Whole_Numbers(long value)
    {
        Span<byte> room = stackalloc byte[NumberText.MaxBytes];
        Assert.Equal(value.ToString(CultureInfo.InvariantCulture), Encoding.ASCII.GetString(room[..NumberText.Write(value, room)]));
    }

    [Fact]
    public void Should_Allocate_Nothing()
    {
        byte[] room = new byte[NumberText.MaxBytes];
        int bytes = 0;
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 1000; i++) bytes += NumberText.Write(i * 0.01, room) + NumberText.Write(i / 7.0, room);
        }));
        Assert.True(bytes > 0);
    }

    private static string Text(double value)
    {
        Span<byte> room = stackalloc byte[NumberText.MaxBytes];
        return Encoding.ASCII.GetString(room[..NumberText.Write(value, room)]);
    }

    private static double Read(double value) => double.Parse(Text(value), CultureInfo.InvariantCulture);
}
