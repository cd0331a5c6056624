using System.Text;
using BenchmarkDotNet.Attributes;
using LowLatency.Feeds.Csv;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;

namespace LowLatency.Benchmarks.Feeds;

/// <summary>From text to records, a row an operation: outlining the fields, and reading them into a record.</summary>
[Suite("feeds")]
public class CsvBenchmarks
{
    private const int Rows = RowBlock.MaxRows;

    private byte[] _text = null!;
    private RowBlock _block = null!;
    private TickRowParser _parser = null!;
    private TickRecord[] _records = null!;

    /// <summary>Makes a block of rows, trades and quotes by turns.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var text = new StringBuilder();
        for (int i = 0; i < Rows; i++)
        {
            long ns = 1_789_000_000_000_000_000 + (i * 1_250_000L);
            text.Append(i % 2 == 0 ? $"{ns},AAPL,T,{190 + (i * 0.01):0.00},{100 + i},,,,,XNAS,\n" : $"{ns},AAPL,Q,,,{190 + (i * 0.01):0.00},200,{190.02 + (i * 0.01):0.00},300,XNAS,\n");
        }

        _text = Encoding.ASCII.GetBytes(text.ToString());
        if (!CsvLayout.TryParse(Encoding.ASCII.GetBytes(CsvLayout.Example), "", out CsvLayout? layout, out string problem)) throw new InvalidOperationException(problem);
        _block = new RowBlock(layout!.Header.Length, -1, []);
        _parser = new TickRowParser(layout, [], new NameCache(new InstrumentTable(16)), new NameCache(new SourceTable()), 0);
        _records = new TickRecord[Rows];
        if (OutlineAndParse() != Rows) throw new InvalidOperationException($"Not all rows can be read: {_parser.Problem}");
    }

    /// <summary>Finds where rows and fields begin and end.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public int Outline()
    {
        _block.Outline(_text, Rows);
        return _block.Count;
    }

    /// <summary>The same, and reads each row into a record.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public int OutlineAndParse()
    {
        _block.Outline(_text, Rows);
        int read = 0;
        for (int row = 0; row < _block.Count; row++)
        {
            if (_parser.Parse(_text, _block, row, ref _records[row])) read++;
        }

        return read;
    }
}
