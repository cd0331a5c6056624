using System.Globalization;

namespace LowLatency.Engine.Tests.Replay;

/// <summary>Compares the bar files of a replay with the plain computation: integers, states and prices to the bit, sums to 1e-9.</summary>
internal static class BarFiles
{
    public static void ShouldEqual(NaiveReplay expected, string output, params string[] intervals)
    {
        foreach (string symbol in expected.Symbols)
        {
            foreach (string interval in intervals)
            {
                List<string[]> rows = ReplayRun.Rows(Path.Combine(output, symbol, $"bars_{interval}.csv"));
                IReadOnlyList<NaiveBar> bars = expected.BarsOf(symbol, interval);
                for (int i = 0; i < Math.Min(rows.Count, bars.Count); i++) Compare($"{symbol} {interval} row {i}: {string.Join(',', rows[i])} against {bars[i]}", rows[i], bars[i], i);
                Assert.Equal(bars.Count, rows.Count);
            }
        }
    }

    private static void Compare(string where, string[] row, NaiveBar bar, int place)
    {
        bool same = long.Parse(row[0], CultureInfo.InvariantCulture) == bar.Row && long.Parse(row[1], CultureInfo.InvariantCulture) == bar.StartNs
            && long.Parse(row[2], CultureInfo.InvariantCulture) == bar.Revision && row[3] == bar.State
            && Number(row[4]) == bar.Open && Number(row[5]) == bar.High && Number(row[6]) == bar.Low && Number(row[7]) == bar.Close
            && Near(Number(row[8]), bar.Volume) && long.Parse(row[9], CultureInfo.InvariantCulture) == bar.Count && Near(Number(row[10]), bar.Vwap) && Near(Number(row[11]), bar.BuyVolume)
            && long.Parse(row[12], CultureInfo.InvariantCulture) == place + 1;
        Assert.True(same, where);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static bool Near(double actual, double expected) => Math.Abs(actual - expected) <= 1e-9 * Math.Abs(expected);
}
