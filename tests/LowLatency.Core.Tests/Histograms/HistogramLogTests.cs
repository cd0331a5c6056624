using LowLatency.Core.Histograms;

namespace LowLatency.Core.Tests.Histograms;

public sealed class HistogramLogTests
{
    private const long Ms = 1_000_000;
    private const long StartEpochNs = (1_763_640_000_123L * Ms) + 456_789;

    [Fact]
    public void Should_Write_Header_And_Lines_As_The_Format_Has_Them()
    {
        string[] lines = Log(StartEpochNs, Interval(StartEpochNs + (1500 * Ms), 2000, 3_000_000, "ring"), Interval(StartEpochNs + (3500 * Ms), 250, 7, null)).Split('\n');
        Assert.Equal("#[Histogram log format version 1.3]", lines[0]);
        Assert.Equal("#[BaseTime: 1763640000.123 (seconds since epoch)]", lines[1]);
        Assert.Equal("#[StartTime: 1763640000.123 (seconds since epoch), Thu Nov 20 12:00:00 UTC 2025]", lines[2]);
        Assert.Equal("\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"", lines[3]);
        Assert.Matches("^Tag=ring,1\\.500,2\\.000,3\\.000,HISTF[A-Za-z0-9+/]+=*$", lines[4]);
        Assert.Matches("^3\\.500,0\\.250,0\\.000,HISTF[A-Za-z0-9+/]+=*$", lines[5]);
        Assert.Equal(("", 7), (lines[6], lines.Length));
    }

    [Fact]
    public void Should_Read_What_It_Writes()
    {
        HistogramInterval[] written = [Interval(StartEpochNs, 1000, 42, null), Interval(StartEpochNs + (1000 * Ms), 999, 1_000_000, "a"), Interval(StartEpochNs + (2000 * Ms), 0, 0, "b")];
        var reader = new HistogramLogReader(new StringReader(Log(StartEpochNs, written)));
        foreach (HistogramInterval expected in written)
        {
            HistogramInterval? read = reader.Read();
            Assert.NotNull(read);
            Assert.Equal(expected.Tag, read.Tag);
            // To the millisecond.
            Assert.Equal((expected.StartEpochNs / Ms, expected.EndEpochNs / Ms), (read.StartEpochNs / Ms, read.EndEpochNs / Ms));
            Assert.Equal(expected.Histogram.RecordedBuckets, read.Histogram.RecordedBuckets);
        }

        Assert.Null(reader.Read());
        Assert.Equal((StartEpochNs / Ms * Ms, 7), (reader.StartEpochNs, reader.Line));
    }

    [Theory]
    [InlineData("", 5.5)]
    [InlineData("#[StartTime: 1000.0 (seconds since epoch), whenever]\n", 5.5)]
    [InlineData("#[StartTime: 1763640000.5 (seconds since epoch)]\n", 1_763_640_006)]
    [InlineData("#[StartTime: 1763640000.5]\n#[BaseTime: 100]\n", 105.5)]
    public void Should_Understand_Times_As_The_Format_Does(string header, double startSeconds)
    {
        HistogramInterval? read = new HistogramLogReader(new StringReader(header + $"5.5,1.25,0,{Encoded}\r\n")).Read();
        Assert.NotNull(read);
        Assert.Equal(((long)(startSeconds * 1000) * Ms, 1250 * Ms), (read.StartEpochNs, read.EndEpochNs - read.StartEpochNs));
    }

    [Theory]
    [InlineData("1,2,3", "3 fields")]
    [InlineData("Tag=a,1,2,3", "3 fields")]
    [InlineData("x,1,2,AAAA", "start 'x'")]
    [InlineData("1,1e40,2,AAAA", "length '1e40'")]
    [InlineData("9e9,9e9,2,*", "base64")]
    [InlineData("1,1,2,AAAA", "starts with 8 bytes")]
    [InlineData("#[StartTime: soon]", "start time 'soon'")]
    public void Should_Name_A_Bad_Line_And_Go_On(string line, string message)
    {
        var reader = new HistogramLogReader(new StringReader($"\"StartTimestamp\"\n\n{line}\n7,1,0,{Encoded}\n"));
        string said = Assert.Throws<InvalidDataException>(() => reader.Read()).Message;
        Assert.StartsWith("Line 3 of the histogram log: ", said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);
        Assert.Equal(7_000 * Ms, reader.Read()!.StartEpochNs);
        Assert.Null(reader.Read());
    }

    [Fact]
    public void Should_Name_A_Time_Beyond_All_Times()
    {
        var reader = new HistogramLogReader(new StringReader($"#[BaseTime: 9.2e9]\n9.2e9,1,0,{Encoded}\n"));
        Assert.Contains("out of range", Assert.Throws<InvalidDataException>(() => reader.Read()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1000, 1, "a", "before the log")]
    [InlineData(0, -1, "a", "before it starts")]
    [InlineData(0, 1, "", "tag")]
    [InlineData(0, 1, "a,b", "tag")]
    [InlineData(0, 1, "a b", "tag")]
    [InlineData(0, 1, "a\nb", "tag")]
    public void Should_Write_Nothing_Of_What_Cannot_Stand_In_A_Log(long startMs, long lengthMs, string tag, string message)
    {
        using var text = new StringWriter();
        var writer = new HistogramLogWriter(text, StartEpochNs);
        int before = text.ToString().Length;
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => writer.Write(Interval(StartEpochNs + (startMs * Ms), lengthMs, 1, tag))).Message, StringComparison.Ordinal);
        Assert.Equal(before, text.ToString().Length);
    }

    private static string Encoded => Convert.ToBase64String(HistogramEncoding.EncodeCompressed(new LatencyHistogram()));

    private static string Log(long startEpochNs, params HistogramInterval[] intervals)
    {
        using var text = new StringWriter();
        var writer = new HistogramLogWriter(text, startEpochNs);
        foreach (HistogramInterval interval in intervals) writer.Write(interval);
        return text.ToString();
    }

    private static HistogramInterval Interval(long startEpochNs, long lengthMs, long value, string? tag)
    {
        var histogram = new LatencyHistogram(1, 3_600_000_000_000, 3);
        histogram.Record(value);
        return new HistogramInterval(startEpochNs, startEpochNs + (lengthMs * Ms), histogram, tag);
    }
}
