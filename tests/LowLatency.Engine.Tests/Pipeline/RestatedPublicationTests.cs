using System.Runtime.InteropServices;
using LowLatency.Core.Agents;
using LowLatency.Engine.Settings;
using LowLatency.Market.Records;

namespace LowLatency.Engine.Tests.Pipeline;

public class RestatedPublicationTests
{
    private static readonly string[] Names = ["sma(1)", "ema(3)", "vwap", "obv", "rsi(2)", "ema(2,macd(2,3,2).hist)"];
    private static readonly TickRecord[] Script = MarketScript.Make(13, 4000);
    private static readonly Task<(byte[] Bytes, string Digest)> Reference = EngineRun.PublishAsync(Settings(true, true), Script);

    [Theory]
    [InlineData(1, 65_536, 1)]
    [InlineData(7, 1 << 20, 5)]
    [InlineData(256, 1 << 22, 1000)]
    public async Task Should_Publish_The_Same_Bytes_Whatever_The_Batches(int batch, int outputBytes, int chunk)
    {
        LowLatencySettings settings = Settings(true, true);
        settings.Engine.Batch = batch;
        settings.Engine.OutputBytes = outputBytes;
        (byte[] bytes, string digest) = await EngineRun.PublishAsync(settings, Script, chunk);
        (byte[] expected, string expectedDigest) = await Reference;
        Assert.True(bytes.AsSpan().SequenceEqual(expected), $"The first difference is at {bytes.AsSpan().CommonPrefixLength(expected)} of {expected.Length}.");
        Assert.Equal(expectedDigest, digest);
    }

    [Fact]
    public async Task Should_Say_Values_Right_Behind_The_Bars_Of_The_Record_That_Caused_Them()
    {
        (byte[] bytes, _) = await Reference;
        BarRecord[] caused = [];
        long input = -2;
        int restated = 0;
        foreach (byte[] record in PublishedRecords.Split(bytes))
        {
            if (PublishedRecords.HeaderOf(record).Type == RecordType.Bar)
            {
                BarRecord bar = MemoryMarshal.Read<BarRecord>(record);
                caused = bar.Input == input ? [.. caused, bar] : [bar];
                input = bar.Input;
            }
            else if (PublishedRecords.HeaderOf(record).Type == RecordType.Indicator)
            {
                IndicatorRecord value = MemoryMarshal.Read<IndicatorRecord>(record);
                Assert.Equal(input, value.Input);
                BarState[] states = (value.Header.Flags & RecordFlags.Provisional) != 0 ? [BarState.Open, BarState.Closed] : [BarState.Closed, BarState.Revised];
                Assert.Contains(caused, b => b.Spec == value.Spec && b.Header.Instrument == value.Header.Instrument && states.Contains(b.State) && b.StartNs <= value.StartNs);
                restated += value.Revision > 0 ? 1 : 0;
            }
        }

        Assert.True(restated > 100, $"Only {restated} values were restated.");
    }

    [Fact]
    public async Task Should_End_With_The_Values_Of_The_Bars_As_They_Stand()
    {
        (byte[] bytes, _) = await Reference;
        Dictionary<(uint, ushort, long), double> closes = PublishedRecords.Bars(bytes).GroupBy(b => (b.Header.Instrument, b.Spec, b.StartNs)).ToDictionary(g => g.Key, g => g.Last().Close);
        Dictionary<(uint, ushort, long), double> values =
            PublishedRecords.Indicators(bytes).Where(r => r.Indicator == 0).GroupBy(r => (r.Header.Instrument, r.Spec, r.StartNs)).ToDictionary(g => g.Key, g => g.Last().Values[0]);
        Assert.Equal(closes, values);
        Assert.Contains(PublishedRecords.Indicators(bytes), r => (r.Header.Flags & RecordFlags.Provisional) != 0 && r.Input == -1);
    }

    [Fact]
    public async Task Should_Change_Nothing_But_Provisional_Values_When_Only_Those_Are_On()
    {
        static IEnumerable<(uint, ushort, ushort, long, double, uint, long)> Closed(byte[] bytes) =>
            PublishedRecords.Indicators(bytes).Where(r => (r.Header.Flags & RecordFlags.Provisional) == 0).Select(r => (r.Header.Instrument, r.Spec, r.Indicator, r.StartNs, r.Values[0], r.Revision, r.Input));
        (byte[] off, _) = await EngineRun.PublishAsync(Settings(false, false), Script);
        (byte[] on, _) = await EngineRun.PublishAsync(Settings(false, true), Script);
        Assert.Equal(Closed(off), Closed(on));
        Assert.Equal(PublishedRecords.Bars(off), PublishedRecords.Bars(on));
        Assert.Equal(PublishedRecords.Indicators(off).Count(), Closed(off).Count());
        Assert.True(PublishedRecords.Indicators(on).Count() > PublishedRecords.Indicators(off).Count());
    }

    [Fact]
    public async Task Should_Allocate_Nothing_Once_Warm()
    {
        TickRecord[] half = MarketScript.Make(3, 10_000);
        TickRecord[] script = [.. half, .. half.Select(MarketScript.Later)];
        long least = long.MaxValue;
        for (int run = 0; run < 5 && least != 0; run++)
        {
            var stage = new AllocationStage(half.Length + 500);
            await EngineRun.PublishAsync(Settings(true, true), script, 64, stage);
            least = Math.Min(least, stage.Bytes);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public async Task Should_Say_Bars_That_Wait_In_Their_Grace_When_Provisional_Values_Build_On_Them()
    {
        static async Task<int> PairsAsync(bool provisional)
        {
            LowLatencySettings settings = Settings(false, provisional);
            settings.Bars.GraceNs = 2 * Ticks.Second;
            (byte[] bytes, _) = await EngineRun.PublishAsync(settings, Script);
            BarRecord[] open = [.. PublishedRecords.Bars(bytes).Where(b => b.State == BarState.Open && b.Input >= 0)];
            return open.Zip(open.Skip(1)).Count(p => (p.First.Input, p.First.Spec, p.First.Header.Instrument) == (p.Second.Input, p.Second.Spec, p.Second.Header.Instrument));
        }

        Assert.Equal(0, await PairsAsync(false));
        Assert.NotEqual(0, await PairsAsync(true));
    }

    private static LowLatencySettings Settings(bool restate, bool provisional)
    {
        LowLatencySettings settings = EngineRun.Settings();
        settings.Indicators = Names;
        settings.Bars.OpenEveryMs = 1000;
        settings.Bars.Revisable = 20;
        settings.IndicatorOptions.Restate = restate;
        settings.IndicatorOptions.Provisional = provisional;
        return settings;
    }
}
