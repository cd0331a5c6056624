using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace LowLatency.Feeds.Csv;

/// <summary>Reads unsigned integers: digits and nothing else.</summary>
internal static class IntegerText
{
    /// <summary>Reads a decimal integer.</summary>
    /// <param name="text">Digits.</param>
    /// <param name="value">The number.</param>
    /// <returns>False when the text is empty, holds anything but digits, or is above 2^64 - 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParse(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        int length = text.Length;
        if (length is 0 or > 20) return length > 20 && TryParseLong(text, out value);
        while (text.Length >= 8)
        {
            ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(text);
            if (!AllDigits(eight)) return false;
            value = (value * 100_000_000) + EightDigits(eight);
            text = text[8..];
        }

        // 16 digits at most so far: nothing can have overflowed. Of the last four only the twentieth can.
        foreach (byte b in text)
        {
            uint digit = (uint)b - '0';
            if (digit > 9) return false;
            if (value > (ulong.MaxValue - digit) / 10) return false;
            value = (value * 10) + digit;
        }

        return true;
    }

    /// <summary>Reads nanoseconds since 1970: an integer below 2^63.</summary>
    /// <param name="text">Digits.</param>
    /// <param name="ns">The time.</param>
    public static bool TryParseTime(ReadOnlySpan<byte> text, out long ns)
    {
        bool read = TryParse(text, out ulong value) && value <= long.MaxValue;
        ns = read ? (long)value : 0;
        return read;
    }

    /// <summary>Reads up to eight hexadecimal digits.</summary>
    /// <param name="text">Digits, either case.</param>
    /// <param name="value">The number.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParseHex(ReadOnlySpan<byte> text, out uint value)
    {
        value = 0;
        if (text.Length is 0 or > 8) return false;
        foreach (byte b in text)
        {
            if (!char.IsAsciiHexDigit((char)b)) return false;
            value = (value << 4) | (uint)((b & 15) + (b >= 'A' ? 9 : 0));
        }

        return true;
    }

    private static bool AllDigits(ulong text) =>
        ((text & 0xF0F0F0F0F0F0F0F0) | (((text + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) == 0x3333333333333333;

    /// <summary>Eight digits at once: neighbours are joined to pairs, pairs to fours, fours to the number.</summary>
    private static ulong EightDigits(ulong text)
    {
        text -= 0x3030303030303030;
        text = (text * 10) + (text >> 8);
        return ((text & 0x000000FF000000FF) * 0x000F424000000064 + ((text >> 16) & 0x000000FF000000FF) * 0x0000271000000001) >> 32;
    }

    private static bool TryParseLong(ReadOnlySpan<byte> text, out ulong value)
    {
        int zeros = text.IndexOfAnyExcept((byte)'0');
        value = 0;
        if (zeros < 0) return true;
        return text.Length - zeros <= 20 && TryParse(text[zeros..], out value);
    }
}
