using LowLatency.Analytics.Indicators;
using LowLatency.Engine.Settings;
using LowLatency.Market.Records;

namespace LowLatency.Engine.Tests.Pipeline;

public class IndicatorOutputTests
{
    private static readonly string[] Names = ["macd(2,4,3)", "bbands(5,2)", "ema(3, of: rsi(2))", "zlma(3,volume)", "ichimoku(2,3,4)", "sma(2,macd(2,3,2).hist)", "obv"];

    [Fact]
    public async Task Should_Publish_All_Outputs_Of_Every_Indicator_On_The_Bars_As_First_Closed()
    {
        LowLatencySettings settings = EngineRun.Settings("1s", "10s");
        settings.Indicators = Names;
        (byte[] bytes, _) = await EngineRun.PublishAsync(settings, MarketScript.Make(11, 3000));
        var published = PublishedRecords.Indicators(bytes).GroupBy(r => (r.Header.Instrument, r.Spec, r.Indicator)).ToDictionary(g => g.Key, g => g.ToList());
        int compared = 0;
        foreach (IGrouping<(uint Instrument, ushort Spec), BarRecord> lane in PublishedRecords.Bars(bytes).Where(b => b.State == BarState.Closed).GroupBy(b => (b.Header.Instrument, b.Spec)))
        {
            BarRecord[] bars = [.. lane];
            for (int i = 0; i < Names.Length; i++)
            {
                Indicator indicator = IndicatorRegistry.Create(Names[i]);
                indicator.EnsureLanes(1);
                int outputs = indicator.Spec.Outputs.Count;
                double[] expected = new double[bars.Length * outputs];
                indicator.Update(bars, new int[bars.Length], expected);
                List<IndicatorRecord> records = published.GetValueOrDefault((lane.Key.Instrument, lane.Key.Spec, (ushort)i), []);
                // A bar on which no output is defined publishes nothing.
                int[] shown = [.. Enumerable.Range(0, bars.Length).Where(bar => expected.AsSpan(bar * outputs, outputs).ContainsAnyExcept(double.NaN))];
                Assert.Equal(shown.Select(bar => bars[bar].StartNs), records.Select(r => r.StartNs));
                for (int n = 0; n < shown.Length; n++)
                {
                    IndicatorRecord record = records[n];
                    ReadOnlySpan<double> values = record.Values;
                    Assert.Equal(outputs, record.Count);
                    Assert.Equal(expected.AsSpan(shown[n] * outputs, outputs).ToArray(), values[..outputs].ToArray());
                    compared += outputs;
                }
            }
        }

        Assert.True(compared > 1000, $"Only {compared} values were compared.");
    }
}
