using System.Runtime.InteropServices;
using LowLatency.Core.Agents;
using LowLatency.Engine.Settings;
using LowLatency.Market.Records;

namespace LowLatency.Engine.Tests.Pipeline;

public class PublicationTests
{
    private static readonly TickRecord[] Script = MarketScript.Make(7, 4000);
    private static readonly Task<(byte[] Bytes, string Digest)> Reference = EngineRun.PublishAsync(EngineRun.Settings(), Script);

    [Theory]
    [InlineData(1, 64, 65_536, ProducerChoice.Single, IdleStrategyKind.BackOff, 1)]
    [InlineData(2, 1024, 1 << 20, ProducerChoice.Multi, IdleStrategyKind.BackOff, 64)]
    [InlineData(7, 64, 1 << 20, ProducerChoice.Multi, IdleStrategyKind.Yielding, 5)]
    [InlineData(64, 64, 65_536, ProducerChoice.Auto, IdleStrategyKind.BusySpin, 64)]
    [InlineData(256, 4096, 1 << 22, ProducerChoice.Single, IdleStrategyKind.Yielding, 1000)]
    public async Task Should_Publish_The_Same_Bytes_Whatever_The_Batches_Rings_And_Threads(
        int batch, int inputSlots, int outputBytes, ProducerChoice producers, IdleStrategyKind idle, int chunk)
    {
        LowLatencySettings settings = EngineRun.Settings();
        settings.Engine.Batch = batch;
        settings.Engine.InputSlots = inputSlots;
        settings.Engine.OutputBytes = outputBytes;
        settings.Engine.Producers = producers;
        settings.Engine.Idle = settings.Engine.FeedIdle = idle;
        (byte[] bytes, string digest) = await EngineRun.PublishAsync(settings, Script, chunk);
        (byte[] expected, string expectedDigest) = await Reference;
        Assert.True(bytes.AsSpan().SequenceEqual(expected), $"The first difference is at {bytes.AsSpan().CommonPrefixLength(expected)} of {expected.Length}.");
        Assert.Equal(expectedDigest, digest);
    }

    [Fact]
    public async Task Should_Have_Another_Digest_When_The_Input_Differs_In_One_Size()
    {
        var other = (TickRecord[])Script.Clone();
        int place = Array.FindIndex(other, t => t.Header.Type == RecordType.Trade && t.Trade.TradeId == 0 && t.Trade.Price > 0);
        other[place].Trade.Size *= 2;
        (_, string digest) = await EngineRun.PublishAsync(EngineRun.Settings(), other);
        Assert.NotEqual((await Reference).Digest, digest);
    }

    [Fact]
    public async Task Should_Not_Count_Receive_Times_In_The_Digest_And_Publish_Them()
    {
        var other = (TickRecord[])Script.Clone();
        for (int i = 0; i < other.Length; i++) other[i].Header.ReceiveNs++;
        (byte[] bytes, string digest) = await EngineRun.PublishAsync(EngineRun.Settings(), other);
        (byte[] before, string expected) = await Reference;
        Assert.Equal(expected, digest);
        Assert.False(bytes.AsSpan().SequenceEqual(before));
    }

    [Fact]
    public async Task Should_Number_Every_Stream_From_One_Without_Holes()
    {
        var next = new Dictionary<(RecordType Type, uint Instrument, int Spec, int Indicator), ulong>();
        foreach (byte[] bytes in PublishedRecords.Split((await Reference).Bytes))
        {
            RecordHeader header = PublishedRecords.HeaderOf(bytes);
            int spec = 0;
            int indicator = 0;
            if (header.Type == RecordType.Bar) spec = MemoryMarshal.Read<BarRecord>(bytes).Spec;
            if (header.Type == RecordType.Indicator) (spec, indicator) = (MemoryMarshal.Read<IndicatorRecord>(bytes).Spec, MemoryMarshal.Read<IndicatorRecord>(bytes).Indicator);
            (RecordType, uint, int, int) stream = (header.Type, header.Instrument, spec, indicator);
            ulong expected = next.GetValueOrDefault(stream) + 1;
            Assert.Equal(expected, header.Sequence);
            next[stream] = expected;
        }

        // Trades and quotes, bars of three intervals, two indicators on each; intensity, spikes, reversals; of four instruments.
        Assert.Equal(4 * (2 + 3 + 6 + 3), next.Count);
    }

