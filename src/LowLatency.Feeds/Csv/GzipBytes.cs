using System.Buffers.Binary;
using System.IO.Compression;

namespace LowLatency.Feeds.Csv;

/// <summary>Compressed files: how to know them, and how to get out of a damaged one what is before the damage.</summary>
internal static class GzipBytes
{
    /// <summary>What is said of a file that was cut.</summary>
    public const string Truncated = "truncated gzip";

    private static readonly byte[] Marker = "behind the end of a whole file"u8.ToArray();
    private static readonly byte[] ZippedMarker = Zip(Marker);

    /// <summary>Whether a file begins as compressed ones do. Leaves it at its start.</summary>
    /// <param name="raw">The file.</param>
    public static bool IsGzip(Stream raw)
    {
        Span<byte> magic = stackalloc byte[2];
        int count = raw.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        raw.Position = 0;
        return count == magic.Length && magic[0] == 0x1F && magic[1] == 0x8B;
    }

    /// <summary>What is wrong with a file that was decompressed without an error; null when it was whole. The decompressor takes a cut for an end.</summary>
    /// <remarks>
    /// A file of one part ends with its decompressed length. Where that does not fit, the file was cut or has several parts, and it is decompressed
    /// again with another part behind it: after a whole file that part comes out, after one with other bytes behind its end nothing, and a cut one is in
    /// disorder. Zeros behind the end are padding, as tools for tapes and disks leave it.
    /// </remarks>
    /// <param name="raw">The file.</param>
    /// <param name="decompressed">How many bytes came out of it.</param>
    public static string? ProblemOf(RawFileStream raw, long decompressed)
    {
        Span<byte> length = stackalloc byte[4];
        if (raw.Length > length.Length)
        {
            raw.Position = raw.Length - length.Length;
            raw.ReadExactly(length);
            if (BinaryPrimitives.ReadUInt32LittleEndian(length) == (uint)decompressed && decompressed > 0) return null;
        }

        raw.Restart(ZippedMarker);
        try
        {
            using var unzipped = new GZipStream(raw, CompressionMode.Decompress, leaveOpen: true);
            Skip(unzipped, decompressed);
            Span<byte> behind = stackalloc byte[Marker.Length + 1];
            int read = unzipped.ReadAtLeast(behind, behind.Length, throwOnEndOfStream: false);
            if (read == 0 && decompressed > 0) return length.ContainsAnyExcept((byte)0) ? "bytes that are not compressed data" : null;
            return read == Marker.Length && behind[..^1].SequenceEqual(Marker) ? null : Truncated;
        }
        catch (InvalidDataException)
        {
            return Truncated;
        }
    }

    /// <summary>
    /// Decompresses once more, from a byte on and one byte at a time, up to the damage: a decompressor that meets damage does not give the bytes it
    /// had decompressed before it in the same call.
    /// </summary>
    /// <param name="raw">The file.</param>
    /// <param name="from">The first byte wanted, decompressed.</param>
    public static Stream Rest(Stream raw, long from)
    {
        raw.Position = 0;
        using var unzipped = new GZipStream(raw, CompressionMode.Decompress, leaveOpen: true);
        var rest = new MemoryStream();
        byte[] one = new byte[1];
        try
        {
            Skip(unzipped, from);
            while (unzipped.Read(one, 0, 1) == 1)
            {
                rest.WriteByte(one[0]);
                one[0] = 0;
            }
        }
        catch (InvalidDataException)
        {
            // The damage: known already, and reported by whoever asked for the rest before it. A byte that came out in the same call is in the
            // array all the same; text has no zeros.
            if (one[0] != 0) rest.WriteByte(one[0]);
        }

        rest.Position = 0;
        return rest;
    }

    private static void Skip(GZipStream unzipped, long count)
    {
        byte[] skipped = new byte[64 * 1024];
        while (count > 0)
        {
            int read = unzipped.Read(skipped, 0, (int)Math.Min(count, skipped.Length));
            if (read == 0) return;
            count -= read;
        }
    }

    private static byte[] Zip(byte[] text)
    {
        using var zipped = new MemoryStream();
        using (var stream = new GZipStream(zipped, CompressionLevel.Fastest)) stream.Write(text);
        return zipped.ToArray();
    }
}
