using System.Globalization;
using System.Runtime.CompilerServices;

namespace LowLatency.Feeds.Csv;

/// <summary>Reads decimal numbers: the double nearest to the text.</summary>
internal static class DecimalText
{
    private const ulong MaxExactMantissa = 1UL << 53;

    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads a number. Texts that mean NaN, an infinity, or something beyond a double's range give just that.</summary>
    /// <param name="text">Digits, point, sign and exponent, or nan, inf, infinity.</param>
    /// <param name="value">The number.</param>
    /// <returns>False when the whole text is no number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        ulong mantissa = 0;
        int digits = 0;
        int fraction = 0;
        int pointStep = 0;
        int at = text.Length > 0 && text[0] == (byte)'-' ? 1 : 0;
        for (int i = at; i < text.Length; i++)
        {
            uint digit = (uint)text[i] - '0';
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
                digits++;
                fraction += pointStep;
            }
            else if (text[i] == (byte)'.' && pointStep == 0)
            {
                pointStep = 1;
            }
            else
            {
                return TryParseRare(text, out value);
            }
        }

        // Mantissa and power of ten are both exact, so that the one division rounds once: correctly. Up to 19 digits the mantissa has not wrapped.
        if (digits is 0 or > 19 || mantissa > MaxExactMantissa) return TryParseRare(text, out value);
        value = mantissa / PowersOfTen[fraction];
        if (at == 1) value = -value;
        return true;
    }

    private static bool TryParseRare(ReadOnlySpan<byte> text, out double value)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (double.TryParse(text, style, NumberFormatInfo.InvariantInfo, out value)) return true;
        bool negative = text.Length > 0 && text[0] == (byte)'-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+') text = text[1..];
        value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return System.Text.Ascii.EqualsIgnoreCase(text, "inf"u8);
    }
}
