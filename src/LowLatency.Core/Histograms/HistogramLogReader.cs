using System.Globalization;

namespace LowLatency.Core.Histograms;

/// <summary>Reads the intervals of a histogram log, ours or that of another program, versions 1.0 to 1.3.</summary>
/// <remarks>
/// Times in a log count from its base time. Where it names none they count from its start time if that would otherwise be more than a year later, and
/// from 1970 if not: so the format's own reader understands old logs.
/// </remarks>
public sealed class HistogramLogReader
{
    private const long NsPerSecond = 1_000_000_000;
    private const long YearNs = 365 * 24 * 3600 * NsPerSecond;
    private const string StartTimeMark = "#[StartTime:";
    private const string BaseTimeMark = "#[BaseTime:";
    private const string TagMark = "Tag=";

    private readonly TextReader _input;
    private long? _baseEpochNs;

    /// <summary>Makes a reader.</summary>
    /// <param name="input">The text; it stays the caller's to close.</param>
    public HistogramLogReader(TextReader input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _input = input;
    }

    /// <summary>When the recording began, in nanoseconds since 1970 UTC; null while no line has said so.</summary>
    public long? StartEpochNs { get; private set; }

    /// <summary>Number of the line that was read last; 0 before the first.</summary>
    public long Line { get; private set; }

    /// <summary>Reads up to the next interval.</summary>
    /// <returns>It; null at the end of the log.</returns>
    /// <exception cref="InvalidDataException">A line is no interval; the message says which and why. Reading may go on after it.</exception>
    public HistogramInterval? Read()
    {
        while (_input.ReadLine() is { } line)
        {
            Line++;
            if (line.StartsWith('#')) ReadComment(line);
            else if (line.Length > 0 && !line.StartsWith('"')) return ReadInterval(line);
        }

        return null;
    }

    private void ReadComment(string line)
    {
        if (line.StartsWith(StartTimeMark, StringComparison.Ordinal)) StartEpochNs = NsOf(FirstWord(line, StartTimeMark), "start time");
        else if (line.StartsWith(BaseTimeMark, StringComparison.Ordinal)) _baseEpochNs = NsOf(FirstWord(line, BaseTimeMark), "base time");
    }

    private static string FirstWord(string line, string mark) => line[mark.Length..].TrimStart().Split([' ', ']'], 2)[0];

    private HistogramInterval ReadInterval(string line)
    {
        string? tag = null;
        string[] fields = line.Split(',');
        if (fields[0].StartsWith(TagMark, StringComparison.Ordinal))
        {
            tag = fields[0][TagMark.Length..];
            fields = fields[1..];
        }

        if (fields.Length != 4) throw Wrong($"an interval is start, length, maximum and histogram, with commas between; here are {fields.Length} fields");
        long start = NsOf(fields[0], "start");
        long length = NsOf(fields[1], "length");
        LatencyHistogram histogram = Decode(fields[3]);
        StartEpochNs ??= start;
        _baseEpochNs ??= start < StartEpochNs - YearNs ? StartEpochNs : 0;
        try
        {
            return new HistogramInterval(checked(_baseEpochNs.Value + start), checked(_baseEpochNs.Value + start + length), histogram, tag);
        }
        catch (OverflowException)
        {
            throw Wrong("its time is out of range");
        }
    }

    private LatencyHistogram Decode(string field)
    {
        try
        {
            return HistogramEncoding.DecodeCompressed(Convert.FromBase64String(field));
        }
        catch (FormatException e)
        {
            throw Wrong($"its histogram is not base64: {e.Message.TrimEnd('.')}", e);
        }
        catch (InvalidDataException e)
        {
            throw Wrong(e.Message.TrimEnd('.'), e);
        }
    }

    private long NsOf(string field, string what)
    {
        // The bound leaves room for adding two of them; a log's times are far below.
        if (!decimal.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal seconds) || Math.Abs(seconds) > long.MaxValue / NsPerSecond)
            throw Wrong($"the {what} '{field}' is no number of seconds that fits into 63 bits of nanoseconds");
        return (long)(seconds * NsPerSecond);
    }

    private InvalidDataException Wrong(string why, Exception? cause = null) => new($"Line {Line} of the histogram log: {why}.", cause);
}
