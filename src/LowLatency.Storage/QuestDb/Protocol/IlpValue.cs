using System.Buffers.Binary;
using System.Globalization;
using LowLatency.Core.Text;

namespace LowLatency.Storage.QuestDb.Protocol;

/// <summary>Values as lines have them, behind a column's name. Allocates nothing.</summary>
internal static class IlpValue
{
    /// <summary>Room that every value but a text or a decimal fits into, its = or == and type included, in bytes.</summary>
    public const int MaxBytes = 40;

    /// <summary>What stands between a column's name and the eight bytes of a double.</summary>
    public static ReadOnlySpan<byte> BinaryDouble => "==\x10"u8;

    /// <summary>The same of a whole number.</summary>
    public static ReadOnlySpan<byte> BinaryLong => "==\x0f"u8;

    // From here down to there a double's shortest text has no exponent, for us and for .NET.
    private const double LeastPlain = 1e-4;
    private const double MostPlain = 1e15;

    /// <summary>Writes a double as text that reads back as the same bits. Servers keep NaN and the infinities as null.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="destination">At least <see cref="MaxBytes"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int WriteText(double value, Span<byte> destination)
    {
        double magnitude = Math.Abs(value);
        if (magnitude is >= LeastPlain and < MostPlain) return NumberText.Write(value, destination);
        // The words are those that the server reads: NaN, Infinity, -Infinity; others are a 400.
        value.TryFormat(destination, out int written, default, CultureInfo.InvariantCulture);
        return written;
    }

    /// <summary>Writes a double, from the = on.</summary>
    public static int Write(double value, IlpVersion version, Span<byte> destination)
    {
        if (version == IlpVersion.V1)
        {
            destination[0] = (byte)'=';
            return 1 + WriteText(value, destination[1..]);
        }

        BinaryDouble.CopyTo(destination);
        BinaryPrimitives.WriteDoubleLittleEndian(destination[BinaryDouble.Length..], value);
        return BinaryDouble.Length + sizeof(double);
    }

    /// <summary>Writes a whole number as text, with its i. Servers keep the least of all as null.</summary>
    public static int Write(long value, Span<byte> destination)
    {
        destination[0] = (byte)'=';
        int length = 1 + NumberText.Write(value, destination[1..]);
        destination[length] = (byte)'i';
        return length + 1;
    }
}
