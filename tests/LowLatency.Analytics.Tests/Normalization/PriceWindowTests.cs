using LowLatency.Analytics.Normalization;

namespace LowLatency.Analytics.Tests.Normalization;

public sealed class PriceWindowTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(33)]
    public void Should_Judge_As_The_Lower_Median_Does(int length)
    {
        var random = new Random(length);
        var window = new PriceWindow(length, 0.10);
        window.EnsureInstruments(2);
        var twin = new List<double>();
        double level = 100;
        int outliers = 0;
        for (int i = 0; i < 20_000; i++)
        {
            if (random.Next(100) == 0) level *= Math.Exp(random.NextDouble() - 0.5);
            double price = level * Math.Exp(0.15 * (random.NextDouble() - 0.5));
            double[] sorted = [.. twin.TakeLast(length).Order()];
            bool expected = sorted.Length > 0 && Math.Abs(Math.Log(price / sorted[(sorted.Length - 1) / 2])) > 0.10;
            Assert.Equal(expected, window.IsOutlier(1, price));
            outliers += expected ? 1 : 0;
            window.Add(1, price);
            twin.Add(price);
            if (random.Next(500) != 0) continue;
            window.Clear(1);
            twin.Clear();
        }

        Assert.InRange(outliers, 10, 19_000);
    }
}
