using System.Buffers.Text;
using System.Globalization;

namespace LowLatency.Gateway.Json;

/// <summary>Doubles as JSON numbers that read back to the same bits, as short as a decimal can be.</summary>
internal static class JsonNumber
{
    /// <summary>The most bytes that a number takes.</summary>
    public const int MaxBytes = 32;

    private const double TwoTo53 = 9007199254740992;
    private const int MaxPlaces = 9;

    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    /// <summary>Writes a number; null where it is not finite, which JSON has no number for.</summary>
    /// <param name="value">The number.</param>
    /// <param name="destination">Room for <see cref="MaxBytes"/>.</param>
    /// <returns>Bytes written.</returns>
    /// <remarks>
    /// Prices and sizes come from decimals with few places. digits and 10^k are both exact below 2^53, and a division rounds correctly, as does a
    /// reader of the decimal digits / 10^k: when the division gives the value, so does the reader. The smallest such k has no trailing zero.
    /// </remarks>
    public static int Write(double value, Span<byte> destination)
    {
        if (!double.IsFinite(value))
        {
            "null"u8.CopyTo(destination);
            return 4;
        }

        double magnitude = Math.Abs(value);
        for (int places = 0; places <= MaxPlaces; places++)
        {
            double scaled = magnitude * Powers[places];
            if (scaled >= TwoTo53 - 1) break;
            long digits = (long)(scaled + 0.5);
            if (digits / Powers[places] == magnitude) return WriteDecimal(double.IsNegative(value), digits, places, destination);
        }

        if (!value.TryFormat(destination, out int written, "R", CultureInfo.InvariantCulture)) throw NoRoom();
        return written;
    }

    private static int WriteDecimal(bool negative, long digits, int places, Span<byte> destination)
    {
        int at = 0;
        if (negative) destination[at++] = (byte)'-';
        long unit = (long)Powers[places];
        long whole = digits / unit;
        if (!Utf8Formatter.TryFormat(whole, destination[at..], out int written)) throw NoRoom();
        at += written;
        if (places == 0) return at;
        destination[at] = (byte)'.';
        long rest = digits - (whole * unit);
        for (int i = at + places; i > at; i--)
        {
            destination[i] = (byte)('0' + (rest % 10));
            rest /= 10;
        }

        return at + 1 + places;
    }

    private static InvalidOperationException NoRoom() => new("The buffer for a number is too short.");
}
