using System.Buffers.Text;
using System.Globalization;

namespace LowLatency.Core.Text;

/// <summary>Writes numbers as UTF-8 text that reads back as the same bits. Allocates nothing.</summary>
public static class NumberText
{
    /// <summary>Room that every number fits into, in bytes.</summary>
    public const int MaxBytes = 32;

    private const int MaxPlaces = 9;
    private const double MaxExact = 1L << 53;

    private static readonly double[] PowersOfTen = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    /// <summary>Writes the shortest decimal text of a double: digits and a point where nine places are enough, scientific notation otherwise.</summary>
    /// <param name="value">A finite number.</param>
    /// <param name="destination">At least <see cref="MaxBytes"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(double value, Span<byte> destination)
    {
        double magnitude = Math.Abs(value);
        for (int places = 0; places <= MaxPlaces; places++)
        {
            double scaled = Math.Round(magnitude * PowersOfTen[places]);
            if (scaled >= MaxExact) break;
            // Both operands are exact, so that the quotient is the double nearest to the decimal scaled / 10^places: the one this text reads back as.
            if (scaled / PowersOfTen[places] == magnitude) return WriteDecimal(double.IsNegative(value), (long)scaled, places, destination);
        }

        value.TryFormat(destination, out int written, default, CultureInfo.InvariantCulture);
        return written;
    }

    /// <summary>Writes a whole number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="destination">At least <see cref="MaxBytes"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(long value, Span<byte> destination)
    {
        Utf8Formatter.TryFormat(value, destination, out int written);
        return written;
    }

    private static int WriteDecimal(bool negative, long scaled, int places, Span<byte> destination)
    {
        int at = 0;
        if (negative) destination[at++] = (byte)'-';
        if (places == 0) return at + Write(scaled, destination[at..]);
        long power = (long)PowersOfTen[places];
        long whole = scaled / power;
        long fraction = scaled - (whole * power);
        at += Write(whole, destination[at..]);
        destination[at] = (byte)'.';
        for (int i = places; i > 0; i--)
        {
            long rest = fraction / 10;
            destination[at + i] = (byte)('0' + (fraction - (rest * 10)));
            fraction = rest;
        }

        return at + places + 1;
    }
}
