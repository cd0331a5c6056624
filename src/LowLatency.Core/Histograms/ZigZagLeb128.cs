namespace LowLatency.Core.Histograms;

/// <summary>
/// Signed numbers in one to nine bytes, as the histogram encoding has them: zig-zag, so that small magnitudes of either sign are small, then seven
/// bits a byte from the lowest up with the top bit saying that more follow; the ninth byte has all eight.
/// </summary>
internal static class ZigZagLeb128
{
    /// <summary>The most bytes a number takes.</summary>
    public const int MaxBytes = 9;

    private const int LastShift = 56;

    /// <summary>Writes a number and returns how many bytes it took.</summary>
    public static int Write(long value, Span<byte> destination)
    {
        ulong rest = (ulong)((value << 1) ^ (value >> 63));
        int at = 0;
        while (rest >= 0x80 && at < MaxBytes - 1)
        {
            destination[at++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        destination[at] = (byte)rest;
        return at + 1;
    }

    /// <summary>Reads a number.</summary>
    /// <param name="source">Starts with it.</param>
    /// <param name="value">The number.</param>
    /// <returns>How many bytes it took; 0 when the source ends within it.</returns>
    public static int Read(ReadOnlySpan<byte> source, out long value)
    {
        ulong bits = 0;
        value = 0;
        for (int at = 0; at < source.Length; at++)
        {
            int shift = at * 7;
            if (shift < LastShift) bits |= (source[at] & 0x7FUL) << shift;
            else bits |= (ulong)source[at] << shift;
            if (source[at] >= 0x80 && shift < LastShift) continue;
            value = (long)(bits >> 1) ^ -(long)(bits & 1);
            return at + 1;
        }

        return 0;
    }
}
