using System.IO.Compression;

namespace LowLatency.Feeds.Csv;

/// <summary>Compressed files: how to know them, and how to get out of a damaged one what is before the damage.</summary>
internal static class GzipBytes
{
    private const string StrictSwitch = "System.IO.Compression.UseStrictValidation";

    // Without it the framework takes most cut files for whole ones. It is asked for once, before the first decompression; what the application says stands.
    static GzipBytes()
    {
        if (!AppContext.TryGetSwitch(StrictSwitch, out _)) AppContext.SetSwitch(StrictSwitch, true);
    }

    /// <summary>Whether a file begins as compressed ones do. Leaves it at its start.</summary>
    /// <param name="raw">The file.</param>
    public static bool IsGzip(Stream raw)
    {
        Span<byte> magic = stackalloc byte[2];
        int count = raw.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        raw.Position = 0;
        return count == magic.Length && magic[0] == 0x1F && magic[1] == 0x8B;
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
        byte[] skipped = new byte[64 * 1024];
        try
        {
            for (long left = from; left > 0;)
            {
                int read = unzipped.Read(skipped, 0, (int)Math.Min(left, skipped.Length));
                if (read == 0) return rest;
                left -= read;
            }

            for (int b = unzipped.ReadByte(); b >= 0; b = unzipped.ReadByte()) rest.WriteByte((byte)b);
        }
        catch (InvalidDataException)
        {
            // The damage: known already, and reported by whoever asked for the rest before it.
        }

        rest.Position = 0;
        return rest;
    }
}
