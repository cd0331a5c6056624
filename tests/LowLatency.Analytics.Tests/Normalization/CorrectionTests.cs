using FsCheck;
using FsCheck.Fluent;
using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Normalization;
using LowLatency.Analytics.Tests.Bars;
using LowLatency.Market.Records;
using static LowLatency.Analytics.Tests.Ticks;

namespace LowLatency.Analytics.Tests.Normalization;

public sealed class CorrectionTests
{
    private readonly EmittedList<TickOutcome> _outcomes = new(16);

    [Fact]
    public void Should_Pass_On_The_Cancel_Of_A_Trade_Once()
    {
        (TickRecord[] ticks, NormalizationCounters counters) = Run(new NormalizationSettings(), Trade(Second, 10, 1, 1, 7), Cancel(7), Cancel(7), Cancel(8));
        Assert.Equal([RecordType.Trade, RecordType.Cancel], ticks.Select(t => t.Header.Type));
        Assert.Equal((3L, 2L, 1L), (counters.Cancels, counters.UnknownReferences, counters.Accepted));
        Assert.Equal([OutcomeKind.Accepted, OutcomeKind.Cancel, OutcomeKind.CancelUnknown, OutcomeKind.CancelUnknown], Kinds());
    }

    [Fact]
    public void Should_Reject_A_Correction_To_What_Cannot_Be_And_Pass_On_Others()
    {
        (TickRecord[] ticks, NormalizationCounters counters) = Run(
            new NormalizationSettings(), Trade(Second, 10, 1, 1, 7), Correct(7, -1, 1), Correct(7, 10, double.NaN), Correct(7, 99, 1), Correct(9, 10, 1));
        // Not tested as an outlier.
        Assert.Equal([10, 99], ticks.Select(t => t.Trade.Price));
        Assert.Equal((2L, 1L, 2L), (counters.Corrections, counters.UnknownReferences, counters.RejectedTotal));
    }

    [Fact]
    public void Should_Correct_And_Cancel_Suspects_Where_They_Wait()
    {
        (TickRecord[] ticks, NormalizationCounters counters) = Run(
            new NormalizationSettings(), Trade(Second, 10, 1, 1, 1), Trade(Second, 20, 1, 1, 2), Trade(Second, 30, 1, 1, 3), Correct(2, 10, 5), Cancel(3), Trade(Second, 10, 1, 1, 4));
        TickRecord released = ticks.Single(t => (t.Header.Flags & RecordFlags.Confirmed) != 0);
        Assert.Equal((2ul, 10, 5), (released.Trade.TradeId, released.Trade.Price, released.Trade.Size));
        Assert.Equal((1L, 0L, 3L, 1L, 1L), (counters.Rejected(RejectReason.Cancelled), counters.SuspectsPending, counters.Accepted, counters.Cancels, counters.Corrections));
        Assert.DoesNotContain(ticks, t => t.Header.Type is RecordType.Cancel or RecordType.Correction);
    }

    [Fact]
    public void Should_Know_As_Many_Trades_As_It_Was_Told_And_Each_Source_Apart()
    {
        (_, NormalizationCounters counters) = Run(
            new NormalizationSettings { CorrectableTrades = 2 }, Trade(Second, 10, 1, 1, 1), Trade(Second, 10, 1, 1, 2), Trade(Second, 10), Cancel(1), Cancel(2, source: 9), Cancel(2));
        Assert.Equal((3L, 2L), (counters.Cancels, counters.UnknownReferences));
    }

    [Fact]
    public void Should_Say_Which_Numbers_Are_Missing_Ahead_Of_The_Tick()
    {
        (TickRecord[] ticks, NormalizationCounters counters) = Run(
            new NormalizationSettings(), Trade(Second, 10, sequence: 100), Trade(Second, 10, sequence: 104), Trade(Second, 10, sequence: 102), Trade(Second, 0, sequence: 110));
        Assert.Equal([RecordType.Trade, RecordType.Gap, RecordType.Trade, RecordType.Trade, RecordType.Gap], ticks.Select(t => t.Header.Type));
        Assert.Equal((101ul, 3ul, 1L), (ticks[1].Gap.FirstMissing, ticks[1].Gap.Count, ticks[1].Gap.Input));
        Assert.Equal((105ul, 5ul, 3L), (ticks[4].Gap.FirstMissing, ticks[4].Gap.Count, ticks[4].Gap.Input));
        Assert.Equal(2, counters.Gaps);
    }

    [Fact]
    public void Should_Put_Every_Record_Into_One_Bucket_Whatever_The_Stream() => Prop.ForAll<Guid>(drawn =>
    {
        TickRecord[] input = AdversarialTicks.Make(drawn.GetHashCode(), 500);
        NormalizationCounters counters = AdversarialTicks.Normalize(input, 1 + (drawn.GetHashCode() & 63)).Normalizer.Counters;
        return counters.Accepted + counters.RejectedTotal + counters.Duplicates + counters.SuspectsPending + counters.Cancels + counters.Corrections + counters.Other == input.Length;
    }).Check(Config.QuickThrowOnFailure);

    private static TickRecord Cancel(ulong id, byte source = 1) => Reference(RecordType.Cancel, id, 0, 0, source);

    private static TickRecord Correct(ulong id, double price, double size) => Reference(RecordType.Correction, id, price, size, 1);

    private static TickRecord Reference(RecordType type, ulong id, double price, double size, byte source)
    {
        TickRecord record = Trade(Second, price, size, 0, id, source: source);
        record.Header.Type = type;
        return record;
    }

    private OutcomeKind[] Kinds() => [.. _outcomes.Items.ToArray().Select(o => o.Kind)];

    private (TickRecord[] Ticks, NormalizationCounters Counters) Run(NormalizationSettings settings, params TickRecord[] input)
    {
        var normalizer = new Normalizer(settings, outcomes: _outcomes);
        var output = new EmittedList<TickRecord>(16);
        normalizer.Normalize(input, 0, output);
        return (output.Items.ToArray(), normalizer.Counters);
    }
}
