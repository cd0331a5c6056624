using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Engine.Output;

/// <summary>The CSV file of one instrument's alerts.</summary>
/// <param name="open">Opens a file: name, columns, bytes of its buffer.</param>
/// <param name="alerts">Their names.</param>
internal sealed class AlertFile(Func<string, IEnumerable<string>, int, CsvFile> open, AlertTable alerts) : IDisposable
{
    private static readonly string[] Columns = ["at_row", "event_ns", "begin_ns", "alert", "suppressed", .. Enumerable.Range(1, IndicatorValues.Capacity).Select(i => $"value_{i}"), "q"];

    private readonly CsvFile _file = open("alerts", Columns, CsvResources.SmallBuffer);

    public void Write(in AlertRecord alert)
    {
        _file.Add(alert.Input);
        _file.Add(alert.Header.EventNs);
        _file.Add(alert.BeginNs);
        _file.Add(alerts.Specs[(int)alert.Alert].Name);
        _file.Add(alert.Suppressed);
        for (int i = 0; i < IndicatorValues.Capacity; i++) _file.Add(i < alert.Count ? alert.Values[i] : double.NaN);
        _file.Add(alert.Header.Sequence);
        _file.EndRow();
    }

    public void Dispose() => _file.Dispose();
}
