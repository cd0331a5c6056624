using LowLatency.Market.Records;

namespace LowLatency.Engine.Tests.Pipeline;

/// <summary>
/// Streams with everything that goes wrong, of four instruments: trades late by milliseconds, seconds and days, outliers, cancels of cancels, corrections to what is no price, repeated
/// ids and sequence numbers, gaps in them, NaN and infinite prices and sizes, quotes of several venues, times of zero and beyond all years, clock events that jump.
/// </summary>
internal static class AdversarialScript
{
    private static readonly double[] NoNumbers = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -1, double.Epsilon, double.MaxValue];
    private static readonly long[] NoTimes = [0, -1, long.MinValue, long.MaxValue];

    /// <summary>Input records drawn with a seed.</summary>
    public static TickRecord[] Make(int seed, int count)
    {
        var random = new Random(seed);
        var ticks = new TickRecord[count];
        double[] price = [100, 20, 3000, 1.25];
        ulong[] sequence = new ulong[4];
        long now = Ticks.Start;
        for (int i = 0; i < count; i++)
        {
            now += random.Next(80) switch { 0 => random.Next(200) * Ticks.Second, 1 => random.Next(3) * 86_400 * Ticks.Second, < 30 => 0, _ => random.Next(700_000_000) };
            uint instrument = (uint)random.Next(4);
            price[instrument] = Math.Round(price[instrument] * (1 + (0.001 * (random.NextDouble() - 0.5))), 4);
            ticks[i] = One(random, now, instrument, price[instrument], i);
            ticks[i].Header.ReceiveNs = now + i;
            if (random.Next(3) == 0) ticks[i].Header.Sequence = sequence[instrument] += (ulong)random.Next(0, 3);
            if (random.Next(200) == 0) ticks[i].Header.EventNs = NoTimes[random.Next(NoTimes.Length)];
        }

        return ticks;
    }

    private static TickRecord One(Random random, long now, uint instrument, double price, int place)
    {
        double size = random.Next(0, 40) * 0.1;
        ulong recent = (ulong)Math.Max(1, place - random.Next(30));
        switch (random.Next(40))
        {
            case 0:
                return Ticks.Header(RecordType.Clock, now + random.Next(3 * (int)(Ticks.Second / 2)));
            case 1:
                return Ticks.Header(RecordType.Malformed, 0);
            case 2 or 3:
                return Reference(RecordType.Cancel, now, instrument, recent, 0, 0);
            case 4 or 5:
                return Reference(RecordType.Correction, now, instrument, recent, random.Next(6) == 0 ? NoNumbers[random.Next(NoNumbers.Length)] : price, size);
            case 6:
                return Ticks.Trade(now, NoNumbers[random.Next(NoNumbers.Length)], size, instrument);
            case 7:
                return Ticks.Trade(now, price, NoNumbers[random.Next(NoNumbers.Length)], instrument);
            case 8:
                return Ticks.Trade(now, price * 1.5, size, instrument, (ulong)place + 1);
            case 9:
                return Ticks.Trade(now, price, size, instrument, recent);
            case < 16:
                TickRecord quote = Ticks.Quote(now, price * 0.999, price * 1.001, instrument);
                quote.Header.Source = (byte)random.Next(3);
                return quote;
            case < 22:
                long late = random.Next(5) switch { 0 => 3 * 86_400 * Ticks.Second, 1 => random.Next(100) * Ticks.Second, _ => random.Next(2_000_000_000) };
                return Ticks.Trade(now - late, price, size, instrument, (ulong)place + 1, random.Next(3) - 1);
            default:
                return Ticks.Trade(now, price, size, instrument, (ulong)place + 1, random.Next(3) - 1);
        }
    }

    private static TickRecord Reference(RecordType type, long eventNs, uint instrument, ulong id, double price, double size)
    {
        TickRecord record = Ticks.Trade(eventNs, price, size, instrument, id, 0);
        record.Header.Type = type;
        return record;
    }
}
