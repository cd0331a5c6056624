using System.Globalization;
using System.Text;

namespace LowLatency.Engine.Tests.Replay;

/// <summary>Makes tick files with late rows, clock events, repeated ids and rows that cannot be read.</summary>
internal static class SyntheticFile
{
    public const string Header = "ts_ns,symbol,type,price,size,trade_id,aggressor,bid,ask";

    /// <summary>Rows drawn from all kinds.</summary>
    public static string Make(int seed, int rows, bool bad)
    {
        var random = new Random(seed);
        var text = new StringBuilder(Header).Append('\n');
        long now = Ticks.Start;
        double[] price = [100, 20];
        for (int i = 0; i < rows; i++)
        {
            now += random.Next(50) == 0 ? random.Next(90) * Ticks.Second : random.Next(300_000_000);
            int symbol = random.Next(2);
            price[symbol] = Math.Round(price[symbol] * (1 + (0.0004 * (random.NextDouble() - 0.5))), 4);
            text.Append(Row(random, bad, now, "AB"[symbol], price[symbol].ToString(CultureInfo.InvariantCulture), random.Next(30))).Append('\n');
        }

        return text.ToString();
    }

    private static string Row(Random random, bool bad, long now, char symbol, string price, int kind)
    {
        string size = (random.Next(1, 500) * 0.1).ToString("0.0", CultureInfo.InvariantCulture);
        int aggressor = random.Next(3) - 1;
        return kind switch
        {
            0 => $"{now - (2 * Ticks.Second)},{symbol},T,{price},{size},,{aggressor},,",
            1 => $"{now - (75 * Ticks.Second)},{symbol},T,{price},{size},,{aggressor},,",
            2 => $"{now},{symbol},K,,,,,,",
            3 => $"{now},{symbol},T,{price},{size},{random.Next(1, 60)},{aggressor},,",
            4 => $"{now},{symbol},T,{price},0,,{aggressor},,",
            5 when bad => $"{now},{symbol},T,x{price},{size},,,,",
            6 when bad => $"{now},{symbol},T,{price},-1,,,,",
            7 when bad => $"{now},{symbol},T,0,{size},,,,",
            8 when bad => $"0,{symbol},T,{price},{size},,,,",
            9 when bad => $"{now},{symbol},Z,{price},{size},,,,",
            10 when bad => string.Empty,
            11 when bad => $"{now},{symbol},T,{price}9,{size},,,,",
            12 when bad => $"{now},{symbol},Q,,,,,{price},{price}",
            13 when bad => $"{now},{symbol},Q,,,,,,",
            14 when bad => "no row at all",
            15 when bad => $"{now},OTHER,T,{price},{size},,,,",
            // The tick rule would look at quotes and at rows that are left out: here the aggressor is always told.
            _ => $"{now},{symbol},T,{price},{size},,{(aggressor == 0 ? 1 : aggressor)},,",
        };
    }
}
