using FsCheck;
using FsCheck.Fluent;
using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Tests.Lab;

public sealed class QuartilesTests
{
    [Theory]
    [InlineData(new[] { 5.0 }, 5, 5, 5)]
    [InlineData(new[] { 4.0, 1, 3, 2 }, 1.75, 2.5, 3.25)]
    [InlineData(new[] { 1.0, 2, 3, 4, 100 }, 2, 3, 4)]
    public void Should_Interpolate_Between_Neighbours(double[] values, double lower, double median, double upper) =>
        Assert.Equal(new Quartiles(lower, median, upper), Quartiles.Of(values));

    [Fact]
    public void Should_Be_Undefined_Without_Values() => Assert.True(double.IsNaN(Quartiles.Of([]).Median));

    [Fact]
    public void Should_Be_In_Order_And_Know_No_Order_Of_Their_Values() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyArray<int>>(), values =>
        {
            Quartiles some = Quartiles.Of(values.Get.Select(v => (double)v));
            Quartiles reversed = Quartiles.Of(values.Get.Reverse().Select(v => (double)v));
            return some.Lower <= some.Median && some.Median <= some.Upper && some == reversed;
        }).Check(Config.QuickThrowOnFailure);
}
