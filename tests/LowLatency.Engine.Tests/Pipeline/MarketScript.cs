using LowLatency.Market.Records;

namespace LowLatency.Engine.Tests.Pipeline;

/// <summary>
/// A made-up market of four instruments with everything that can come: late trades, some of them minutes late, repeated trade ids, outliers that
/// are confirmed or not, malformed and impossible records, quotes, clock events. The receive time of each record is its place in the script.
/// </summary>
internal static class MarketScript
{
    public static TickRecord[] Make(int seed, int count, bool outliers = true)
    {
        var random = new Random(seed);
        var script = new TickRecord[count];
        double[] price = [100, 20, 3000, 1.25];
        long now = Ticks.Start;
        for (int i = 0; i < count; i++)
        {
            now += random.Next(100) == 0 ? 15 * Ticks.Second : random.Next(200_000_000);
            uint instrument = (uint)random.Next(4);
            double walked = price[instrument] *= 1 + (0.0002 * (random.NextDouble() - 0.5));
            long late = random.Next(20) switch { 0 => 70 * Ticks.Second, 1 => 2 * Ticks.Second, _ => 0 };
            script[i] = random.Next(20) switch
            {
                < 4 => Ticks.Quote(now, walked * 0.999, walked * 1.001, instrument),
                4 => Ticks.Header(RecordType.Clock, now),
                5 => Ticks.Header(RecordType.Malformed, 0),
                6 => Ticks.Trade(now, -1, 1, instrument),
                7 when outliers => Ticks.Trade(now, walked * 1.5, 1, instrument),
                8 => Ticks.Trade(now, walked, 2, instrument, (ulong)random.Next(1, 40)),
                _ => Ticks.Trade(now - late, walked, random.Next(1, 9) * 0.1, instrument, 0, random.Next(3) - 1),
            };
            script[i].Header.ReceiveNs = now + i;
        }

        return script;
    }

    /// <summary>The record two hours later.</summary>
    public static TickRecord Later(TickRecord tick)
    {
        const long shiftNs = 7200 * Ticks.Second;
        if (tick.Header.EventNs != 0) tick.Header.EventNs += shiftNs;
        tick.Header.ReceiveNs += shiftNs;
        return tick;
    }
}
