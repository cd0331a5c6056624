using System.Globalization;
using LowLatency.Core.Counters;
using LowLatency.Core.Errors;

namespace LowLatency.Host.Stat;

/// <summary>Samples as text.</summary>
internal static class StatTable
{
    public static void Write(TextWriter output, SourceSample sample)
    {
        output.WriteLine(Line($"{Name(sample)}, process {sample.ProcessId}, {StateText(sample)}, started {Time(sample.StartMs)}"));
        output.WriteLine(sample.Path);
        if (sample.Errors is null) WriteCounters(output, sample);
        else WriteErrors(output, sample.Errors);
        output.WriteLine();
    }

    /// <summary>A source in a line, without its counters.</summary>
    public static string Summary(SourceSample sample) => Line($"{Name(sample)}, process {sample.ProcessId}, {StateText(sample)}: {sample.Path}");

    private static void WriteCounters(TextWriter output, SourceSample sample)
    {
        output.WriteLine(Line($"{"id",5} {"value",22} {"per second",16}  label"));
        foreach (CounterSnapshot counter in sample.Counters)
        {
            string rate = sample.PerSecond(counter) is { } perSecond ? perSecond.ToString("N0", CultureInfo.InvariantCulture) : "";
            output.WriteLine(Line($"{counter.Id,5} {counter.Value,22:N0} {rate,16}  {Printable(counter.Label)}"));
        }
    }

    private static void WriteErrors(TextWriter output, IReadOnlyList<LoggedError> errors)
    {
        output.WriteLine(errors.Count switch { 0 => "no errors", 1 => "1 distinct error", _ => $"{errors.Count} distinct errors" });
        foreach (LoggedError error in errors)
        {
            output.WriteLine(Line($"{error.Observations:N0} times, first {Time(error.FirstMs)}, last {Time(error.LastMs)}"));
            foreach (string line in error.Text.Split('\n')) output.WriteLine($"    {Printable(line.TrimEnd())}");
        }
    }

    private static string Name(SourceSample sample) => sample.Format == CountersFormat.Aeron ? sample.Role : $"engine '{Printable(sample.Role)}'";

    private static string StateText(SourceSample sample)
    {
        string silence = ((sample.NowMs - sample.HeartbeatMs) / 1000.0).ToString("N1", CultureInfo.InvariantCulture);
        return sample.State switch
        {
            ProcessState.Running => "running",
            ProcessState.Stopped => "stopped in order",
            ProcessState.Silent => $"SILENT: the process is there, but gave its last sign of life {silence} s ago",
            _ => $"DEAD: its last sign of life was {silence} s ago, and there is no such process",
        };
    }

    private static string Time(long epochMs) =>
        epochMs >= 0 && epochMs <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(epochMs).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)
            : epochMs.ToString(CultureInfo.InvariantCulture);

    // Another process's text must not steer the terminal.
    private static string Printable(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
