using System.Globalization;

namespace LowLatency.Core.Histograms;

/// <summary>Writes intervals as a histogram log, version 1.3: text of one line an interval, which the tools of HdrHistogram read.</summary>
public sealed class HistogramLogWriter
{
    private const long NsPerMs = 1_000_000;

    private readonly TextWriter _output;
    private readonly long _baseEpochNs;
    private readonly double _valuesPerMaxUnit;

    /// <summary>Makes a writer and writes the lines that come before the intervals.</summary>
    /// <param name="output">Where to; lines end with a line feed on every system. It stays the caller's to flush and close.</param>
    /// <param name="startEpochNs">When the recording began, in nanoseconds since 1970 UTC; the log counts its seconds from there, in whole milliseconds.</param>
    /// <param name="valuesPerMaxUnit">What the maximum that stands in clear text is divided by; by default nanoseconds become milliseconds. Above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="startEpochNs"/> is negative, or <paramref name="valuesPerMaxUnit"/> outside its range.</exception>
    public HistogramLogWriter(TextWriter output, long startEpochNs, double valuesPerMaxUnit = NsPerMs)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfNegative(startEpochNs);
        if (!(valuesPerMaxUnit > 0 && double.IsFinite(valuesPerMaxUnit))) throw new ArgumentOutOfRangeException(nameof(valuesPerMaxUnit), valuesPerMaxUnit, "A unit is more than 0 values.");
        _output = output;
        _baseEpochNs = startEpochNs - (startEpochNs % NsPerMs);
        _valuesPerMaxUnit = valuesPerMaxUnit;
        string seconds = FixedPointText.SecondsOf(_baseEpochNs);
        string date = DateTimeOffset.FromUnixTimeMilliseconds(_baseEpochNs / NsPerMs).ToString("ddd MMM dd HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture);
        output.Write("#[Histogram log format version 1.3]\n");
        output.Write($"#[BaseTime: {seconds} (seconds since epoch)]\n");
        output.Write($"#[StartTime: {seconds} (seconds since epoch), {date}]\n");
        output.Write("\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n");
    }

    /// <summary>Writes an interval.</summary>
    /// <param name="interval">Not before the log's start.</param>
    /// <exception cref="ArgumentException">It is before the log's start, or ends before it starts, or its tag has characters that a tag cannot have; nothing was written.</exception>
    public void Write(HistogramInterval interval)
    {
        ArgumentNullException.ThrowIfNull(interval);
        if (interval.StartEpochNs < _baseEpochNs) throw new ArgumentException($"The interval starts {_baseEpochNs - interval.StartEpochNs} ns before the log.", nameof(interval));
        if (interval.EndEpochNs < interval.StartEpochNs) throw new ArgumentException($"The interval ends {interval.StartEpochNs - interval.EndEpochNs} ns before it starts.", nameof(interval));
        if (interval.Tag is { } tag && (tag.Length == 0 || tag.Any(c => c == ',' || char.IsWhiteSpace(c) || char.IsControl(c))))
            throw new ArgumentException($"The tag '{tag}' is empty or has a comma, white space or a control character.", nameof(interval));
        // One moment's counts: the maximum in clear text and the encoded one agree.
        LatencyHistogram histogram = interval.Histogram.Copy();
        string start = FixedPointText.SecondsOf(interval.StartEpochNs - _baseEpochNs);
        string length = FixedPointText.SecondsOf(interval.EndEpochNs - interval.StartEpochNs);
        string max = FixedPointText.Of(histogram.TopOfMax / _valuesPerMaxUnit, 3);
        string encoded = Convert.ToBase64String(HistogramEncoding.EncodeCompressed(histogram));
        if (interval.Tag is not null) _output.Write($"Tag={interval.Tag},");
        _output.Write($"{start},{length},{max},{encoded}\n");
    }
}
