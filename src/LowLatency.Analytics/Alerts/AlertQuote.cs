using LowLatency.Market.Records;

namespace LowLatency.Analytics.Alerts;

/// <summary>An instrument's newest quote: of its only source, or the best of several, as normalisation has it.</summary>
internal struct AlertQuote
{
    private double _bid;
    private double _bidSize;
    private double _ask;
    private double _askSize;
    private bool _isKnown;
    private bool _isConsolidated;
    private byte _source;

    /// <summary>Takes a quote that is not late, or a best quote.</summary>
    /// <param name="quote">It.</param>
    /// <param name="consolidates">Whether several sources' quotes are put together: the setting <c>normalization.consolidate_quotes</c>.</param>
    /// <returns>False when the quote is one of several sources': the best of them is said apart, where it has changed.</returns>
    public bool Take(in QuoteRecord quote, bool consolidates)
    {
        if (quote.Header.Type == RecordType.BestQuote)
        {
            // Of the best a side that is not there has been withdrawn.
            (_bid, _bidSize) = (quote.Bid, SizeOf(quote.Bid, quote.BidSize));
            (_ask, _askSize) = (quote.Ask, SizeOf(quote.Ask, quote.AskSize));
            _isKnown = _isConsolidated = true;
            return true;
        }

        if (!_isKnown) (_source, _bid, _bidSize, _ask, _askSize, _isKnown) = (quote.Header.Source, double.NaN, double.NaN, double.NaN, double.NaN, true);
        if (consolidates && quote.Header.Source != _source) _isConsolidated = true;
        if (_isConsolidated) return false;
        // A side of which the source says nothing stands as it was; one of size 0 is withdrawn, as it is for the best of several.
        if (!double.IsNaN(quote.Bid)) (_bid, _bidSize) = quote.BidSize == 0 ? (double.NaN, double.NaN) : (quote.Bid, quote.BidSize);
        if (!double.IsNaN(quote.Ask)) (_ask, _askSize) = quote.AskSize == 0 ? (double.NaN, double.NaN) : (quote.Ask, quote.AskSize);
        return true;
    }

    /// <summary>A value of it; NaN when a side that it needs is not known.</summary>
    public readonly double Read(AlertField field) => field switch
    {
        AlertField.Bid => _bid,
        AlertField.BidSize => _bidSize,
        AlertField.Ask => _ask,
        AlertField.AskSize => _askSize,
        AlertField.Mid => (_bid + _ask) / 2,
        AlertField.Spread => _ask - _bid,
        _ => 10_000 * (_ask - _bid) / ((_bid + _ask) / 2),
    };

    // Where there is no price, there is no size: not 0 either.
    private static double SizeOf(double price, double size) => double.IsNaN(price) ? double.NaN : size;
}
