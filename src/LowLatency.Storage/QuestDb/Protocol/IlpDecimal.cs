using System.Numerics;

namespace LowLatency.Storage.QuestDb.Protocol;

/// <summary>A decimal as version 3 has it: == 23, scale (u8), number of bytes (u8), the unscaled number in two's complement, most significant byte first, in as few bytes as it needs.</summary>
internal static class IlpDecimal
{
    private const byte Type = 23;

    /// <summary>Room for every decimal, in bytes.</summary>
    public const int MaxBytes = 2 + 3 + 13;

    /// <summary>Writes one, from the == on.</summary>
    /// <param name="value">The value; its scale is kept.</param>
    /// <param name="destination">At least <see cref="MaxBytes"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(decimal value, Span<byte> destination)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        Int128 unscaled = new Int128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        if (decimal.IsNegative(value)) unscaled = -unscaled;
        int bytes = 1;
        while (bytes < 13 && (unscaled >> ((8 * bytes) - 1)) is var rest && rest != Int128.Zero && rest != Int128.NegativeOne) bytes++;
        "=="u8.CopyTo(destination);
        destination[2] = Type;
        destination[3] = value.Scale;
        destination[4] = (byte)bytes;
        for (int i = 0; i < bytes; i++) destination[5 + i] = (byte)(unscaled >> (8 * (bytes - 1 - i)));
        return 5 + bytes;
    }
}
