using System.Buffers.Binary;
using System.IO.Compression;

namespace LowLatency.Core.Histograms;

/// <summary>
/// Histograms as bytes, in the encoding that the tools of HdrHistogram call V2: theirs read ours and ours theirs. It holds the shape and the counts;
/// not <see cref="LatencyHistogram.Overflows"/>, and <see cref="LatencyHistogram.Max"/> only as the top of its bucket.
/// </summary>
/// <remarks>
/// <code>
/// compressed:   0 cookie 0x1c849314    4 length of what follows     8 zlib stream of the plain form
/// plain:        0 cookie 0x1c849313    4 length of the counts       8 normalizing offset, 0    12 significant digits
///              16 lowest value (i64)  24 highest value (i64)       32 ratio, 1.0 (f64)         40 counts
/// counts:      ZigZag LEB128 numbers in the order of the values; a negative one stands for that many counts of 0
/// </code>
/// All big-endian. The counts end with the last one that is not 0.
/// </remarks>
public static class HistogramEncoding
{
    private const int Cookie = 0x1c849303 | SizeMark;
    private const int CompressedCookie = 0x1c849304 | SizeMark;

    // Where earlier versions had the bytes of a count; from V2 on always this.
    private const int SizeMark = 0x10;
    private const int CookieMask = ~0xF0;

    private const int LengthAt = 4;
    private const int OffsetAt = 8;
    private const int DigitsAt = 12;
    private const int LowestAt = 16;
    private const int HighestAt = 24;
    private const int RatioAt = 32;
    private const int CountsAt = 40;
    private const int CompressedHeader = 8;

    /// <summary>Encodes a histogram without compression.</summary>
    /// <param name="histogram">Unchanged; what is recorded meanwhile may be in it or not.</param>
    public static byte[] Encode(LatencyHistogram histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        ReadOnlySpan<long> counts = histogram.Copy().Counts;
        counts = counts[..Math.Max(1, counts.LastIndexOfAnyExcept(0) + 1)];
        byte[] room = new byte[CountsAt + HistogramCounts.MaxBytes(counts)];
        int length = HistogramCounts.Write(counts, room.AsSpan(CountsAt));
        BinaryPrimitives.WriteInt32BigEndian(room, Cookie);
        BinaryPrimitives.WriteInt32BigEndian(room.AsSpan(LengthAt), length);
        BinaryPrimitives.WriteInt32BigEndian(room.AsSpan(OffsetAt), 0);
        BinaryPrimitives.WriteInt32BigEndian(room.AsSpan(DigitsAt), histogram.SignificantDigits);
        BinaryPrimitives.WriteInt64BigEndian(room.AsSpan(LowestAt), histogram.LowestDiscernibleValue);
        BinaryPrimitives.WriteInt64BigEndian(room.AsSpan(HighestAt), histogram.HighestTrackableValue);
        BinaryPrimitives.WriteDoubleBigEndian(room.AsSpan(RatioAt), 1);
        return room[..(CountsAt + length)];
    }

    /// <summary>Encodes a histogram with compression.</summary>
    /// <param name="histogram">Unchanged; what is recorded meanwhile may be in it or not.</param>
    public static byte[] EncodeCompressed(LatencyHistogram histogram)
    {
        byte[] plain = Encode(histogram);
        using var output = new MemoryStream();
        output.Write(stackalloc byte[CompressedHeader]);
        using (var zlib = new ZLibStream(output, CompressionLevel.SmallestSize, leaveOpen: true)) zlib.Write(plain);
        byte[] encoded = output.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(encoded, CompressedCookie);
        BinaryPrimitives.WriteInt32BigEndian(encoded.AsSpan(LengthAt), encoded.Length - CompressedHeader);
        return encoded;
    }

    /// <summary>Decodes a histogram from what <see cref="Encode"/> or another program wrote.</summary>
    /// <param name="encoded">The bytes; what follows the encoding is not looked at.</param>
    /// <exception cref="InvalidDataException">They are no such encoding; the message says why.</exception>
    public static LatencyHistogram Decode(ReadOnlySpan<byte> encoded)
    {
        BucketLayout layout = ReadHeader(encoded, out int length);
        if (length > encoded.Length - CountsAt) throw new InvalidDataException($"The histogram's counts take {length} bytes, of which {encoded.Length - CountsAt} are there.");
        ReadOnlySpan<byte> counts = encoded.Slice(CountsAt, length);
        // The memory is asked for when it is known that the counts are sound.
        HistogramCounts.Check(counts, layout);
        var histogram = new LatencyHistogram(layout);
        HistogramCounts.Read(counts, histogram);
        return histogram;
    }

