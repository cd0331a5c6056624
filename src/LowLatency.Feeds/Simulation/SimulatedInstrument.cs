using System.Globalization;
using System.Text;
using LowLatency.Market.Instruments;

namespace LowLatency.Feeds.Simulation;

/// <summary>What a simulated instrument is like.</summary>
internal sealed class SimulatedInstrument
{
    /// <summary>What a definition looks like, for messages.</summary>
    public const string Example = "ALFA price=182.5 tick=0.01 lot=100 volatility=0.28 weight=1";

    private SimulatedInstrument(string symbol)
    {
        Symbol = symbol;
    }

    /// <summary>Its symbol.</summary>
    public string Symbol { get; }

    /// <summary>Where its price starts; at least 100 ticks.</summary>
    public double Price { get; private set; } = 100;

    /// <summary>Its price grid.</summary>
    public DecimalStep Tick { get; private set; } = new(1, 100);

    /// <summary>The unit of its sizes.</summary>
    public DecimalStep Lot { get; private set; } = new(1, 1);

    /// <summary>Standard deviation of its yearly log return, from 0 to 10.</summary>
    public double Volatility { get; private set; } = 0.25;

    /// <summary>Its share of the rate, against the others' weights.</summary>
    public double Weight { get; private set; } = 1;

    /// <summary>Reads a definition.</summary>
    /// <param name="text">The symbol and name=value parts behind it, between spaces.</param>
    /// <param name="instrument">The instrument.</param>
    /// <param name="problem">What is wrong and what was expected.</param>
    public static bool TryParse(string text, out SimulatedInstrument? instrument, out string problem)
    {
        instrument = null;
        problem = "";
        string[] parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || !NameTable.IsValid(Encoding.UTF8.GetBytes(parts[0])))
        {
            problem = $"The instrument \"{text}\" does not begin with a symbol of 1 to {NameTable.MaxNameBytes} printable ASCII characters; expected for example: {Example}";
            return false;
        }

        var read = new SimulatedInstrument(parts[0]);
        foreach (string part in parts.AsSpan(1))
        {
            if (read.TrySet(part)) continue;
            problem = $"The instrument {parts[0]}: \"{part}\" is not one of price= (above 0), tick= and lot= (above 0, up to nine decimals), " +
                $"volatility= (0 to 10), weight= (0.001 to 1000); expected for example: {Example}";
            return false;
        }

        double ticks = read.Price / read.Tick.Value;
        if (ticks is < 100 or > 1e9)
        {
            problem = $"The instrument {parts[0]}: its price {read.Price} is {ticks:0.##} ticks of {read.Tick.Value}; it should be from 100 to a billion ticks.";
            return false;
        }

        instrument = read;
        return true;
    }

    private bool TrySet(string part)
    {
        int equals = part.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) return false;
        string value = part[(equals + 1)..];
        bool read = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
        switch (part[..equals])
        {
            case "price":
                Price = number;
                return read && number > 0;
            case "tick":
                read = DecimalStep.TryParse(value, out DecimalStep tick);
                Tick = tick;
                return read;
            case "lot":
                read = DecimalStep.TryParse(value, out DecimalStep lot);
                Lot = lot;
                return read;
            case "volatility":
                Volatility = number;
                return read && number is >= 0 and <= 10;
            case "weight":
                Weight = number;
                return read && number is >= 0.001 and <= 1000;
            default:
                return false;
        }
    }
}
