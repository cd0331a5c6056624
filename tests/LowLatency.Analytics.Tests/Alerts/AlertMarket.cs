using LowLatency.Market.Records;
using static LowLatency.Analytics.Tests.Ticks;

namespace LowLatency.Analytics.Tests.Alerts;

/// <summary>A market of three instruments in which everything happens that rules can see: bursts, standstills, outliers that are confirmed, gaps, late ticks, quotes of several sources and of one side, clock events.</summary>
internal static class AlertMarket
{
    public const long Start = 1_700_000_000 * Second;

    public static TickRecord[] Make(Random random, int count)
    {
        var ticks = new TickRecord[count];
        double[] price = [100, 100, 100];
        ulong[] sequence = [1, 1, 1];
        long now = Start;
        for (int i = 0; i < count; i++)
        {
            uint instrument = (uint)random.Next(3);
            now += random.Next(12) switch { 0 => 0, 1 => 1, 2 => 700_000_000, 3 => Second, 4 => random.NextInt64(6 * Second), _ => random.Next(150_000_000) };
            price[instrument] = Math.Clamp(Math.Round(price[instrument] + (0.01 * random.Next(-3, 4)), 2), 99, 101);
            double at = price[instrument];
            long late = random.Next(12) == 0 ? random.NextInt64(2 * Second) : 0;
            ticks[i] = random.Next(16) switch
            {
                < 3 => Quote(now - late, at - (0.01 * random.Next(1, 4)), at + (0.01 * random.Next(1, 4)), instrument),
                3 => OneSide(Quote(now, at - 0.02, at + 0.02, instrument), random),
                4 => Clock(now),
                5 => Clock(now - random.NextInt64(Second)),
                6 => Trade(now, at * 1.5, 1, instrument: instrument),
                _ => Trade(now - late, at, random.Next(7), random.Next(3) - 1, instrument: instrument),
            };
            bool isQuote = ticks[i].Header.Type == RecordType.Quote;
            if (isQuote && random.Next(2) == 0) (ticks[i].Quote.BidSize, ticks[i].Quote.AskSize) = (random.Next(5), random.Next(5));
            // The third instrument's quotes are of two sources, from its first minute on.
            if (isQuote && instrument == 2 && random.Next(3) == 0) ticks[i].Header.Source = 2;
            if (ticks[i].Header.Type == RecordType.Trade) ticks[i].Header.Sequence = sequence[instrument] += random.Next(30) == 0 ? 3ul : 1ul;
        }

        return ticks;
    }

    private static TickRecord OneSide(TickRecord quote, Random random)
    {
        if (random.Next(2) == 0) quote.Quote.Bid = double.NaN;
        else quote.Quote.Ask = double.NaN;
        return quote;
    }
}
