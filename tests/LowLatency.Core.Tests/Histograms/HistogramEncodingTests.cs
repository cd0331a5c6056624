using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using LowLatency.Core.Histograms;

namespace LowLatency.Core.Tests.Histograms;

public sealed class HistogramEncodingTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(-1, "01")]
    [InlineData(1, "02")]
    [InlineData(-64, "7F")]
    [InlineData(64, "8001")]
    [InlineData(300, "D804")]
    [InlineData(1L << 55, "808080808080808001")]
    [InlineData(long.MaxValue, "FEFFFFFFFFFFFFFFFF")]
    [InlineData(long.MinValue, "FFFFFFFFFFFFFFFFFF")]
    public void Should_Write_Numbers_As_The_Format_Has_Them(long number, string hex)
    {
        byte[] room = new byte[ZigZagLeb128.MaxBytes];
        int length = ZigZagLeb128.Write(number, room);
        Assert.Equal(hex, Convert.ToHexString(room.AsSpan(0, length)));
        Assert.Equal((length, number), (ZigZagLeb128.Read(room, out long read), read));
        Assert.Equal(0, ZigZagLeb128.Read(room.AsSpan(0, length - 1), out _));
    }

    [Fact]
    public void Should_Read_The_Numbers_It_Writes()
    {
        Span<byte> room = stackalloc byte[ZigZagLeb128.MaxBytes];
        for (int shift = 0; shift < 63; shift++)
        {
            foreach (long number in (long[])[(1L << shift) - 1, 1L << shift, -(1L << shift), -(1L << shift) - 1])
            {
                int length = ZigZagLeb128.Write(number, room);
                Assert.Equal((length, number), (ZigZagLeb128.Read(room, out long read), read));
            }
        }
    }

    [Fact]
    public void Should_Lay_Out_Header_And_Counts_As_The_Format_Has_Them()
    {
        var histogram = new LatencyHistogram(1, 1000, 1);
        histogram.Record(1);
        histogram.RecordWithCount(5, 64);
        Assert.Equal(
            "1C849313" + "00000005" + "00000000" + "00000001" + "0000000000000001" + "00000000000003E8" + "3FF0000000000000" + "00" + "02" + "05" + "8001",
            Convert.ToHexString(HistogramEncoding.Encode(histogram)));
        byte[] compressed = HistogramEncoding.EncodeCompressed(histogram);
        Assert.Equal("1C849314", Convert.ToHexString(compressed.AsSpan(0, 4)));
        Assert.Equal(compressed.Length - 8, BinaryPrimitives.ReadInt32BigEndian(compressed.AsSpan(4)));
    }

    [Fact]
    public void Should_Decode_What_It_Encodes() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60).WithQuietOnSuccess(true),
            Prop.ForAll(Arb.From(HistogramSamples.Any), histogram =>
            {
                AssertSame(histogram, HistogramEncoding.Decode(HistogramEncoding.Encode(histogram)));
                AssertSame(histogram, HistogramEncoding.DecodeCompressed(HistogramEncoding.EncodeCompressed(histogram)));
            }));

    [Fact]
    public void Should_Keep_What_Others_Count_Between_The_Highest_Value_And_The_End_Of_Its_Power_Of_Two()
    {
        // A run of 111 zeros, then the last of 112 counts: 992 to 1023 of a histogram up to 1000, from a program that records there.
        byte[] encoded = [.. HistogramEncoding.Encode(new LatencyHistogram(1, 1000, 1)).AsSpan(0, 40), 0xDD, 0x01, 0x02];
        encoded[7] = 3;
        LatencyHistogram decoded = HistogramEncoding.Decode(encoded);
        Assert.Equal((1, 1023, 1023), (decoded.Count, decoded.Max, decoded.Copy().Max));
        Assert.Equal((1, 1023, 0), (decoded.CountAtValue(1010), decoded.HighestEquivalentValue(decoded.Max), decoded.PercentileAtOrBelow(900)));
        Assert.Equal(encoded, HistogramEncoding.Encode(decoded));
        decoded.Subtract(decoded.Copy());
        Assert.Equal((0, 0), (decoded.Count, decoded.Max));
    }

    [Fact]
    public void Should_Decode_An_Empty_Histogram()
    {
        LatencyHistogram decoded = HistogramEncoding.DecodeCompressed(HistogramEncoding.EncodeCompressed(new LatencyHistogram()));
        Assert.Equal((0, 0, 0), (decoded.Count, decoded.Max, decoded.Percentile(100)));
    }

    [Fact]
    public void Should_Say_Clearly_That_Bytes_Are_Wrong_Whatever_They_Are() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(600).WithQuietOnSuccess(true),
            Prop.ForAll(Arb.From(HistogramSamples.Damaged), damaged =>
            {
                DecodeOrRefuse(() => HistogramEncoding.Decode(damaged.Plain));
                DecodeOrRefuse(() => HistogramEncoding.DecodeCompressed(damaged.Compressed));
                DecodeOrRefuse(() => HistogramEncoding.DecodeCompressed(damaged.PlainCompressed));
            }));

    [Theory]
    [InlineData(0, 0x1c849301, "encoding before V2")]
    [InlineData(4, -1, "cannot take -1 bytes")]
    [InlineData(4, 4, "of which 3 are there")]
    [InlineData(4, int.MaxValue, "cannot take 2147483647 bytes")]
    [InlineData(8, 1, "normalizing offset 1")]
    [InlineData(12, 6, "from 1 to 5")]
    [InlineData(16, -1, "lowest")]
    [InlineData(24, -1, "highest")]
    [InlineData(32, 0, "ratio")]
    public void Should_Name_What_Is_Wrong_With_A_Header(int at, int word, string message)
    {
        var histogram = new LatencyHistogram(1, 1000, 1);
        histogram.RecordWithCount(2, 64);
        byte[] encoded = HistogramEncoding.Encode(histogram);
        Assert.Equal(43, encoded.Length);
        BinaryPrimitives.WriteInt32BigEndian(encoded.AsSpan(4), 3);
        BinaryPrimitives.WriteInt32BigEndian(encoded.AsSpan(at), word);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => HistogramEncoding.Decode(encoded)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("80", "within a number")]
    [InlineData("FFFFFFFFFFFFFFFFFF", "more")]
    [InlineData("FFFFFFFFFFFFFFFFFF02", "more")]
    [InlineData("E701", "more")]
    [InlineData("FEFFFFFFFFFFFFFFFF02", "63 bits")]
    public void Should_Name_What_Is_Wrong_With_Counts(string hex, string message)
    {
        // A layout of 112 counts; E701 is a run of 116.
        byte[] encoded = [.. HistogramEncoding.Encode(new LatencyHistogram(1, 1000, 1)).AsSpan(0, 40), .. Convert.FromHexString(hex)];
        BinaryPrimitives.WriteInt32BigEndian(encoded.AsSpan(4), encoded.Length - 40);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => HistogramEncoding.Decode(encoded)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Ask_For_No_Memory_On_The_Word_Of_A_Header()
    {
        // It claims the largest histogram there is, with counts of 50 MB, and has none of them.
        byte[] encoded = HistogramEncoding.Encode(new LatencyHistogram())[..40];
        BinaryPrimitives.WriteInt32BigEndian(encoded.AsSpan(4), 50_000_000);
        BinaryPrimitives.WriteInt32BigEndian(encoded.AsSpan(12), 5);
        byte[] compressed = HistogramSamples.Compress(encoded);
        Assert.InRange(
            Allocations.Least(() =>
            {
                Assert.Throws<InvalidDataException>(() => HistogramEncoding.Decode(encoded));
                Assert.Throws<InvalidDataException>(() => HistogramEncoding.DecodeCompressed(compressed));
            }),
            0,
            1 << 20);
    }

    private static void DecodeOrRefuse(Func<LatencyHistogram> decode)
    {
        try
        {
            LatencyHistogram histogram = decode();
            // What passes is whole: its parts agree.
            Assert.Equal(histogram.Count, histogram.RecordedBuckets.Sum(bucket => bucket.Count));
        }
        catch (InvalidDataException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }

    private static void AssertSame(LatencyHistogram expected, LatencyHistogram actual)
    {
        Assert.Equal((expected.LowestDiscernibleValue, expected.HighestTrackableValue, expected.SignificantDigits), (actual.LowestDiscernibleValue, actual.HighestTrackableValue, actual.SignificantDigits));
        Assert.Equal(expected.RecordedBuckets, actual.RecordedBuckets);
        Assert.Equal(expected.Count, actual.Count);
        Assert.Equal(expected.Count == 0 ? 0 : expected.HighestEquivalentValue(expected.Max), actual.Max);
    }
}
