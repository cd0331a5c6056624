using System.Globalization;
using LowLatency.Analytics.Indicators;

namespace LowLatency.Analytics.Tests.Indicators;

/// <summary>Bars as columns.</summary>
internal sealed class TestBars(int length)
{
    public double[] Open { get; } = new double[length];

    public double[] High { get; } = new double[length];

    public double[] Low { get; } = new double[length];

    public double[] Close { get; } = new double[length];

    public double[] Volume { get; } = new double[length];

    public long[] StartNs { get; } = new long[length];

    public int Length => length;

    public double[] Typical => [.. Enumerable.Range(0, length).Select(i => (High[i] + Low[i] + Close[i]) / 3)];

    public BarSeries Series => Part(0, length);

    public BarSeries Part(int start, int count) => new()
    {
        Open = Open.AsSpan(start, count),
        High = High.AsSpan(start, count),
        Low = Low.AsSpan(start, count),
        Close = Close.AsSpan(start, count),
        Volume = Volume.AsSpan(start, count),
        StartNs = StartNs.AsSpan(start, count),
    };

    /// <summary>A walk in cents with gaps, bars without a range, stretches that are flat and bars without volume.</summary>
    public static TestBars Random(int length, int seed)
    {
        var random = new Random(seed);
        var bars = new TestBars(length);
        int last = 10_000;
        int flat = 0;
        for (int i = 0; i < length; i++)
        {
            if (flat == 0 && random.Next(150) == 0) flat = random.Next(1, 50);
            bool isFlat = flat > 0;
            if (isFlat) flat--;
            int open = isFlat ? last : Math.Max(100, last + (random.Next(20) == 0 ? random.Next(-200, 201) : 0));
            int close = isFlat ? last : Math.Max(100, open + random.Next(-15, 16));
            int high = Math.Max(open, close) + (isFlat ? 0 : random.Next(10));
            int low = Math.Min(open, close) - (isFlat ? 0 : random.Next(10));
            last = close;
            bars.Set(i, open / 100.0, high / 100.0, low / 100.0, close / 100.0, random.Next(10) == 0 ? 0 : random.Next(1, 5000), 1_700_000_000_000_000_000 + (i * 60_000_000_000L));
        }

        return bars;
    }

    /// <summary>The bars of the reference data.</summary>
    public static TestBars ReadGolden(string path)
    {
        string[] lines = File.ReadAllLines(path);
        var bars = new TestBars(lines.Length - 1);
        for (int i = 0; i < bars.Length; i++)
        {
            string[] cells = lines[i + 1].Split(',');
            double[] numbers = [.. cells[3..8].Select(c => double.Parse(c, CultureInfo.InvariantCulture))];
            bars.Set(i, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], long.Parse(cells[2], CultureInfo.InvariantCulture) * 1_000_000);
        }

        return bars;
    }

    public void Set(int i, double open, double high, double low, double close, double volume, long startNs)
    {
        (Open[i], High[i], Low[i], Close[i], Volume[i], StartNs[i]) = (open, high, low, close, volume, startNs);
    }
}
