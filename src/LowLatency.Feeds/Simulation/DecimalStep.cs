using System.Globalization;

namespace LowLatency.Feeds.Simulation;

/// <summary>A step of a decimal grid, such as a tick of 0.01 or a lot of 0.001, kept as an integer and a power of ten: its multiples are the doubles nearest to their decimals.</summary>
/// <param name="Mantissa">The step without its point.</param>
/// <param name="Divisor">The power of ten that puts the point back.</param>
internal readonly record struct DecimalStep(long Mantissa, double Divisor)
{
    /// <summary>The step as a number.</summary>
    public double Value => Of(1);

    /// <summary>Reads a step.</summary>
    /// <param name="text">Digits and a point, above 0, with at most nine digits behind the point.</param>
    /// <param name="step">The step.</param>
    public static bool TryParse(string text, out DecimalStep step)
    {
        step = default;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)) return false;
        if (value <= 0 || value > 1_000_000) return false;
        double divisor = 1;
        while (value != decimal.Truncate(value))
        {
            value *= 10;
            divisor *= 10;
            if (divisor > 1e9) return false;
        }

        step = new DecimalStep((long)value, divisor);
        return true;
    }

    /// <summary>A multiple of the step. Both numbers are integers below 2^53 divided once, which rounds correctly.</summary>
    /// <param name="count">How many steps.</param>
    public double Of(long count) => count * Mantissa / Divisor;
}
