using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using LowLatency.Gateway.Json;

namespace LowLatency.Gateway.Tests.Json;

public sealed class JsonNumberTests
{
    [Theory]
    [InlineData(190.21, "190.21")]
    [InlineData(0.0, "0")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(100, "100")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-9, "0.000000001")]
    [InlineData(12345678.000000001, "12345678.000000002")]
    [InlineData(1e300, "1E+300")]
    [InlineData(double.NaN, "null")]
    [InlineData(double.PositiveInfinity, "null")]
    public void Should_Write_The_Shortest_Decimal(double value, string expected) => Assert.Equal(expected, Write(value));

    [Fact]
    public void Should_Read_Back_To_The_Same_Bits_For_Any_Bits() =>
        Prop.ForAll<long>(bits => RoundTrips(BitConverter.Int64BitsToDouble(bits * 2_862_933_555_777_941_757))).QuickCheckThrowOnFailure();

    [Fact]
    public void Should_Read_Back_To_The_Same_Bits_For_Doubles() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<double>(RoundTrips));

    [Fact]
    public void Should_Write_Decimals_As_They_Are() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<int, byte>((digits, places) =>
        {
            decimal exact = (decimal)digits / (decimal)Math.Pow(10, places % 8);
            string shortest = exact.ToString("0.#########", CultureInfo.InvariantCulture);
            return digits == 0 || Write((double)exact) == shortest;
        }));

    [Fact]
    public void Should_Keep_The_Sign_Of_Zero() => Assert.Equal("-0", Write(-0.0));

    private static bool RoundTrips(double value)
    {
        string text = Write(value);
        if (!double.IsFinite(value)) return text == "null";
        using JsonDocument document = JsonDocument.Parse(text);
        return BitConverter.DoubleToInt64Bits(document.RootElement.GetDouble()) == BitConverter.DoubleToInt64Bits(value);
    }

    private static string Write(double value)
    {
        Span<byte> bytes = stackalloc byte[JsonNumber.MaxBytes];
        return Encoding.ASCII.GetString(bytes[..JsonNumber.Write(value, bytes)]);
    }
}
