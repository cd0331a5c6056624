using System.Buffers.Binary;
using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using LowLatency.Core.Histograms;

namespace LowLatency.Core.Tests.Histograms;

/// <summary>Generated histograms, and encodings with something wrong.</summary>
internal static class HistogramSamples
{
    /// <summary>Any values and counts, in shapes of 1 to 3 digits (more take megabytes).</summary>
    public static Gen<LatencyHistogram> Any { get; } =
        from digits in Gen.Choose(1, 3)
        from lowest in Gen.Elements(1L, 7, 1000)
        from highest in Gen.Elements(10_000L, 3_600_000_000_000, long.MaxValue)
        from values in (from bits in Gen.Choose(0, int.MaxValue).Two() from shift in Gen.Choose(0, 62) from count in Gen.Choose(1, 1_000_000) select ((((long)bits.Item1 << 32) | (uint)bits.Item2) >> shift, count)).ListOf()
        select Of(new LatencyHistogram(lowest, highest, digits), values);

    /// <summary>Encodings cut, or with some bytes that are others.</summary>
    public static Gen<(byte[] Plain, byte[] Compressed, byte[] PlainCompressed)> Damaged { get; } =
        from histogram in Any
        from keep in Gen.Frequency((3, Gen.Constant(1000)), (1, Gen.Choose(0, 999)))
        from changes in (from place in Gen.Choose(0, 999) from value in Gen.Choose(0, 255) select (place, (byte)value)).ListOf()
        let plain = Damage(HistogramEncoding.Encode(histogram), keep, changes)
        select (plain, Damage(HistogramEncoding.EncodeCompressed(histogram), keep, changes), Compress(plain));

    /// <summary>The compressed form of a plain one, whatever it holds.</summary>
    public static byte[] Compress(byte[] plain)
    {
        using var output = new MemoryStream();
        output.Write(new byte[8]);
        using (var zlib = new ZLibStream(output, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(plain);
        byte[] encoded = output.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(encoded, 0x1c849314);
        BinaryPrimitives.WriteInt32BigEndian(encoded.AsSpan(4), encoded.Length - 8);
        return encoded;
    }

    private static LatencyHistogram Of(LatencyHistogram histogram, IEnumerable<(long Value, int Count)> values)
    {
        foreach ((long value, int count) in values) histogram.RecordWithCount(value, count);
        return histogram;
    }

    private static byte[] Damage(byte[] encoded, int keepPerMille, IEnumerable<(int Place, byte Value)> changes)
    {
        byte[] damaged = encoded[..(encoded.Length * keepPerMille / 1000)];
        // Half of the changes hit the header, where each byte means something.
        foreach ((int place, byte value) in changes)
        {
            int end = place % 2 == 0 ? damaged.Length : Math.Min(damaged.Length, 40);
            if (end > 0) damaged[place % end] = value;
        }

        return damaged;
    }
}
