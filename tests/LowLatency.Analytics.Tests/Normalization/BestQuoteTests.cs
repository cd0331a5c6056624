using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Normalization;
using LowLatency.Market.Records;
using static LowLatency.Analytics.Tests.Ticks;

namespace LowLatency.Analytics.Tests.Normalization;

public sealed class BestQuoteTests
{
    [Fact]
    public void Should_Publish_The_Best_Of_Several_Sources_When_It_Changes()
    {
        TickRecord[] ticks = Run(
            new NormalizationSettings(), Quote(1, 10.0, 100, double.NaN, 0), Quote(1, double.NaN, 0, 10.4, 50), Quote(2, 10.1, 200, double.NaN, 0), Quote(3, double.NaN, 0, 10.4, 70), Quote(3, double.NaN, 0, 10.5, 70),
            Quote(2, 10.1, 0, double.NaN, 0), Quote(2, 9.9, 10, double.NaN, 0));
        (double, double, double, double)[] best = [.. ticks.Where(t => t.Header.Type == RecordType.BestQuote).Select(t => (t.Quote.Bid, t.Quote.BidSize, t.Quote.Ask, t.Quote.AskSize))];
        // The last quote changes nothing that is best.
        Assert.Equal([(10.1, 200, 10.4, 50), (10.1, 200, 10.4, 120), (10.1, 200, 10.4, 50), (10.0, 100, 10.4, 50)], best);
        Assert.Equal(7, ticks.Count(t => t.Header.Type == RecordType.Quote));
    }

    [Fact]
    public void Should_Let_A_New_Price_End_An_Older_One_That_It_Crosses()
    {
        TickRecord[] ticks = Run(new NormalizationSettings(), Quote(1, 10.0, 1, 10.1, 1), Quote(2, 10.0, 1, 10.2, 1), Quote(2, 10.15, 1, double.NaN, 0), Quote(2, double.NaN, 0, 10.2, 2));
        (double, double)[] best = [.. ticks.Where(t => t.Header.Type == RecordType.BestQuote).Select(t => (t.Quote.Bid, t.Quote.Ask))];
        Assert.Equal([(10.0, 10.1), (10.15, 10.2), (10.15, 10.2)], best);
    }

    [Fact]
    public void Should_Publish_None_Of_One_Source_Or_When_It_Is_Switched_Off()
    {
        Assert.DoesNotContain(Run(new NormalizationSettings(), Quote(1, 10, 1, 11, 1), Quote(1, 9, 1, 11, 1)), t => t.Header.Type == RecordType.BestQuote);
        Assert.DoesNotContain(Run(new NormalizationSettings { ConsolidateQuotes = false }, Quote(1, 10, 1, 11, 1), Quote(2, 9, 1, 11, 1)), t => t.Header.Type == RecordType.BestQuote);
    }

    [Fact]
    public void Should_Derive_The_Aggressor_From_The_Best_And_Not_The_Newest_Quote()
    {
        TickRecord[] ticks = Run(new NormalizationSettings(), Quote(1, 10.0, 1, 10.2, 1), Quote(2, 9.0, 1, 11.0, 1), Trade(Second, 10.2), Trade(Second, 10.0));
        Assert.Equal([1, -1], ticks.Where(t => t.Header.Type == RecordType.Trade).Select(t => (int)t.Trade.Aggressor));
    }

    [Fact]
    public void Should_Hold_Instruments_Against_Their_Own_Limit()
    {
        var normalizer = new Normalizer(new NormalizationSettings(), outlierLogReturnOf: instrument => instrument == 1 ? 0.5 : 0);
        var output = new EmittedList<TickRecord>(8);
        normalizer.Normalize([Trade(Second, 10), Trade(Second, 12), Trade(Second, 10, instrument: 1), Trade(Second, 12, instrument: 1), Trade(Second, 20, instrument: 1)], 0, output);
        Assert.Equal([false, true, false, false, true], output.Items.ToArray().Select(t => (t.Header.Flags & RecordFlags.Suspect) != 0));
    }

    private static TickRecord Quote(byte source, double bid, double bidSize, double ask, double askSize)
    {
        TickRecord record = Ticks.Quote(Second, bid, ask);
        record.Header.Source = source;
        (record.Quote.BidSize, record.Quote.AskSize) = (double.IsNaN(bid) ? double.NaN : bidSize, double.IsNaN(ask) ? double.NaN : askSize);
        return record;
    }

    private static TickRecord[] Run(NormalizationSettings settings, params TickRecord[] input)
    {
        var output = new EmittedList<TickRecord>(8);
        new Normalizer(settings).Normalize(input, 0, output);
        return output.Items.ToArray();
    }
}
