using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Normalization;
using LowLatency.Market.Records;
using static LowLatency.Analytics.Tests.Ticks;

namespace LowLatency.Analytics.Tests.Bars;

/// <summary>Streams with everything that goes wrong: trades out of order by seconds and by days, outliers, repeated ids, cancels of cancels, corrections of suspects, clock jumps.</summary>
internal static class AdversarialTicks
{
    /// <summary>Input records drawn with a seed.</summary>
    public static TickRecord[] Make(int seed, int count)
    {
        var random = new Random(seed);
        var ticks = new List<TickRecord>();
        long now = 1_700_000_000 * Second;
        for (int i = 0; i < count; i++)
        {
            now += random.Next(60) switch { 0 => random.Next(300) * Second, 1 => random.Next(5) * 86_400 * Second, _ => random.Next(900_000_000) };
            ticks.Add(One(random, now, i));
        }

        return [.. ticks];
    }

    /// <summary>What normalisation makes of them, each with the place of its cause.</summary>
    public static (TickRecord[] Ticks, int[] Causes, Normalizer Normalizer) Normalize(TickRecord[] input, int correctable = 4096)
    {
        var normalizer = new Normalizer(new NormalizationSettings { CorrectableTrades = correctable });
        var output = new EmittedList<TickRecord>(input.Length);
        normalizer.Normalize(input, 0, output);
        return (output.Items.ToArray(), output.Causes.ToArray(), normalizer);
    }

    private static TickRecord One(Random random, long now, int place)
    {
        double price = Math.Round(100 + (random.NextDouble() - 0.5), 2) * (random.Next(25) == 0 ? 1.25 : 1);
        double size = random.Next(0, 40) * 0.125;
        uint instrument = (uint)random.Next(2);
        ulong some = (ulong)random.Next(1, place + 2);
        long eventNs = random.Next(12) switch { 0 => now - (random.Next(40) * Second), 1 => now - (random.Next(3) * 86_400 * Second), _ => now };
        switch (random.Next(14))
        {
            case 0:
                return Clock(now);
            case 1 or 2:
                return Reference(RecordType.Cancel, now, instrument, random.Next(2) == 0 ? some : (ulong)Math.Max(1, place - random.Next(6)), 0, 0);
            case 3:
                return Reference(RecordType.Correction, now, instrument, (ulong)Math.Max(1, place - random.Next(20)), random.Next(9) == 0 ? double.NaN : price, size);
            case 4:
                return Trade(eventNs, price, size, 1, some, instrument);
            case 5:
                return Trade(eventNs, price, size, -1, 0, instrument);
            default:
                return Trade(eventNs, price, size, random.Next(3) - 1, (ulong)place + 1, instrument);
        }
    }

    private static TickRecord Reference(RecordType type, long eventNs, uint instrument, ulong id, double price, double size)
    {
        TickRecord record = Trade(eventNs, price, size, 0, id, instrument);
        record.Header.Type = type;
        return record;
    }
}
