namespace LowLatency.Core.Histograms;

/// <summary>The counts of an encoded histogram: numbers, where a negative one stands for that many counts of 0.</summary>
internal static class HistogramCounts
{
    /// <summary>Room that these counts fit into, in bytes.</summary>
    public static int MaxBytes(ReadOnlySpan<long> counts)
    {
        int runs = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] != 0 || i == 0 || counts[i - 1] != 0) runs++;
        }

        return runs * ZigZagLeb128.MaxBytes;
    }

    /// <summary>Writes them and returns how many bytes they took.</summary>
    public static int Write(ReadOnlySpan<long> counts, Span<byte> destination)
    {
        int at = 0;
        while (!counts.IsEmpty)
        {
            int zeros = counts.IndexOfAnyExcept(0);
            if (zeros < 0) zeros = counts.Length;
            // A single 0 is written as itself: as a run of one it would take no less.
            at += ZigZagLeb128.Write(zeros > 1 ? -zeros : counts[0], destination[at..]);
            counts = counts[Math.Max(1, zeros)..];
        }

        return at;
    }

    /// <summary>Checks that the encoded counts fit into a layout, and their sum into a total.</summary>
    /// <exception cref="InvalidDataException">They do not.</exception>
    public static void Check(ReadOnlySpan<byte> encoded, BucketLayout layout)
    {
        long index = 0;
        long total = 0;
        while (!encoded.IsEmpty)
        {
            encoded = encoded[Next(encoded, out long number)..];
            // Compared before it is added or negated: the sum could overflow, and the smallest number has no negative.
            if (number < 0 ? number < index - layout.Length : index == layout.Length)
                throw new InvalidDataException($"The histogram has {layout.Length} counts; the encoding has more.");
            if (number > long.MaxValue - total) throw new InvalidDataException($"The sum of the histogram's counts does not fit into 63 bits (at count {index}).");
            index += number < 0 ? -number : 1;
            total += Math.Max(0, number);
        }
    }

    /// <summary>Adds encoded counts that have been checked to an empty histogram.</summary>
    public static void Read(ReadOnlySpan<byte> encoded, LatencyHistogram histogram)
    {
        int index = 0;
        int last = -1;
        while (!encoded.IsEmpty)
        {
            encoded = encoded[Next(encoded, out long number)..];
            if (number > 0)
            {
                histogram.Counts[index] = number;
                last = index;
            }

            index += number < 0 ? (int)-number : 1;
        }

        histogram.SettleDecoded(last);
    }

    private static int Next(ReadOnlySpan<byte> encoded, out long number)
    {
        int bytes = ZigZagLeb128.Read(encoded, out number);
        return bytes > 0 ? bytes : throw new InvalidDataException("The histogram's counts end within a number.");
    }
}
