using LowLatency.Core.Text;

namespace LowLatency.Storage.QuestDb.Protocol;

/// <summary>
/// Writes a row's time, nanoseconds since 1970 as text. Rows of one second follow each other, so its ten digits are kept; nine are left to be made.
/// </summary>
internal struct IlpTimestamp
{
    /// <summary>Room for every time, in bytes.</summary>
    public const int MaxBytes = NumberText.MaxBytes;

    private const int SecondDigits = 10;
    private const int NanosDigits = 9;
    private const long NanosPerSecond = 1_000_000_000;

    private readonly byte[] _digits;
    private long _second;

    public IlpTimestamp()
    {
        _digits = new byte[SecondDigits];
        _second = -1;
    }

    /// <summary>Two digits each of 00 to 99.</summary>
    private static ReadOnlySpan<byte> Pairs =>
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"u8 +
        "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    /// <summary>Writes a time.</summary>
    /// <param name="ns">Nanoseconds since 1970.</param>
    /// <param name="destination">At least <see cref="MaxBytes"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public int Write(long ns, Span<byte> destination)
    {
        long second = ns / NanosPerSecond;
        if (second != _second)
        {
            // Ten digits: from September 2001 to 2286. Others are rare enough to be written as any number is.
            if (second is < 1_000_000_000 or > 9_999_999_999) return NumberText.Write(ns, destination);
            NumberText.Write(second, _digits.AsSpan());
            _second = second;
        }

        _digits.CopyTo(destination);
        uint nanos = (uint)(ns - (second * NanosPerSecond));
        Span<byte> text = destination.Slice(SecondDigits, NanosDigits);
        for (int at = NanosDigits - 2; at > 0; at -= 2)
        {
            uint rest = nanos / 100;
            Pairs.Slice((int)(nanos - (rest * 100)) * 2, 2).CopyTo(text[at..]);
            nanos = rest;
        }

        text[0] = (byte)('0' + nanos);
        return SecondDigits + NanosDigits;
    }
}
