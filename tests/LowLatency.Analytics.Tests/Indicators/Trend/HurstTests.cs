using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Trend;

public sealed class HurstTests() : IndicatorFacts("hurst(100)", "hurst.csv", "value")
{
    protected override string[] Others => ["hurst(32)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        int n = (int)p[0];
        double[] steps = Map(bars.Close, Before(bars.Close, 1), (x, old) => Math.Log(x / old));
        double Rescaled(double[] piece)
        {
            double mean = piece.Average();
            double[] along = Map(piece.Length, i => piece[..(i + 1)].Sum(v => v - mean));
            return (along.Max() - along.Min()) / Math.Sqrt(piece.Average(v => (v - mean) * (v - mean)));
        }

        return
        [
            Window(steps, n, w =>
            {
                int[] sizes = [n, n / 2, n / 4, n / 8];
                double[][][] pieces = [.. sizes.Select(size => Enumerable.Range(0, n / size).Select(i => w[^((i + 1) * size)..^(i * size)]).ToArray())];
                if (pieces.Any(all => all.Any(piece => piece.Distinct().Count() == 1))) return double.NaN;
                double[] x = [.. sizes.Select(size => Math.Log(size))];
                double[] y = [.. pieces.Select(all => Math.Log(all.Average(Rescaled)))];
                return x.Zip(y, (a, b) => (a - x.Average()) * (b - y.Average())).Sum() / x.Sum(a => (a - x.Average()) * (a - x.Average()));
            }),
        ];
    }
}
