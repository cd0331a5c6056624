using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Normalization;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;
using static LowLatency.Analytics.Tests.Ticks;

namespace LowLatency.Analytics.Tests.Normalization;

public sealed class NormalizerTests
{
    private readonly NormalizationSettings _settings = new();

    [Theory]
    [InlineData(0.0, 1.0, 5, RejectReason.Price)]
    [InlineData(-1.0, 1.0, 5, RejectReason.Price)]
    [InlineData(double.NaN, 1.0, 5, RejectReason.Price)]
    [InlineData(double.PositiveInfinity, 1.0, 5, RejectReason.Price)]
    [InlineData(10.0, -0.5, 5, RejectReason.Size)]
    [InlineData(10.0, double.NaN, 5, RejectReason.Size)]
    [InlineData(10.0, double.PositiveInfinity, 5, RejectReason.Size)]
    [InlineData(10.0, 1.0, 0, RejectReason.Time)]
    [InlineData(10.0, 1.0, -7, RejectReason.Time)]
    [InlineData(10.0, 1.0, long.MaxValue, RejectReason.Time)]
    [InlineData(10.0, 1.0, Normalizer.MaxEventNs + 1, RejectReason.Time)]
    [InlineData(-1.0, -1.0, 0, RejectReason.Price)]
    public void Should_Reject_Unsound_Trades_For_The_First_Reason_That_Holds(double price, double size, long eventNs, RejectReason reason)
    {
        (Normalizer normalizer, EmittedList<TickRecord> output) = Run(Trade(eventNs, price, size));
        Assert.Equal(0, output.Count);
        Assert.Equal(1, normalizer.Counters.Rejected(reason));
        Assert.Equal(1, normalizer.Counters.RejectedTotal);
        Assert.Equal(reason, normalizer.Rejects.Entries[0].Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void Should_Reject_Clock_Events_Without_A_Possible_Time(long eventNs)
    {
        (Normalizer normalizer, EmittedList<TickRecord> output) = Run(Clock(eventNs));
        Assert.Equal((0, 1L, 0L), (output.Count, normalizer.Counters.Rejected(RejectReason.Time), normalizer.Counters.Other));
    }

    [Fact]
    public void Should_Take_Trades_Of_Size_Zero()
    {
        (Normalizer normalizer, _) = Run(Trade(5, 10, 0));
        Assert.Equal(1, normalizer.Counters.Accepted);
    }

    [Theory]
    [InlineData(double.NaN, double.NaN, RejectReason.Price)]
    [InlineData(0.0, 10.0, RejectReason.Price)]
    [InlineData(10.0, -1.0, RejectReason.Price)]
    [InlineData(double.PositiveInfinity, 10.0, RejectReason.Price)]
    public void Should_Reject_Unsound_Quotes(double bid, double ask, RejectReason reason)
    {
        (Normalizer normalizer, _) = Run(Quote(5, bid, ask));
        Assert.Equal(1, normalizer.Counters.Rejected(reason));
    }

    [Fact]
    public void Should_Take_One_Sided_And_Crossed_Quotes()
    {
        (Normalizer normalizer, _) = Run(Quote(5, 10, double.NaN), Quote(6, double.NaN, 9), Quote(7, 11, 10));
        Assert.Equal(3, normalizer.Counters.Accepted);
    }

    [Fact]
    public void Should_Reject_What_Lies_An_Hour_Ahead_Of_Its_Receipt_But_Not_Without_A_Receive_Time()
    {
        long now = 1_000 * Second;
        (Normalizer normalizer, _) = Run(
            Trade(now + (3600 * Second), 10, receiveNs: now),
            Trade(now + (3600 * Second) + 1, 10, receiveNs: now),
            Trade(now + (9999 * Second), 10));
        Assert.Equal(2, normalizer.Counters.Accepted);
        Assert.Equal(1, normalizer.Counters.Rejected(RejectReason.Future));
    }

    [Fact]
    public void Should_Reject_Instruments_For_Which_There_Is_No_Room()
    {
        (Normalizer normalizer, _) = Run(Trade(5, 10, instrument: InstrumentTable.Unknown));
        Assert.Equal(1, normalizer.Counters.Rejected(RejectReason.InstrumentLimit));
    }

    [Fact]
    public void Should_Drop_A_Trade_Id_Seen_Before_For_The_Same_Instrument_And_Source_Only()
    {
        (Normalizer normalizer, EmittedList<TickRecord> output) = Run(
            Trade(1, 10, id: 7), Trade(2, 10, id: 7), Trade(3, 10, id: 7, source: 2), Trade(4, 10, id: 7, instrument: 1), Trade(5, 10), Trade(6, 10));
        Assert.Equal(1, normalizer.Counters.Duplicates);
        Assert.Equal(5, output.Count);
    }

    [Fact]
    public void Should_Not_Remember_The_Trade_Id_Of_A_Rejected_Trade()
    {
        (Normalizer normalizer, _) = Run(Trade(1, -10, id: 7), Trade(2, 10, id: 7));
        Assert.Equal(0, normalizer.Counters.Duplicates);
        Assert.Equal(1, normalizer.Counters.Accepted);
    }

    [Fact]
    public void Should_Count_Gaps_And_Duplicates_Of_Sequence_Numbers()
    {
        (Normalizer normalizer, _) = Run(
            Trade(1, 10, sequence: 100), Trade(2, 10, sequence: 101), Trade(3, 10, sequence: 105), Trade(4, 10, sequence: 103), Trade(5, 10, sequence: 103), Trade(6, 10, sequence: 106));
        Assert.Equal(1, normalizer.Counters.Gaps);
        Assert.Equal(1, normalizer.Counters.Duplicates);
        Assert.Equal(5, normalizer.Counters.Accepted);
    }

    [Fact]
    public void Should_Not_Test_The_Sequence_Of_A_Channel_For_Gaps()
    {
        TickRecord first = Trade(1, 10, sequence: 100);
        TickRecord second = Trade(2, 10, sequence: 900);
        first.Header.Flags = RecordFlags.ChannelSequence;
        second.Header.Flags = RecordFlags.ChannelSequence;
        (Normalizer normalizer, _) = Run(first, second, second);
        Assert.Equal(0, normalizer.Counters.Gaps);
        Assert.Equal(0, normalizer.Counters.Duplicates);
    }

    [Fact]
    public void Should_Flag_Trades_Late_Among_Trades_And_Quotes_Late_Among_Quotes()
    {
        (Normalizer normalizer, EmittedList<TickRecord> output) = Run(Trade(10, 10), Quote(50, 9, 11), Trade(10, 10), Trade(9, 10), Quote(40, 1, 2), Trade(11, 10));
        Assert.Equal([false, false, false, true, true, false], output.Items.ToArray().Select(r => r.Header.Flags.HasFlag(RecordFlags.Late)));
        Assert.Equal(2, normalizer.Counters.Late);
    }

    [Fact]
    public void Should_Derive_The_Aggressor_From_The_Quote_Then_From_The_Last_Change()
    {
        (_, EmittedList<TickRecord> output) = Run(
            Trade(1, 10), // nothing to go by
            Trade(2, 10.1), // up
            Trade(3, 10.1), // the last change was up
            Quote(4, 10.0, 10.2),
            Trade(5, 10.2), // at the ask
            Trade(6, 10.0), // at the bid
            Trade(7, 10.1), // between: up from 10.0
            Quote(3, 10.1, 10.1), // late: not looked at
            Trade(8, 10.1, aggressor: -1), // told
            Trade(9, 10.1), // the last change was up
            Trade(1, 10.2)); // late: not derived
        sbyte[] aggressors = [.. output.Items.ToArray().Where(r => r.Header.Type == RecordType.Trade).Select(r => r.Trade.Aggressor)];
        Assert.Equal(new sbyte[] { 0, 1, 1, 1, -1, 1, -1, 1, 0 }, aggressors);
    }

    [Fact]
    public void Should_Keep_A_Side_Of_The_Quote_Of_Which_The_Source_Says_Nothing()
    {
        (_, EmittedList<TickRecord> output) = Run(Quote(1, 10.0, 10.2), Quote(2, 10.1, double.NaN), Trade(3, 10.2), Trade(4, 10.1));
        Assert.Equal(1, output.Items[2].Trade.Aggressor);
        Assert.Equal(-1, output.Items[3].Trade.Aggressor);
    }

    [Fact]
    public void Should_Hold_Back_An_Outlier_Until_A_Second_Trade_Confirms_It()
    {
        (Normalizer normalizer, EmittedList<TickRecord> output) = Run(Trade(1, 100), Trade(2, 100), Trade(3, 150, id: 3), Trade(4, 100), Trade(5, 150.5, id: 5));
        Assert.Equal(5, normalizer.Counters.Accepted);
        Assert.Equal(0, normalizer.Counters.SuspectsPending);
        RecordFlags[] flags = [.. output.Items.ToArray().Select(r => r.Header.Flags & (RecordFlags.Suspect | RecordFlags.Confirmed | RecordFlags.Late))];
        // The suspect is shown when it comes, and counts when it is confirmed: by then it is late.
        Assert.Equal([0, 0, RecordFlags.Suspect, 0, RecordFlags.Confirmed | RecordFlags.Late, 0], flags);
        Assert.Equal(4, output.Causes[4]);
        Assert.Equal(3UL, output.Items[4].Trade.TradeId);
    }

    [Fact]
    public void Should_Take_Two_Agreeing_Outliers_As_A_New_Level()
    {
        (Normalizer normalizer, _) = Run(Trade(1, 100), Trade(2, 100), Trade(3, 100), Trade(4, 150), Trade(5, 150), Trade(6, 150.1), Trade(7, 100));
        Assert.Equal(6, normalizer.Counters.Accepted);
        Assert.Equal(1, normalizer.Counters.SuspectsPending);
    }

    [Fact]
    public void Should_Give_Up_A_Suspect_After_Fifteen_Accepted_Trades()
    {
        TickRecord[] trades = [Trade(1, 100), Trade(2, 200), .. Enumerable.Range(3, 14).Select(t => Trade(t, 100))];
        (Normalizer normalizer, _) = Run(trades);
        Assert.Equal(1, normalizer.Counters.SuspectsPending);
        (normalizer, _) = Run([.. trades, Trade(99, 100)]);
        Assert.Equal(0, normalizer.Counters.SuspectsPending);
        Assert.Equal(1, normalizer.Counters.Rejected(RejectReason.Outlier));
        Assert.Equal(1, normalizer.Rejects.Entries[0].Input);
    }

    [Fact]
    public void Should_Give_Up_The_Oldest_Suspect_Beyond_Sixteen()
    {
        // Each far from every other, so that none confirms another.
        TickRecord[] trades = [Trade(1, 100), .. Enumerable.Range(1, 17).Select(i => Trade(1 + i, 100 * Math.Pow(1.5, i)))];
        (Normalizer normalizer, _) = Run(trades);
        Assert.Equal(16, normalizer.Counters.SuspectsPending);
        Assert.Equal(1, normalizer.Counters.Rejected(RejectReason.Outlier));
    }

    [Fact]
    public void Should_Account_For_Every_Record()
    {
        var random = new Random(5);
        var records = new List<TickRecord>();
        for (int i = 0; i < 20_000; i++)
        {
            records.Add(random.Next(12) switch
            {
                0 => Quote(random.Next(1000), random.Next(-2, 120), random.Next(-2, 120)),
                1 => Of(RecordType.Malformed),
                2 => Clock(random.Next(1000)),
                _ => Trade(random.Next(-5, 1000), 100 * (1 + (random.NextDouble() * random.Next(3))), random.Next(-1, 50), id: (ulong)random.Next(300), instrument: (uint)random.Next(5)),
            });
        }

        (Normalizer normalizer, _) = Run([.. records]);
        NormalizationCounters counters = normalizer.Counters;
        Assert.Equal(records.Count, counters.Accepted + counters.RejectedTotal + counters.Duplicates + counters.SuspectsPending + counters.Other);
        Assert.True(counters is { Accepted: > 0, Duplicates: > 0, SuspectsPending: > 0, Other: > 0, Late: > 0 });
    }

    [Fact]
    public void Should_Give_The_Same_Whatever_The_Batches()
    {
        var random = new Random(6);
        TickRecord[] records = [.. Enumerable.Range(0, 5_000).Select(i => Trade(i + random.Next(20), 100 * (1 + (0.3 * random.NextDouble())), 1, id: (ulong)random.Next(2000), instrument: (uint)random.Next(3)))];
        (_, EmittedList<TickRecord> whole) = Run(records);
        var normalizer = new Normalizer(_settings);
        var parts = new List<TickRecord>();
        for (int at = 0; at < records.Length;)
        {
            int length = Math.Min(random.Next(1, 40), records.Length - at);
            var output = new EmittedList<TickRecord>(4);
            normalizer.Normalize(records.AsSpan(at, length), at, output);
            parts.AddRange(output.Items.ToArray());
            at += length;
        }

        Assert.Equal(Bytes(whole.Items), Bytes(parts.ToArray()));
    }

    [Fact]
    public void Should_Allocate_Nothing_Once_Warm()
    {
        TickRecord[] records = [.. Enumerable.Range(1, 4_000).Select(i => i % 3 == 0 ? Quote(i, 99, 101) : Trade(i, 100 + (i % 7), 1, id: (ulong)i))];
        var normalizer = new Normalizer(_settings);
        var output = new EmittedList<TickRecord>(8_000);
        normalizer.Normalize(records, 0, output);
        long allocated = Allocations.Least(() =>
        {
            output.Clear();
            normalizer.Normalize(records, 0, output);
        });
        Assert.Equal(0, allocated);
    }

    private static byte[] Bytes(ReadOnlySpan<TickRecord> records) => System.Runtime.InteropServices.MemoryMarshal.AsBytes(records).ToArray();

    private (Normalizer Normalizer, EmittedList<TickRecord> Output) Run(params TickRecord[] records)
    {
        var normalizer = new Normalizer(_settings);
        var output = new EmittedList<TickRecord>(4);
        normalizer.Normalize(records, 0, output);
        return (normalizer, output);
    }
}
