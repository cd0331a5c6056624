using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Engine.Output;

/// <summary>Gathers the indicators of one bar, which come one after another, into one row of a CSV file.</summary>
internal sealed class IndicatorRows : IDisposable
{
    private readonly CsvFile _file;
    private readonly int[] _firstCell;
    private readonly double[] _cells;
    private long _startNs = long.MinValue;
    private long _input;
    private int _last = -1;

    public IndicatorRows(CsvFile file, ChannelTable channels)
    {
        _file = file;
        _firstCell = new int[channels.Indicators.Count];
        int cells = 0;
        for (int i = 0; i < _firstCell.Length; i++)
        {
            _firstCell[i] = cells;
            cells += channels.Indicators[i].Outputs.Count;
        }

        _cells = new double[cells];
    }

    /// <summary>The columns: an indicator with one output gives its name, one with several its name, a point and the output's.</summary>
    public static IEnumerable<string> ColumnsOf(ChannelTable channels) =>
        ["at_row", "start_ns", .. channels.Indicators.SelectMany(i => i.Outputs.Select(o => i.Outputs.Count == 1 ? i.Name : $"{i.Name}.{o}"))];

    public void Add(in IndicatorRecord record)
    {
        // Bars that are not of time may begin at the same time; the indicators of each come in order.
        if (record.StartNs != _startNs || record.Indicator <= _last) EndBar();
        _last = record.Indicator;
        _startNs = record.StartNs;
        _input = record.Input;
        ReadOnlySpan<double> values = record.Values;
        values[..record.Count].CopyTo(_cells.AsSpan(_firstCell[record.Indicator]));
    }

    public void Dispose()
    {
        EndBar();
        _file.Dispose();
    }

    private void EndBar()
    {
        if (_startNs != long.MinValue)
        {
            _file.Add(_input);
            _file.Add(_startNs);
            foreach (double cell in _cells) _file.Add(cell);
            _file.EndRow();
        }

        _cells.AsSpan().Fill(double.NaN);
    }
}
