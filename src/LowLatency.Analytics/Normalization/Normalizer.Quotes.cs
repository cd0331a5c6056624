using LowLatency.Analytics.Batches;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Normalization;

/// <content>The best bid and offer of instruments that several sources quote.</content>
public sealed partial class Normalizer
{
    private static void Consolidate(ref InstrumentTicks ticks, in TickRecord record, int cause, EmittedList<TickRecord> output)
    {
        if (ticks.Venues is null)
        {
            ticks.Venues = new VenueQuotes();
            ticks.Venues.Update(ticks.QuoteSource!.Value, ticks.Bid, ticks.BidSize, ticks.Ask, ticks.AskSize);
        }

        VenueQuotes venues = ticks.Venues;
        if (!venues.Update(record.Header.Source, record.Quote.Bid, record.Quote.BidSize, record.Quote.Ask, record.Quote.AskSize)) return;
        (ticks.Bid, ticks.Ask) = (venues.Bid, venues.Ask);
        ref TickRecord best = ref output.Add(cause);
        best = record;
        best.Header.Type = RecordType.BestQuote;
        best.Header.Source = SourceTable.UnknownId;
        best.Header.Flags = RecordFlags.None;
        (best.Quote.Bid, best.Quote.BidSize, best.Quote.Ask, best.Quote.AskSize) = (venues.Bid, venues.BidSize, venues.Ask, venues.AskSize);
    }
}
