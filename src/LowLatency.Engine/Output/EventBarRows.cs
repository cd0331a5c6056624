using LowLatency.Market.Records;
using LowLatency.Market.Settings;
using LowLatency.Market.Streams;

namespace LowLatency.Engine.Output;

/// <summary>The CSV file of one kind of bars that are not of time: alt_bars_tick.csv and so on. An imbalance bar waits for the record of what closed it, which follows.</summary>
internal sealed class EventBarRows : IDisposable
{
    private readonly CsvFile _file;
    private readonly BarKind _kind;
    private readonly int _more;
    private BarRecord _waiting;

    public EventBarRows(BarKind kind, Func<string, IEnumerable<string>, CsvFile> open)
    {
        _kind = kind;
        string[] more = kind switch
        {
            BarKind.Renko => ["level"],
            BarKind.Imbalance => ["theta", "threshold"],
            _ => [],
        };
        _more = more.Length;
        _file = open(
            $"alt_bars_{SettingsBinder.SnakeCase(kind.ToString())}",
            ["at_row", "start_ns", "end_ns", "state", "open", "high", "low", "close", "volume", "count", "vwap", "buy_volume", .. more, "q"]);
    }

    public void Write(in BarRecord bar)
    {
        if (bar.State == BarState.Open)
        {
            AddBar(bar);
            for (int i = 0; i < _more; i++) _file.Add(string.Empty);
            End(bar);
            return;
        }

        if (_kind == BarKind.Imbalance)
        {
            _waiting = bar;
            return;
        }

        AddBar(bar);
        if (_kind == BarKind.Renko) _file.Add(bar.Level);
        End(bar);
    }

    public void Write(in ImbalanceRecord imbalance)
    {
        AddBar(_waiting);
        _file.Add(imbalance.Theta);
        _file.Add(imbalance.Threshold);
        End(_waiting);
    }

    public void Dispose() => _file.Dispose();

    private void AddBar(in BarRecord bar)
    {
        _file.Add(bar.Input);
        _file.Add(bar.StartNs);
        _file.Add(bar.EndNs);
        _file.Add(bar.State == BarState.Open ? "open" : "closed");
        _file.Add(bar.Open);
        _file.Add(bar.High);
        _file.Add(bar.Low);
        _file.Add(bar.Close);
        _file.Add(bar.Volume);
        _file.Add(bar.Count);
        _file.Add(bar.Vwap);
        _file.Add(bar.BuyVolume);
    }

    private void End(in BarRecord bar)
    {
        _file.Add(bar.Header.Sequence);
        _file.EndRow();
    }
}
