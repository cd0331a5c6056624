using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LowLatency.Feeds.Csv;

namespace LowLatency.Feeds.Tests.Csv;

public sealed class NumberTests
{
    [Fact]
    public void Should_Read_The_Nearest_Double()
    {
        Prop.ForAll<double>(value =>
        {
            string text = value.ToString("R", CultureInfo.InvariantCulture);
            return DecimalText.TryParse(Encoding.UTF8.GetBytes(text), out double read) && read.Equals(value);
        }).QuickCheckThrowOnFailure();
        Prop.ForAll<long, byte>((mantissa, scale) =>
        {
            string digits = Math.Abs(mantissa % 10_000_000_000_000_000).ToString(CultureInfo.InvariantCulture).PadLeft(20, '0');
            string text = (mantissa < 0 ? "-" : "") + digits[..(20 - (scale % 20))].TrimStart('0') + "." + digits[(20 - (scale % 20))..];
            bool expected = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
            return DecimalText.TryParse(Encoding.UTF8.GetBytes(text), out double read) == expected && (!expected || read.Equals(value));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("nan", double.NaN)]
    [InlineData("NaN", double.NaN)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-INF", double.NegativeInfinity)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("-infinity", double.NegativeInfinity)]
    [InlineData("1e400", double.PositiveInfinity)]
    [InlineData("-1e400", double.NegativeInfinity)]
    [InlineData("1e-3", 0.001)]
    [InlineData("-0.5", -0.5)]
    [InlineData("5.", 5.0)]
    [InlineData(".5", 0.5)]
    [InlineData("9007199254740993", 9007199254740992.0)]
    [InlineData("0.00000000000000000000000000001", 1e-29)]
    [InlineData("123456789012345678901234567890", 123456789012345678901234567890.0)]
    public void Should_Read_What_A_Text_Means(string text, double expected)
    {
        Assert.True(DecimalText.TryParse(Encoding.UTF8.GetBytes(text), out double value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("12a")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("--1")]
    [InlineData("1e")]
    [InlineData("0x10")]
    [InlineData("infinit")]
    public void Should_Refuse_What_Is_No_Number(string text) => Assert.False(DecimalText.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Should_Read_Every_Integer()
    {
        Prop.ForAll<ulong, byte>((value, shift) =>
        {
            ulong expected = value >> (shift % 64);
            return IntegerText.TryParse(Encoding.UTF8.GetBytes(expected.ToString(CultureInfo.InvariantCulture)), out ulong read) && read == expected;
        }).QuickCheckThrowOnFailure();
        foreach (ulong value in (ulong[])[0, 9, 12345678, 99999999, 100000000, long.MaxValue, ulong.MaxValue])
        {
            Assert.True(IntegerText.TryParse(Encoding.UTF8.GetBytes(value.ToString(CultureInfo.InvariantCulture)), out ulong read));
            Assert.Equal(value, read);
        }

        Assert.True(IntegerText.TryParse("00000000000000000000000000000000042"u8, out ulong padded));
        Assert.Equal(42UL, padded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData("1234567:")]
    [InlineData("123456/8")]
    [InlineData("18446744073709551616")]
    [InlineData("99999999999999999999")]
    [InlineData("100000000000000000000")]
    public void Should_Refuse_What_Is_No_Unsigned_Integer(string text) => Assert.False(IntegerText.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Should_Refuse_Times_Beyond_An_Int64()
    {
        Assert.True(IntegerText.TryParseTime("9223372036854775807"u8, out long last));
        Assert.Equal(long.MaxValue, last);
        Assert.False(IntegerText.TryParseTime("9223372036854775808"u8, out _));
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("20002020", true)]
    [InlineData("DEADbeef", true)]
    [InlineData("100000000", false)]
    [InlineData("", false)]
    [InlineData("g", false)]
    public void Should_Read_Hexadecimal(string text, bool valid)
    {
        Assert.Equal(valid, IntegerText.TryParseHex(Encoding.UTF8.GetBytes(text), out uint value));
        if (valid) Assert.Equal(uint.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture), value);
    }
}
