namespace LowLatency.Analytics.Tests.Indicators;

/// <summary>Definitions on whole series, every window taken anew; NaN where not defined. A series may begin with NaNs.</summary>
internal static class NaiveSeries
{
    public static double[] Window(double[] x, int n, Func<double[], double> take) =>
        Map(x.Length, i => i + 1 < n || Array.Exists(x[(i + 1 - n)..(i + 1)], double.IsNaN) ? double.NaN : take(x[(i + 1 - n)..(i + 1)]));

    public static double[] Sma(double[] x, int n) => Window(x, n, w => w.Sum() / n);

    public static double[] SumOf(double[] x, int n) => Window(x, n, w => w.Sum());

    public static double[] Highest(double[] x, int n) => Window(x, n, w => w.Max());

    public static double[] Lowest(double[] x, int n) => Window(x, n, w => w.Min());

    public static double[] Wma(double[] x, int n) => Window(x, n, w => w.Select((v, i) => v * (i + 1)).Sum() / (n * (n + 1) / 2.0));

    public static double[] Stddev(double[] x, int n) => Window(x, n, w => w.Distinct().Count() == 1 ? 0 : Math.Sqrt(w.Sum(v => Math.Pow(v - w.Average(), 2)) / n));

    public static double[] Ema(double[] x, int n) => Average(x, n, 2.0 / (n + 1));

    public static double[] Wilder(double[] x, int n) => Average(x, n, 1.0 / n);

    public static double[] Average(double[] x, int seed, double alpha)
    {
        double[] y = Map(x.Length, _ => double.NaN);
        int first = Array.FindIndex(x, v => !double.IsNaN(v));
        if (first < 0 || first + seed > x.Length) return y;
        double e = x.AsSpan(first, seed).ToArray().Average();
        y[first + seed - 1] = e;
        for (int i = first + seed; i < x.Length; i++)
        {
            if (double.IsNaN(x[i])) continue;
            e += alpha * (x[i] - e);
            y[i] = e;
        }

        return y;
    }

    public static double[] Before(double[] x, int n) => Map(x.Length, i => i < n ? double.NaN : x[i - n]);

    public static double[] Change(double[] x) => Map(x.Length, i => i < 1 ? double.NaN : x[i] - x[i - 1]);

    public static double[] TrueRange(TestBars b) =>
        Map(b.Length, i => i < 1 ? double.NaN : new[] { b.High[i] - b.Low[i], Math.Abs(b.High[i] - b.Close[i - 1]), Math.Abs(b.Low[i] - b.Close[i - 1]) }.Max());

    public static double[] MoneyFlow(TestBars b) =>
        Map(b.Length, i => b.High[i] == b.Low[i] ? 0 : b.Volume[i] * ((b.Close[i] - b.Low[i]) - (b.High[i] - b.Close[i])) / (b.High[i] - b.Low[i]));

    public static double[] Running(double[] x)
    {
        decimal sum = 0;
        return Map(x.Length, i => (double)(sum += (decimal)x[i]));
    }

    public static double[] Map(double[] x, Func<double, double> f) => [.. x.Select(f)];

    public static double[] Map(double[] x, double[] y, Func<double, double, double> f) => [.. x.Zip(y, f)];

    public static double[] Map(int length, Func<int, double> f) => [.. Enumerable.Range(0, length).Select(f)];
}
