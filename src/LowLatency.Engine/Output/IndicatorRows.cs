using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Engine.Output;

/// <summary>Gathers the indicators of one bar, which come one after another, into one row of a CSV file; each time they are said again in a row of its own.</summary>
internal sealed class IndicatorRows : IDisposable
{
    private readonly CsvFile _file;
    private readonly int[] _firstCell;
    private readonly double[] _cells;
    private readonly bool _tellsRevision;
    private uint _revision;
    private long _startNs = long.MinValue;
    private long _input;
    private int _last = -1;

    /// <param name="file">Where to.</param>
    /// <param name="channels">The channels, for the columns.</param>
    /// <param name="tellsRevision">Whether there is a column for the revision.</param>
    public IndicatorRows(CsvFile file, ChannelTable channels, bool tellsRevision)
    {
        _file = file;
        _tellsRevision = tellsRevision;
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
    public static IEnumerable<string> ColumnsOf(ChannelTable channels, bool tellsRevision) =>
        ["at_row", "start_ns", .. tellsRevision ? (string[])["rev"] : [], .. channels.Indicators.SelectMany(i => i.Outputs.Select(o => i.Outputs.Count == 1 ? i.Name : $"{i.Name}.{o}"))];

    public void Add(in IndicatorRecord record)
    {
        // Bars that are not of time may begin at the same time, and a bar may be said twice at one row; the indicators of each come in order.
        if (record.StartNs != _startNs || record.Input != _input || record.Indicator <= _last) EndBar();
        _last = record.Indicator;
        _startNs = record.StartNs;
        _input = record.Input;
        // One that had no value before counts its own from 0.
        _revision = Math.Max(_revision, record.Revision);
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
            if (_tellsRevision) _file.Add(_revision);
            foreach (double cell in _cells) _file.Add(cell);
            _file.EndRow();
        }

        _revision = 0;
        _cells.AsSpan().Fill(double.NaN);
    }
}
