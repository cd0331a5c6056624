using System.Globalization;
using LowLatency.Core.Histograms;

namespace LowLatency.Core.Tests.Histograms;

/// <summary>The Java library of HdrHistogram reads our logs and we read its; both say the same about them.</summary>
public sealed class JavaLibraryTests : IDisposable
{
    private const long StartEpochNs = 1_763_640_000_123_000_000;

    // Prints of every interval of a log: tag, times, some percentiles, corrected count, and the whole percentile text.
    private const string ReaderSource =
        """
        import org.HdrHistogram.*;
        import java.io.*;
        public class Program {
            public static void main(String[] args) throws Exception {
                HistogramLogReader reader = new HistogramLogReader(new File(args[0]));
                EncodableHistogram next;
                while ((next = reader.nextIntervalHistogram()) != null) {
                    Histogram h = (Histogram) next;
                    System.out.println(h.getTag() + " " + h.getStartTimeStamp() + " " + h.getEndTimeStamp() + " " + h.getTotalCount() + " " + h.getMinValue());
                    for (String p : args[1].split(",")) System.out.println(p + " " + h.getValueAtPercentile(Double.parseDouble(p)));
                    System.out.println(h.copyCorrectedForCoordinatedOmission(100000000).getTotalCount());
                    h.outputPercentileDistribution(System.out, 5, 1000.0);
                }
            }
        }
        """;

    // Writes a log of the values and counts in a file, one histogram of each number of digits.
    private const string WriterSource =
        """
        import org.HdrHistogram.*;
        import java.io.*;
        import java.nio.file.*;
        public class Program {
            public static void main(String[] args) throws Exception {
                HistogramLogWriter writer = new HistogramLogWriter(new File(args[1]));
                writer.outputComment("[Written by a test]");
                writer.outputLogFormatVersion();
                writer.outputStartTime(1763640000123L);
                writer.setBaseTime(1763640000123L);
                writer.outputLegend();
                for (int digits = 1; digits <= 5; digits++) {
                    Histogram h = new Histogram(digits == 1 ? 1000 : 1, Long.MAX_VALUE, digits);
                    for (String line : Files.readAllLines(Paths.get(args[0])))
                        h.recordValueWithCount(Long.parseLong(line.split(" ")[0]), Long.parseLong(line.split(" ")[1]));
                    h.setStartTimeStamp(1763640000123L + digits * 1000);
                    h.setEndTimeStamp(1763640000123L + digits * 1000 + 500);
                    if (digits > 1) h.setTag("digits" + digits);
                    writer.outputIntervalHistogram(h);
                }
                writer.close();
            }
        }
        """;

    private static readonly string[] Percentiles = ["0.001", "10", "25", "50", "75", "90", "99", "99.9", "99.99", "99.999", "100"];

    private readonly string _folder = Directory.CreateTempSubdirectory("histograms").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Should_Be_Read_By_The_Java_Library_To_The_Same_Percentiles()
    {
        JavaTools java = JavaTools.FindOrSkip();
        string log = Path.Combine(_folder, "ours.hlog");
        LatencyHistogram[] histograms = [.. Enumerable.Range(1, 5).Select(Filled), new LatencyHistogram(), Filled(new LatencyHistogram(1000, 3_600_000_000_000, 3))];
        using (StreamWriter file = File.CreateText(log))
        {
            var writer = new HistogramLogWriter(file, StartEpochNs);
            for (int i = 0; i < histograms.Length; i++) writer.Write(new HistogramInterval(Start(i), Start(i) + 500_000_000, histograms[i], i == 0 ? null : $"tag{i}"));
        }

        using var expected = new StringWriter(CultureInfo.InvariantCulture);
        for (int i = 0; i < histograms.Length; i++)
        {
            LatencyHistogram histogram = histograms[i];
            expected.Write($"{(i == 0 ? "null" : $"tag{i}")} {Start(i) / 1_000_000} {(Start(i) / 1_000_000) + 500} {histogram.Count} {histogram.Min}\n");
            foreach (string percentile in Percentiles) expected.Write($"{percentile} {histogram.ValueAtPercentile(double.Parse(percentile, CultureInfo.InvariantCulture))}\n");
            expected.Write($"{histogram.CopyCorrected(100_000_000).Count}\n");
            PercentileText.Write(expected, histogram, 1000);
        }

        Assert.Equal(expected.ToString(), java.Run(_folder, ReaderSource, log, string.Join(',', Percentiles)), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Should_Read_What_The_Java_Library_Writes()
    {
        JavaTools java = JavaTools.FindOrSkip();
        string values = Path.Combine(_folder, "values");
        string log = Path.Combine(_folder, "theirs.hlog");
        File.WriteAllLines(values, Values().Select(value => $"{value.Value} {value.Count}"));
        java.Run(_folder, WriterSource, values, log);
        using StreamReader file = File.OpenText(log);
        var reader = new HistogramLogReader(file);
        for (int digits = 1; digits <= 5; digits++)
        {
            HistogramInterval? interval = reader.Read();
            Assert.NotNull(interval);
            Assert.Equal(digits == 1 ? null : $"digits{digits}", interval.Tag);
            Assert.Equal((StartEpochNs + (digits * 1_000_000_000L), 500_000_000), (interval.StartEpochNs, interval.EndEpochNs - interval.StartEpochNs));
            LatencyHistogram ours = Filled(new LatencyHistogram(digits == 1 ? 1000 : 1, long.MaxValue, digits));
            Assert.Equal((ours.Count, digits), (interval.Histogram.Count, interval.Histogram.SignificantDigits));
            Assert.True(ours.RecordedBuckets.SequenceEqual(interval.Histogram.RecordedBuckets));
        }

        Assert.Null(reader.Read());
        Assert.Equal(StartEpochNs, reader.StartEpochNs);
    }

    private static long Start(int interval) => StartEpochNs + (interval * 1_000_000_000L);

    private static LatencyHistogram Filled(int digits) => Filled(new LatencyHistogram(1, 1L << 40, digits));

    private static LatencyHistogram Filled(LatencyHistogram histogram)
    {
        foreach ((long value, long count) in Values()) histogram.RecordWithCount(value, count);
        return histogram;
    }

    // Every magnitude up to minutes in nanoseconds, the rarer the longer; always the same ones.
    private static IEnumerable<(long Value, long Count)> Values()
    {
        ulong state = 42;
        for (int i = 0; i < 3000; i++)
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            int bits = 1 + (int)((state >> 58) % 38);
            yield return ((long)(state >> (64 - bits)), 1 + (10_000 / (bits * bits)));
        }
    }
}