    [Fact]
    public async Task Should_Publish_In_The_Order_Of_Causes_Tick_Then_Bars_Then_Indicators_Then_Signals()
    {
        TickRecord[] script = MarketScript.Make(11, 3000, outliers: false);
        Dictionary<long, int> causeOf = script.Select((t, i) => (t.Header.ReceiveNs, i)).ToDictionary(p => p.ReceiveNs, p => p.i);
        (byte[] bytes, _) = await EngineRun.PublishAsync(EngineRun.Settings(), script);
        (long Cause, int Rank) before = (-1, 0);
        foreach (byte[] record in PublishedRecords.Split(bytes))
        {
            RecordHeader header = PublishedRecords.HeaderOf(record);
            (long Cause, int Rank) place = header.Type switch
            {
                RecordType.Bar when MemoryMarshal.Read<BarRecord>(record).Input < 0 => (script.Length, 1),
                RecordType.Bar => (MemoryMarshal.Read<BarRecord>(record).Input, 1),
                RecordType.Indicator => (MemoryMarshal.Read<IndicatorRecord>(record).Input, 2),
                RecordType.Intensity => (MemoryMarshal.Read<IntensityRecord>(record).Input, 3),
                RecordType.Spike when MemoryMarshal.Read<SpikeRecord>(record).Input < 0 => (script.Length, 4),
                RecordType.Spike => (MemoryMarshal.Read<SpikeRecord>(record).Input, 4),
                RecordType.Reversal => (MemoryMarshal.Read<ReversalRecord>(record).Input, 5),
                _ => (causeOf[header.ReceiveNs], 0),
            };
            Assert.True(place.CompareTo(before) >= 0, $"{place} came after {before}.");
            if (header.ReceiveNs != 0) Assert.Equal(place.Cause, causeOf[header.ReceiveNs]);
            before = place;
        }

        Assert.Equal(script.Length, before.Cause);
    }

    [Fact]
    public async Task Should_Compute_Indicators_On_First_Closings_Only()
    {
        (byte[] bytes, _) = await Reference;
        List<BarRecord> bars = [.. PublishedRecords.Bars(bytes)];
        Assert.Contains(bars, b => b.State == BarState.Revised);
        Assert.Contains(bars, b => b.State == BarState.Open);
        // sma(1), indicator 0, is the close of the bar as it first closed.
        IEnumerable<(uint, ushort, long, double, long)> expected = bars.Where(b => b.State == BarState.Closed).Select(b => (b.Header.Instrument, b.Spec, b.StartNs, b.Close, b.Input));
        IEnumerable<(uint, ushort, long, double, long)> actual =
            PublishedRecords.Indicators(bytes).Where(r => r.Indicator == 0).Select(r => (r.Header.Instrument, r.Spec, r.StartNs, r.Values[0], r.Input));
        Assert.Equal(expected, actual);
        // ema(3) needs three closes.
        int lanes = bars.Where(b => b.State == BarState.Closed).GroupBy(b => (b.Header.Instrument, b.Spec)).Sum(g => Math.Max(0, g.Count() - 2));
        Assert.Equal(lanes, PublishedRecords.Indicators(bytes).Count(r => r.Indicator == 1));
    }

    [Fact]
    public async Task Should_Close_The_Bars_Of_Quiet_Instruments_By_Clock_Events()
    {
        TickRecord[] script =
        [
            Ticks.Trade(Ticks.Start, 10, 1, 0),
            Ticks.Trade(Ticks.Start, 20, 1, 1),
            Ticks.Header(RecordType.Clock, Ticks.Start + Ticks.Second - 1),
            Ticks.Header(RecordType.Clock, Ticks.Start + Ticks.Second),
        ];
        LowLatencySettings settings = EngineRun.Settings("1s");
        settings.Bars.OpenEveryMs = 0;
        (byte[] bytes, _) = await EngineRun.PublishAsync(settings, script);
        Assert.Equal([(0u, 10.0, 3L), (1u, 20.0, 3L)], PublishedRecords.Bars(bytes).Select(b => (b.Header.Instrument, b.Close, b.Input)));
        Assert.All(PublishedRecords.Bars(bytes), b => Assert.Equal(BarState.Closed, b.State));
        // Clock events themselves are no stream.
        Assert.DoesNotContain(PublishedRecords.Split(bytes), r => PublishedRecords.HeaderOf(r).Type == RecordType.Clock);
    }
}
