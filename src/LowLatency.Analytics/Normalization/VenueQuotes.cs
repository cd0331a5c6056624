using LowLatency.Market.Records;

namespace LowLatency.Analytics.Normalization;

/// <summary>
/// What each source quotes for one instrument, and the best of it. A side of which a source says nothing stands as it was; one of size 0 is withdrawn.
/// A new price that locks or crosses an older one of the other side ends that: a venue that has fallen silent must not pin the best to what was. Few sources quote an instrument, so that the best is looked for among all of them.
/// </summary>
internal sealed class VenueQuotes
{
    private Venue[] _venues = new Venue[8];
    private int _count;

    public double Bid { get; private set; } = double.NaN;

    /// <summary>Sum of the sizes at the best bid; NaN when nobody tells one.</summary>
    public double BidSize { get; private set; } = double.NaN;

    public double Ask { get; private set; } = double.NaN;

    public double AskSize { get; private set; } = double.NaN;

    /// <summary>Takes a quote.</summary>
    /// <returns>Whether a best price or its size has changed.</returns>
    public bool Update(byte source, double bid, double bidSize, double ask, double askSize)
    {
        ref Venue venue = ref VenueOf(source);
        if (!double.IsNaN(bid)) (venue.Bid, venue.BidSize) = (bidSize == 0 ? double.NaN : bid, bidSize);
        if (!double.IsNaN(ask)) (venue.Ask, venue.AskSize) = (askSize == 0 ? double.NaN : ask, askSize);
        foreach (ref Venue other in _venues.AsSpan(0, _count))
        {
            // What one message says of both sides stands as it was said.
            if (other.Source == source && !double.IsNaN(bid) && !double.IsNaN(ask)) continue;
            if (other.Ask <= bid) (other.Ask, other.AskSize) = (double.NaN, double.NaN);
            if (other.Bid >= ask) (other.Bid, other.BidSize) = (double.NaN, double.NaN);
        }

        (double, double, double, double) before = (Bid, BidSize, Ask, AskSize);
        FindBest();
        // Equals, and not ==: NaN is the same as NaN here.
        return !before.Equals((Bid, BidSize, Ask, AskSize));
    }

    private static double Sum(double sizes, double size) => double.IsNaN(sizes) ? size : double.IsNaN(size) ? sizes : sizes + size;

    private void FindBest()
    {
        Bid = BidSize = Ask = AskSize = double.NaN;
        foreach (ref readonly Venue venue in _venues.AsSpan(0, _count))
        {
            // A comparison with NaN is false: the first price stands.
            if (venue.Bid > Bid || double.IsNaN(Bid)) (Bid, BidSize) = (venue.Bid, venue.BidSize);
            else if (venue.Bid == Bid) BidSize = Sum(BidSize, venue.BidSize);
            if (venue.Ask < Ask || double.IsNaN(Ask)) (Ask, AskSize) = (venue.Ask, venue.AskSize);
            else if (venue.Ask == Ask) AskSize = Sum(AskSize, venue.AskSize);
        }
    }

    private ref Venue VenueOf(byte source)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_venues[i].Source == source) return ref _venues[i];
        }

        if (_count == _venues.Length) Array.Resize(ref _venues, _count * 2);
        _venues[_count] = new Venue { Source = source, Bid = double.NaN, Ask = double.NaN };
        return ref _venues[_count++];
    }

    private struct Venue
    {
        public double Bid;
        public double BidSize;
        public double Ask;
        public double AskSize;
        public byte Source;
    }
}