    /// <summary>Decodes a histogram from what <see cref="EncodeCompressed"/> or another program wrote.</summary>
    /// <param name="encoded">The bytes; what follows the encoding is not looked at.</param>
    /// <exception cref="InvalidDataException">They are no such encoding; the message says why.</exception>
    public static LatencyHistogram DecodeCompressed(ReadOnlySpan<byte> encoded)
    {
        CheckCookie(encoded, CompressedHeader, CompressedCookie, "compressed histogram");
        int length = BinaryPrimitives.ReadInt32BigEndian(encoded[LengthAt..]);
        if (length < 0 || length > encoded.Length - CompressedHeader)
            throw new InvalidDataException($"The compressed histogram says that {length} bytes follow; there are {encoded.Length - CompressedHeader}.");
        using var input = new MemoryStream(encoded.Slice(CompressedHeader, length).ToArray());
        using var zlib = new ZLibStream(input, CompressionMode.Decompress);
        Span<byte> header = stackalloc byte[CountsAt];
        int read = Inflate(zlib, header);
        ReadHeader(header[..read], out int countsLength);
        using var plain = new MemoryStream();
        plain.Write(header);
        // Grows with what is there, not with what the header claims.
        Span<byte> piece = stackalloc byte[4096];
        for (int left = countsLength; left > 0; left -= read)
        {
            read = Inflate(zlib, piece[..Math.Min(left, piece.Length)]);
            if (read == 0) throw new InvalidDataException($"The compressed histogram ends {left} bytes before the end of its counts.");
            plain.Write(piece[..read]);
        }

        return Decode(plain.GetBuffer().AsSpan(0, (int)plain.Length));
    }

    private static int Inflate(ZLibStream zlib, Span<byte> destination)
    {
        try
        {
            return zlib.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new InvalidDataException($"The compressed histogram is no zlib stream: {e.Message}", e);
        }
    }

    private static BucketLayout ReadHeader(ReadOnlySpan<byte> encoded, out int length)
    {
        CheckCookie(encoded, CountsAt, Cookie, "histogram");
        length = BinaryPrimitives.ReadInt32BigEndian(encoded[LengthAt..]);
        int offset = BinaryPrimitives.ReadInt32BigEndian(encoded[OffsetAt..]);
        double ratio = BinaryPrimitives.ReadDoubleBigEndian(encoded[RatioAt..]);
        // Histograms of fractions have them; their values would come out wrong by a factor.
        if (offset != 0 || ratio != 1) throw new InvalidDataException($"The histogram has normalizing offset {offset} and ratio {ratio}; only histograms of whole numbers (0 and 1) can be read.");
        BucketLayout layout;
        try
        {
            int digits = BinaryPrimitives.ReadInt32BigEndian(encoded[DigitsAt..]);
            layout = new BucketLayout(BinaryPrimitives.ReadInt64BigEndian(encoded[LowestAt..]), BinaryPrimitives.ReadInt64BigEndian(encoded[HighestAt..]), digits);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new InvalidDataException($"The histogram's header is wrong: {e.Message}", e);
        }

        if (length < 0 || length > (long)layout.Length * ZigZagLeb128.MaxBytes)
            throw new InvalidDataException($"The histogram has {layout.Length} counts; they cannot take {length} bytes.");
        return layout;
    }

    private static void CheckCookie(ReadOnlySpan<byte> encoded, int header, int cookie, string what)
    {
        if (encoded.Length < header) throw new InvalidDataException($"A {what} starts with {header} bytes; {encoded.Length} are there.");
        int found = BinaryPrimitives.ReadInt32BigEndian(encoded);
        if ((found & CookieMask) != (cookie & CookieMask))
            throw new InvalidDataException($"A {what} starts with 0x{cookie:x8}, this with 0x{found:x8}: it is something else, or of an encoding before V2.");
    }
}
